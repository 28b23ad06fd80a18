package io.github.dbtc4j.autoscaler.state;

import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.autoscaler.observation.ObserverMemory;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Everything of an invocation that must survive its process: between two passes, and before each
/// write, this is all that another process needs to go on. All times are by the machine's clock.
///
/// @param began when the first pass did
/// @param own what the invocation has done so far
/// @param coverage what the next observation takes in
/// @param sending the write that was about to be sent when this was saved, null for none: the
///   platform may have got it
/// @param equipped the clone that is known to have the base job's variables, null for none
/// @param verdict how it ends, null while that is open: then only the clean-up is left
public record ReconcilerState(
        Instant began,
        InvocationState own,
        Coverage coverage,
        @Nullable UnconfirmedWrite sending,
        @Nullable JobId equipped,
        Budgets budgets,
        ObserverMemory memory,
        @Nullable Verdict verdict) {

    /// An invocation that has done nothing yet.
    ///
    /// @param nonce of its first run, sixteen hexadecimal digits
    public static ReconcilerState initial(Instant began, String nonce) {
        return new ReconcilerState(
                began,
                InvocationState.initial(nonce),
                Coverage.FULL,
                null,
                null,
                Budgets.UNSPENT,
                ObserverMemory.NONE,
                null);
    }

    /// The same in another process, at `now`. A write of which it is not known whether it was sent
    /// counts as sent just now: it is looked for before it is sent again.
    public ReconcilerState resumedAt(Instant now) {
        return switch (sending) {
            case null -> this;
            case UnconfirmedWrite.Trigger(JobId lane, Instant _) ->
                    unconfirmed(new UnconfirmedWrite.Trigger(lane, now));
            case UnconfirmedWrite.CreateClone(Instant _) ->
                    unconfirmed(new UnconfirmedWrite.CreateClone(now));
        };
    }

    private ReconcilerState unconfirmed(UnconfirmedWrite lost) {
        return with(own.withUnconfirmedWrite(lost)).sending(null);
    }

    /// The same after the invocation did more.
    public ReconcilerState with(InvocationState own) {
        return new ReconcilerState(
                began, own, coverage, sending, equipped, budgets, memory, verdict);
    }

    /// The same with another next observation.
    public ReconcilerState with(Coverage coverage) {
        return new ReconcilerState(
                began, own, coverage, sending, equipped, budgets, memory, verdict);
    }

    /// The same after one more mishap.
    public ReconcilerState with(Budgets budgets) {
        return new ReconcilerState(
                began, own, coverage, sending, equipped, budgets, memory, verdict);
    }

    /// The same after another observation.
    public ReconcilerState with(ObserverMemory memory) {
        return new ReconcilerState(
                began, own, coverage, sending, equipped, budgets, memory, verdict);
    }

    /// The same once it is known how it ends.
    public ReconcilerState with(Verdict verdict) {
        return new ReconcilerState(
                began, own, coverage, sending, equipped, budgets, memory, verdict);
    }

    /// The same while `write` is being sent, or, for null, when that is over.
    public ReconcilerState sending(@Nullable UnconfirmedWrite write) {
        return new ReconcilerState(began, own, coverage, write, equipped, budgets, memory, verdict);
    }

    /// The same once `clone` has the base job's variables.
    public ReconcilerState equipped(JobId clone) {
        return new ReconcilerState(began, own, coverage, sending, clone, budgets, memory, verdict);
    }

    /// The state as JSON on one line, for [#parse].
    public String toJson() {
        return StateJson.write(this);
    }

    /// Reads what [#toJson] wrote.
    ///
    /// @throws IllegalArgumentException when it is not that, or of a version that is not known here
    public static ReconcilerState parse(String json) {
        return StateJson.read(json);
    }
}
