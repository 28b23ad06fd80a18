package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.planner.Concurrency;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// How an autoscaling run is triggered. The defaults are the original tool's.
///
/// @param shouldPoll whether to wait until the run has ended; default false. Deleting a clone
///   forces it
/// @param pollInterval how long between two looks while waiting, positive; default 10 s
/// @param deleteClonedJob whether a clone is deleted once its run has ended; default true
/// @param maxRunSlots how many lanes of this base job may be busy at once before it queues instead
///   of cloning; 0 never clones; null, the default, is no cap of its own
/// @param concurrency who makes pull requests run side by side; default [Concurrency#AUTO]
/// @param timeout how long to wait altogether, positive; default 24 h, the platform's own limit for
///   a run
public record Options(
        boolean shouldPoll,
        Duration pollInterval,
        boolean deleteClonedJob,
        @Nullable Integer maxRunSlots,
        Concurrency concurrency,
        Duration timeout) {

    private static final Options DEFAULTS =
            new Options(
                    false,
                    Duration.ofSeconds(10),
                    true,
                    null,
                    Concurrency.AUTO,
                    Duration.ofHours(24));

    public Options {
        if (!pollInterval.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "poll interval and timeout must be positive, they are %s and %s"
                            .formatted(pollInterval, timeout));
        }
        if (maxRunSlots != null && maxRunSlots < 0) {
            throw new IllegalArgumentException(
                    "max run slots must not be negative, it is " + maxRunSlots);
        }
    }

    /// The original tool's defaults.
    public static Options defaults() {
        return DEFAULTS;
    }

    /// The same, with or without waiting for the run's end.
    public Options shouldPoll(boolean value) {
        return new Options(value, pollInterval, deleteClonedJob, maxRunSlots, concurrency, timeout);
    }

    /// The same with another interval between two looks.
    public Options pollInterval(Duration value) {
        return new Options(shouldPoll, value, deleteClonedJob, maxRunSlots, concurrency, timeout);
    }

    /// The same, deleting or keeping clones.
    public Options deleteClonedJob(boolean value) {
        return new Options(shouldPoll, pollInterval, value, maxRunSlots, concurrency, timeout);
    }

    /// The same with another cap, or with none for null.
    public Options maxRunSlots(@Nullable Integer value) {
        return new Options(shouldPoll, pollInterval, deleteClonedJob, value, concurrency, timeout);
    }

    /// The same with another way to run side by side.
    public Options concurrency(Concurrency value) {
        return new Options(shouldPoll, pollInterval, deleteClonedJob, maxRunSlots, value, timeout);
    }

    /// The same with another limit to waiting.
    public Options timeout(Duration value) {
        return new Options(
                shouldPoll, pollInterval, deleteClonedJob, maxRunSlots, concurrency, value);
    }
}
