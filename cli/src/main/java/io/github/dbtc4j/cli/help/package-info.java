/// What `--help` prints, and what a word that was mistyped may have meant.
@NullMarked
package io.github.dbtc4j.cli.help;

import org.jspecify.annotations.NullMarked;
