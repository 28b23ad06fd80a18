package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.observation.Observer;
import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.autoscaler.state.Budgets;
import io.github.dbtc4j.autoscaler.state.Journal;
import io.github.dbtc4j.autoscaler.state.ReconcilerState;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import java.time.Instant;
import java.util.function.UnaryOperator;

/// The state while a pass works on it. It is saved before each write.
final class Ledger {

    private final Journal journal;
    private final Observer observer;
    private ReconcilerState state;

    Ledger(Journal journal, Observer observer, ReconcilerState state) {
        this.journal = journal;
        this.observer = observer;
        this.state = state;
    }

    /// Goes on from `state`.
    void open(ReconcilerState state) {
        this.state = state;
        observer.recall(state.memory());
    }

    ReconcilerState state() {
        return state.with(observer.memory());
    }

    Instant began() {
        return state.began();
    }

    InvocationState own() {
        return state.own();
    }

    Coverage coverage() {
        return state.coverage();
    }

    boolean isEquipped(JobId clone) {
        return clone.equals(state.equipped());
    }

    void change(UnaryOperator<InvocationState> change) {
        state = state.with(change.apply(state.own()));
    }

    void cover(Coverage next) {
        state = state.with(next);
    }

    void equipped(JobId clone) {
        state = state.equipped(clone);
    }

    void conclude(Verdict verdict) {
        state = state.with(verdict);
    }

    /// Counts one more mishap.
    ///
    /// @param mishap what went wrong, thrown when that was once too often
    void spend(UnaryOperator<Budgets> on, DbtCloudException mishap) {
        state = state.with(on.apply(state.budgets()));
        if (state.budgets().areOverdrawn()) {
            throw mishap;
        }
    }

    /// To be called before a write that another process may simply repeat.
    void save() {
        journal.save(state());
    }

    /// To be called before a write that asks for the cancellation of a run, with what is true once
    /// it was sent.
    void saveAs(InvocationState own) {
        journal.save(state().with(own));
    }

    /// To be called before a write that must not happen twice.
    void sending(UnconfirmedWrite write) {
        state = state.sending(write);
        save();
    }

    /// The write that was being sent is over, however it ended.
    void sent() {
        state = state.sending(null);
    }
}
