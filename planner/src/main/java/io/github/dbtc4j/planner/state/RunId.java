package io.github.dbtc4j.planner.state;

/// The id of a run. Ordered by value, which is the order in which the platform numbered the runs,
/// not necessarily the order in which they became visible.
public record RunId(long value) implements Comparable<RunId> {

    @Override
    public int compareTo(RunId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
