package io.github.dbtc4j.planner;

/// What happens while a run of another pull request builds into the schema that the payload names.
public enum SharedSchema {
    /// The run waits for the end of the other one.
    QUEUE,
    /// Both run at the same time and may mix in the schema.
    ALLOW
}
