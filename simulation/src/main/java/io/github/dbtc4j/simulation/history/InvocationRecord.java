package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.simulation.world.Repository;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One pipeline's invocation in a [History]: what it was started with and how it ended.
///
/// @param number tells the invocations of one history apart, from 1 in the order of their beginning
/// @param pullRequest null when its payload named none
/// @param sha the commit it is to build
/// @param payload what each of its runs is to be triggered with
/// @param order where it truly stands among the pipelines of its pull request; twins are equal
/// @param sequenced whether it was told its order
/// @param waits whether it was asked to wait for its run
/// @param repository whose pipeline: only those of [Repository#OURS] follow the strategy
/// @param ended null when it had not ended at the horizon
public record InvocationRecord(
        int number,
        @Nullable Integer pullRequest,
        String sha,
        Map<String, @Nullable Object> payload,
        Sequence order,
        boolean sequenced,
        boolean waits,
        Repository repository,
        Instant began,
        @Nullable Instant ended,
        Ending ending) {

    /// How an invocation ended.
    public sealed interface Ending {}

    /// Our autoscaler came to a verdict.
    public record Ended(Verdict verdict) implements Ending {}

    /// Another strategy, or another repository's pipeline, ended by itself.
    ///
    /// @param how in a word or two, such as `success`
    public record Said(String how) implements Ending {}

    /// It failed.
    ///
    /// @param type of the exception, its simple name
    public record Threw(String type, String message) implements Ending {}

    /// It was killed: nothing of it ran any more.
    public record Killed() implements Ending {}

    /// It was sent a signal, and ended or was killed within its time of grace.
    ///
    /// @param at when the signal came
    public record Signalled(Instant at) implements Ending {}

    /// It had not ended when the history did.
    public record StillGoing() implements Ending {}

    /// Whether it was neither killed nor told to stop.
    public boolean survives() {
        return switch (ending) {
            case Killed _, Signalled _ -> false;
            case Ended _, Said _, Threw _, StillGoing _ -> true;
        };
    }

    /// Returns the run whose completion it reported, with any result.
    public Optional<Long> reportedRun() {
        if (!(ending instanceof Ended(Verdict verdict))) {
            return Optional.empty();
        }
        return switch (verdict) {
            case Verdict.Succeeded it -> Optional.of(it.run().value());
            case Verdict.Failed it -> Optional.of(it.run().value());
            case Verdict.Cancelled it -> Optional.of(it.run().value());
            case Verdict.Triggered _,
                    Verdict.Superseded _,
                    Verdict.Conflicted _,
                    Verdict.DeadlinePassed _ ->
                    Optional.empty();
        };
    }

    /// Until when it acted: to its end or its signal, else to `horizon`.
    public Instant acting(Instant horizon) {
        if (ending instanceof Signalled(Instant at)) {
            return at;
        }
        return ended == null ? horizon : ended;
    }

    /// Whether it is one of ours, which the checkers look at.
    public boolean isOurs() {
        return repository == Repository.OURS;
    }
}
