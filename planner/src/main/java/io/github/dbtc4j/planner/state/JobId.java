package io.github.dbtc4j.planner.state;

/// The id of a job. Exceeds 32 bits on cell accounts.
public record JobId(long value) {

    /// Written out, since the first of a record takes Java some milliseconds of every start.
    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
