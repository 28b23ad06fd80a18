/// Plays every interleaving of a few processes in a small world.
@NullMarked
package io.github.dbtc4j.simulation.exhaustion;

import org.jspecify.annotations.NullMarked;
