/// What happened in a scenario: calls, runs, clones and invocations, indexed for the properties.
@NullMarked
package io.github.dbtc4j.simulation.history;

import org.jspecify.annotations.NullMarked;
