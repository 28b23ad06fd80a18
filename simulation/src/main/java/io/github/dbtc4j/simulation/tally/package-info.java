/// Counts over many scenarios: broken properties, impact on users, goals reached, and the limits.
@NullMarked
package io.github.dbtc4j.simulation.tally;

import org.jspecify.annotations.NullMarked;
