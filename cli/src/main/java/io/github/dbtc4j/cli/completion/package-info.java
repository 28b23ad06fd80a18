/// Completion for shells.
@NullMarked
package io.github.dbtc4j.cli.completion;

import org.jspecify.annotations.NullMarked;
