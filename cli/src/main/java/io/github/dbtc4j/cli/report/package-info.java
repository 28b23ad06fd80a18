/// Publishes how a command ended, wherever that was asked for.
@NullMarked
package io.github.dbtc4j.cli.report;

import org.jspecify.annotations.NullMarked;
