/// The front door: the command `dbtc`. The only place that reads environment, clock and files.
@NullMarked
package io.github.dbtc4j.cli;

import org.jspecify.annotations.NullMarked;
