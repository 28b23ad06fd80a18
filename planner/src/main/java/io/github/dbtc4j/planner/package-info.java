/// Decides what one invocation does next, from what was observed: no I/O, no clock, no chance.
///
/// Start with [Planner#plan]. A plan is the whole intended sequence with its reasons. The caller
/// carries out its first step, observes again and plans again.
@NullMarked
package io.github.dbtc4j.planner;

import org.jspecify.annotations.NullMarked;
