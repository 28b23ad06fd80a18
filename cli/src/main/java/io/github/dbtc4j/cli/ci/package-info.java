/// The commands of a pull request's pipeline: build, plan, cancel, close, show, reap.
@NullMarked
package io.github.dbtc4j.cli.ci;

import org.jspecify.annotations.NullMarked;
