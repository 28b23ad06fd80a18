/// What goes wrong between the platform and who calls it, on purpose.
@NullMarked
package io.github.dbtc4j.sandbox.fault;

import org.jspecify.annotations.NullMarked;
