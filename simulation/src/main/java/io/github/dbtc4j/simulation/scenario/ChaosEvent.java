package io.github.dbtc4j.simulation.scenario;

import io.github.dbtc4j.sandbox.fault.Fault;

import java.time.Duration;
import java.time.Instant;

/// Something that the simulated world does to a pipeline's process or to the platform. It may come
/// to nothing: the process may have ended by then.
public sealed interface ChaosEvent {

    /// Something that is done to one process.
    sealed interface OfProcess extends ChaosEvent {}

    /// Something that is done to a process at one of its calls.
    sealed interface AtCall extends OfProcess {
        /// Which of its calls, from 1.
        int call();

        /// Whether the platform has done what it was asked to by then; else it never will.
        boolean handled();
    }

    /// Something that is done to a process some time after its beginning.
    sealed interface AfterAWhile extends OfProcess {
        /// How long after.
        Duration after();
    }

    /// It is killed at a call.
    record KillAtCall(int call, boolean handled) implements AtCall {
        public String title() {
            return handled ? "killed before an answer" : "killed before a call";
        }
    }

    /// Another process goes on from the state that this one saved last, `after` its death.
    record DieAtCall(int call, boolean handled, Duration after) implements AtCall {}

    /// It is stopped at a call and goes on later.
    record PauseAtCall(int call, boolean handled, Duration length) implements AtCall {}

    /// It is killed.
    record Kill(Duration after) implements AfterAWhile {}

    /// It is asked to stop, as the scenario's CI system does that.
    record Signal(Duration after) implements AfterAWhile {}

    /// It is stopped and goes on later.
    record Pause(Duration after, Duration length) implements AfterAWhile {}

    /// Its machine's clock is wrong.
    ///
    /// @param by how far it is ahead
    record WrongClock(Duration by) implements OfProcess {}

    /// Something that is done to the platform.
    sealed interface OfWorld extends ChaosEvent {
        /// When, or from when on.
        Instant at();

        /// What it is called in a history; what it was done to may be said behind it.
        String title();
    }

    /// A run of a production job, which takes a run slot.
    record ProductionRun(Instant at) implements OfWorld {
        @Override
        public String title() {
            return "a production job runs";
        }
    }

    /// A user runs the base job by hand.
    record RunByHand(Instant at) implements OfWorld {
        @Override
        public String title() {
            return "a user runs the base job";
        }
    }

    /// A user starts and cancels more runs of a production job than a page of a list has rows.
    record ManyRuns(Instant at) implements OfWorld {
        @Override
        public String title() {
            return "a user starts and cancels 120 runs";
        }
    }

    /// A user cancels a run.
    ///
    /// @param pick which of those in progress
    record CancelByHand(Instant at, int pick) implements OfWorld {
        @Override
        public String title() {
            return "a user cancels a run";
        }
    }

    /// A user deletes a clone, as soon as there is one.
    ///
    /// @param pick which of them
    record DeleteClone(Instant at, int pick) implements OfWorld {
        @Override
        public String title() {
            return "a user deletes a clone";
        }
    }

    /// A user puts a clone on a schedule, as soon as there is one: it is theirs from then on.
    record ScheduleClone(Instant at, int pick) implements OfWorld {
        @Override
        public String title() {
            return "a user puts a clone on a schedule";
        }
    }

    /// A user has a clone start after another job, as soon as there is one: it is theirs from then
    /// on. That job does not run on this day.
    record ChainClone(Instant at, int pick) implements OfWorld {
        @Override
        public String title() {
            return "a user has a clone start after another job";
        }
    }

    /// A user copies a clone, as soon as there is one, for another base job: its description names
    /// that one.
    record CopyClone(Instant at, int pick) implements OfWorld {
        @Override
        public String title() {
            return "another base job is cloned";
        }
    }

    /// A user edits the base job.
    record EditBase(Instant at) implements OfWorld {
        @Override
        public String title() {
            return "a user edits the base job";
        }
    }

    /// A person triggers a run under a forged claim.
    record Forge(Instant at, Forgery forgery) implements OfWorld {
        @Override
        public String title() {
            return "a claim is forged";
        }
    }

    /// The token is replaced by another one, which later pipelines get.
    record RotateToken(Instant at) implements OfWorld {
        @Override
        public String title() {
            return "the token is rotated";
        }
    }

    /// Another client uses up the account's rate limit.
    record Storm(Instant at) implements OfWorld {
        @Override
        public String title() {
            return "a storm of requests";
        }
    }

    /// Requests go wrong until the scenario's troubles end.
    ///
    /// @param title what goes wrong
    record Trouble(Instant at, String title, Fault fault) implements OfWorld {}

    /// All troubles end.
    record TroublesEnd(Instant at) implements OfWorld {
        @Override
        public String title() {
            return "nothing goes wrong any more";
        }
    }
}
