/// The process the command runs in: environment, streams, exit codes, plain text.
@NullMarked
package io.github.dbtc4j.cli.terminal;

import org.jspecify.annotations.NullMarked;
