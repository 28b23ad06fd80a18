/// Words for people, on standard error.
@NullMarked
package io.github.dbtc4j.cli.narration;

import org.jspecify.annotations.NullMarked;
