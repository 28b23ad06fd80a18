package io.github.dbtc4j.simulation.comparison;

import org.junit.jupiter.api.Tag;

/// Every workload but the largest.
@Tag("heavy")
class WholeComparisonTest extends ComparisonGateTest {

    @Override
    boolean isPlayed(Workload workload) {
        return !workload.isLarge();
    }
}
