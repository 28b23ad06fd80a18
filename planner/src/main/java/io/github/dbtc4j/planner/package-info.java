/// Decides what one invocation does next: a pure function from what was observed to a plan.
@NullMarked
package io.github.dbtc4j.planner;

import org.jspecify.annotations.NullMarked;
