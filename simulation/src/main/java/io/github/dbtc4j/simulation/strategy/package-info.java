/// The ways of running pull requests that a simulation compares.
@NullMarked
package io.github.dbtc4j.simulation.strategy;

import org.jspecify.annotations.NullMarked;
