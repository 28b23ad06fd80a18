package io.github.dbtc4j.planner.state;

/// The id of a job. Exceeds 32 bits on cell accounts.
public record JobId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
