/// The properties that every history must have, one class each, and the limits for the rest.
///
/// Start with [Property]. A new property is a class beside the others and a constant there.
@NullMarked
package io.github.dbtc4j.simulation.rule;

import org.jspecify.annotations.NullMarked;
