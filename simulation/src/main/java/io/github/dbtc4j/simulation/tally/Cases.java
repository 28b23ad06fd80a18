package io.github.dbtc4j.simulation.tally;

import java.util.List;
import java.util.stream.Stream;

/// Scenarios that have something in common.
///
/// @param count how many
/// @param seeds of the first few, ascending
public record Cases(long count, List<Long> seeds) {

    /// How many seeds are kept.
    public static final int FEW = 5;

    public Cases {
        seeds = List.copyOf(seeds);
    }

    public static Cases of(long seed) {
        return new Cases(1, List.of(seed));
    }

    public Cases plus(Cases other) {
        return new Cases(
                count + other.count,
                Stream.concat(seeds.stream(), other.seeds.stream()).sorted().limit(FEW).toList());
    }
}
