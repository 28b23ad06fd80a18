package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Snapshot;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// How long to wait between two looks.
public final class PollDelays {

    /// While runs are being cancelled, which takes 1–15 s.
    public static final Duration BRIEFLY = Duration.ofSeconds(3);

    /// An effect that has not come so long after its response was lost may be long in coming.
    private static final Duration EFFECT_EXPECTED = Duration.ofSeconds(15);

    /// The platform tells its time in whole seconds.
    private static final Duration CLOCK_TICK = Duration.ofSeconds(1);

    /// So many of those that wait are ready to go: the first may be slow, or end.
    private static final int NEXT = 2;

    private final SystemContext system;
    private final Polling polling;
    private final Supplier<List<Duration>> usual;
    private @Nullable AdaptiveSchedule forecast;

    /// @param usual how long runs of the kind that is watched take; asked for once, when it is
    ///   needed first
    public PollDelays(SystemContext system, Polling polling, Supplier<List<Duration>> usual) {
        this.system = system;
        this.polling = polling;
        this.usual = usual;
    }

    /// Where nothing is known of when something will happen.
    public Duration poll() {
        return jittered(polling.interval());
    }

    /// Until a run may have ended, or a queued one started.
    ///
    /// @param run as it was seen at `seenAt`, by the platform's clock
    public Duration whileWatching(ObservedRun run, Instant seenAt) {
        boolean plans = polling instanceof Polling.Adaptive && run.status() != RunStatus.UNKNOWN;
        return plans ? jittered(forecast().pause(executing(run, seenAt))) : poll();
    }

    private AdaptiveSchedule forecast() {
        if (forecast == null) {
            forecast = new AdaptiveSchedule(usual.get(), polling.interval());
        }
        return forecast;
    }

    /// Until a run that queues may go elsewhere, since a run of another job has ended: which the
    /// first of those that wait will do first. What its own job's runs leave free it gets anyway.
    ///
    /// @param run as it was seen in `seen`
    public Duration whileQueued(ObservedRun run, Snapshot seen) {
        return switch (polling) {
            case Polling.Fixed every -> poll();
            case Polling.Adaptive(Duration interval) ->
                    seen.queuedBefore(run) < NEXT && isAnyElsewhere(run, seen)
                            ? jittered(soon(untilAnyEnds(seen)))
                            : jittered(interval.multipliedBy(2));
        };
    }

    /// A free run slot should not be free for long.
    private Duration soon(Duration pause) {
        return pause.compareTo(polling.interval()) < 0 ? pause : polling.interval();
    }

    private static boolean isAnyElsewhere(ObservedRun run, Snapshot seen) {
        return seen.runs().stream()
                .anyMatch(each -> each.status().isExecuting() && !each.job().equals(run.job()));
    }

    private Duration untilAnyEnds(Snapshot seen) {
        Map<Boolean, List<Duration>> executing =
                seen.runs().stream()
                        .filter(run -> run.status().isExecuting())
                        .collect(
                                Collectors.partitioningBy(
                                        seen::isOnLane,
                                        Collectors.mapping(
                                                run -> executing(run, seen.at()),
                                                Collectors.toList())));
        return forecast()
                .pauseUntilAny(
                        executing.getOrDefault(true, List.of()),
                        executing.getOrDefault(false, List.of()).size());
    }

    /// Until all that could have disturbed a run which ended is listed.
    ///
    /// @param seenAt by the platform's clock
    public Duration beforeConfirming(ObservedRun run, Instant seenAt) {
        Instant end = run.finishedAt();
        if (polling instanceof Polling.Fixed || end == null) {
            return BRIEFLY;
        }
        Duration left =
                Duration.between(seenAt, end.plus(Planner.VISIBILITY_DELAY)).plus(CLOCK_TICK);
        return left.compareTo(CLOCK_TICK) < 0 ? CLOCK_TICK : left;
    }

    public Duration whileReadingBack(UnconfirmedWrite lost, Instant now) {
        return now.isBefore(lost.sentAt().plus(EFFECT_EXPECTED)) ? BRIEFLY : poll();
    }

    private static Duration executing(ObservedRun run, Instant seenAt) {
        Instant start = run.startedAt();
        return start == null ? Duration.ZERO : Duration.between(start, seenAt);
    }

    /// Give or take 20 %, so that pipelines that began together do not ask together.
    private Duration jittered(Duration pause) {
        double factor = 0.8 + 0.4 * (system.random() >>> 11) * 0x1.0p-53;
        return Duration.ofNanos((long) (pause.toNanos() * factor));
    }
}
