/// Reads the platform's state for the planner, and decides when to read it again.
@NullMarked
package io.github.dbtc4j.autoscaler.observation;

import org.jspecify.annotations.NullMarked;
