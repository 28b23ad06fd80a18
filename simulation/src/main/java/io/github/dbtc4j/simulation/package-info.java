/// Many pipelines against one sandbox in virtual time.
///
/// [VirtualTime] runs ordinary blocking code deterministically; [Simulation] plays a [Morning] of
/// pull requests under a [Strategy] with it; [Figures] says how well that went, [BestPossible] how
/// well it could have gone. Start with [Simulation#play].
@NullMarked
package io.github.dbtc4j.simulation;

import org.jspecify.annotations.NullMarked;
