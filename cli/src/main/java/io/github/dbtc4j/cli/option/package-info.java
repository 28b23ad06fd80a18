/// Options that several commands share, and the converters of their values.
@NullMarked
package io.github.dbtc4j.cli.option;

import org.jspecify.annotations.NullMarked;
