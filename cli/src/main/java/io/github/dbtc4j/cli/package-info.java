/// The command `dbtc`: finds what the arguments name, runs it, and maps failures to exit codes.
@NullMarked
package io.github.dbtc4j.cli;

import org.jspecify.annotations.NullMarked;
