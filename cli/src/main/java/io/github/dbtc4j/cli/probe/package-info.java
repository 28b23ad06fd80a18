/// `dbtc probe`: asks an account what the sandbox only assumes.
@NullMarked
package io.github.dbtc4j.cli.probe;

import org.jspecify.annotations.NullMarked;
