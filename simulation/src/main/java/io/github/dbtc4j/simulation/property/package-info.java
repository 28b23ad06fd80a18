/// The properties that every history must have, each with its checker.
///
/// Start with [Property]. A new property is a class beside the others and a constant there.
@NullMarked
package io.github.dbtc4j.simulation.property;

import org.jspecify.annotations.NullMarked;
