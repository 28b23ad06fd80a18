/// Virtual time, and what scenarios and days have in common.
@NullMarked
package io.github.dbtc4j.simulation.world;

import org.jspecify.annotations.NullMarked;
