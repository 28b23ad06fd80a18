/// Plays one scenario: its processes in virtual time, with its faults.
@NullMarked
package io.github.dbtc4j.simulation.exploration;

import org.jspecify.annotations.NullMarked;
