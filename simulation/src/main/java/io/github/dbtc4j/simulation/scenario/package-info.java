/// Draws scenarios from a seed: platform, pushes, pipelines and faults.
@NullMarked
package io.github.dbtc4j.simulation.scenario;

import org.jspecify.annotations.NullMarked;
