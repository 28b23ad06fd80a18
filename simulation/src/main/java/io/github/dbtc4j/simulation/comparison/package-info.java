/// Plays whole days of several strategies, and compares how long people wait.
@NullMarked
package io.github.dbtc4j.simulation.comparison;

import org.jspecify.annotations.NullMarked;
