/// How fast the hot paths are. Start at [BenchmarkReport], which `make bench` runs.
///
/// A time says little on a machine that does other things too. Each benchmark therefore has a
/// reference in the same run, the least that anybody could do with the same input, and what counts
/// is the ratio.
@NullMarked
package io.github.dbtc4j.benchmark;

import org.jspecify.annotations.NullMarked;
