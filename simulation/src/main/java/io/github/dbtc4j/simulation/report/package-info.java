/// Writes down what a simulation found, as JSON and as a page.
@NullMarked
package io.github.dbtc4j.simulation.report;

import org.jspecify.annotations.NullMarked;
