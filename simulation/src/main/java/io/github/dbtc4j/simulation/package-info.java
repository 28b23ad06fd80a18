/// Many pipelines against one sandbox in virtual time.
///
/// `world` has virtual time, which runs ordinary blocking code deterministically. `scenario` draws
/// what happens from a seed, `exploration` plays it, `history` records it and `rule` judges it.
/// `comparison` plays whole days and says how long people wait.
@NullMarked
package io.github.dbtc4j.simulation;

import org.jspecify.annotations.NullMarked;
