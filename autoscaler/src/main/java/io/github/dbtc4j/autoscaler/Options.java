package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.observation.Polling;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Concurrency;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.SharedSchema;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Consumer;

/// How an autoscaling run is triggered. The defaults are the original tool's.
///
/// @param shouldPoll whether to wait until the run has ended; default false. Deleting a clone after
///   its run forces it
/// @param polling when to look while waiting; default [Polling.Adaptive], which notices a run's end
///   as soon as looking every 10 s does
/// @param cleanup what becomes of a clone; default [Cleanup#AFTER_RUN]
/// @param cloneTtl for how long a clone may be idle before any invocation for its base job deletes
///   it, unless it was kept on purpose; at least [#LEAST_CLONE_TTL]; default 30 min
/// @param maxRunSlots how many lanes of this base job may be busy at once before it queues instead
///   of cloning; 0 never clones; null, the default, is no cap of its own
/// @param concurrency who makes pull requests run side by side; default [Concurrency#AUTO]
/// @param lanes where the runs of a pull request go; default [LanePolicy#BASE_FIRST]
/// @param sharedSchema what happens while another pull request's run builds into the schema that
///   the payload names; default [SharedSchema#QUEUE]
/// @param allowProductionJob whether the base job may be one of an environment of type production;
///   default false
/// @param sequence where this pipeline stands in the order of its CI system; null, the default, is
///   unknown: then the time the platform received a run decides which is newer
/// @param timeout how long to wait altogether, positive; then the own run is cancelled; default 24
///   h, the platform's own limit for a run
public record Options(
        boolean shouldPoll,
        Polling polling,
        Cleanup cleanup,
        Duration cloneTtl,
        @Nullable Integer maxRunSlots,
        Concurrency concurrency,
        LanePolicy lanes,
        SharedSchema sharedSchema,
        boolean allowProductionJob,
        @Nullable Sequence sequence,
        Duration timeout) {

    /// A clone may be idle for so long because its owner sits out a rate limit's cooldown of five
    /// minutes or looks for a lost response.
    public static final Duration LEAST_CLONE_TTL = Duration.ofMinutes(15);

    private static final Options DEFAULTS =
            new Options(
                    false,
                    new Polling.Adaptive(Duration.ofSeconds(10)),
                    Cleanup.AFTER_RUN,
                    Duration.ofMinutes(30),
                    null,
                    Concurrency.AUTO,
                    LanePolicy.BASE_FIRST,
                    SharedSchema.QUEUE,
                    false,
                    null,
                    Duration.ofHours(24));

    public Options {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout must be positive, it is " + timeout);
        }
        if (cloneTtl.compareTo(LEAST_CLONE_TTL) < 0) {
            throw new IllegalArgumentException(
                    "the clone TTL must be at least %s, it is %s: the owner of a clone may have to"
                                    .formatted(LEAST_CLONE_TTL, cloneTtl)
                            + " sit out a rate limit");
        }
        if (maxRunSlots != null && maxRunSlots < 0) {
            throw new IllegalArgumentException(
                    "max run slots must not be negative, it is " + maxRunSlots);
        }
        if (maxRunSlots != null && maxRunSlots == 0 && lanes == LanePolicy.DEDICATED) {
            throw new IllegalArgumentException(
                    "max run slots 0 never clones, which dedicated lanes always do");
        }
    }

    /// The original tool's defaults, but for planned looks.
    public static Options defaults() {
        return DEFAULTS;
    }

    /// The same, with or without waiting for the run's end.
    public Options shouldPoll(boolean value) {
        return changed(draft -> draft.shouldPoll = value);
    }

    /// The same, looking every so often, as the original tool does.
    public Options pollInterval(Duration value) {
        return polling(new Polling.Fixed(value));
    }

    /// The same, looking at other times.
    public Options polling(Polling value) {
        return changed(draft -> draft.polling = value);
    }

    /// The same, doing something else with clones.
    public Options cleanup(Cleanup value) {
        return changed(draft -> draft.cleanup = value);
    }

    /// The same, deleting clones after another time of idleness.
    public Options cloneTtl(Duration value) {
        return changed(draft -> draft.cloneTtl = value);
    }

    /// The same with another cap, or with none for null.
    public Options maxRunSlots(@Nullable Integer value) {
        return changed(draft -> draft.maxRunSlots = value);
    }

    /// The same with another way to run side by side.
    public Options concurrency(Concurrency value) {
        return changed(draft -> draft.concurrency = value);
    }

    /// The same with other lanes.
    public Options lanes(LanePolicy value) {
        return changed(draft -> draft.lanes = value);
    }

    /// The same, doing something else while the schema is in use.
    public Options sharedSchema(SharedSchema value) {
        return changed(draft -> draft.sharedSchema = value);
    }

    /// The same, with or without production's jobs.
    public Options allowProductionJob(boolean value) {
        return changed(draft -> draft.allowProductionJob = value);
    }

    /// The same with another place in the CI system's order, or with none for null.
    public Options sequence(@Nullable Sequence value) {
        return changed(draft -> draft.sequence = value);
    }

    /// The same with another limit to waiting.
    public Options timeout(Duration value) {
        return changed(draft -> draft.timeout = value);
    }

    private Options changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /// Options that can be changed one by one.
    private static final class Draft {
        boolean shouldPoll;
        Polling polling;
        Cleanup cleanup;
        Duration cloneTtl;
        @Nullable Integer maxRunSlots;
        Concurrency concurrency;
        LanePolicy lanes;
        SharedSchema sharedSchema;
        boolean allowProductionJob;
        @Nullable Sequence sequence;
        Duration timeout;

        Draft(Options from) {
            shouldPoll = from.shouldPoll;
            polling = from.polling;
            cleanup = from.cleanup;
            cloneTtl = from.cloneTtl;
            maxRunSlots = from.maxRunSlots;
            concurrency = from.concurrency;
            lanes = from.lanes;
            sharedSchema = from.sharedSchema;
            allowProductionJob = from.allowProductionJob;
            sequence = from.sequence;
            timeout = from.timeout;
        }

        Options finished() {
            return new Options(
                    shouldPoll,
                    polling,
                    cleanup,
                    cloneTtl,
                    maxRunSlots,
                    concurrency,
                    lanes,
                    sharedSchema,
                    allowProductionJob,
                    sequence,
                    timeout);
        }
    }
}
