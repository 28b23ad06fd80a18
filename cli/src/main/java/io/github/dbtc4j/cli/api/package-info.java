/// `dbtc api`: any endpoint of the platform.
@NullMarked
package io.github.dbtc4j.cli.api;

import org.jspecify.annotations.NullMarked;
