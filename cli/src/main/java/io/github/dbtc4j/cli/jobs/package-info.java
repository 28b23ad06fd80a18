/// The commands that read, trigger and restart jobs and runs.
@NullMarked
package io.github.dbtc4j.cli.jobs;

import org.jspecify.annotations.NullMarked;
