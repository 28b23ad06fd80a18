package io.github.dbtc4j.sandbox.option;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// How a run is to go, where it should not be left to chance. Null means: to chance.
///
/// @param ending how it ends unless it is cancelled
/// @param failingNode the unique id of the model or test that fails; null for any. Only with
///   [Ending#FAILING_NODE]
/// @param prep how long it is prepared
/// @param execution how long it executes
/// @param cancel how long a cancel takes
public record ScriptedOutcome(
        @Nullable Ending ending,
        @Nullable String failingNode,
        @Nullable Duration prep,
        @Nullable Duration execution,
        @Nullable Duration cancel) {

    /// The ways a run ends by itself.
    public enum Ending {
        /// Success.
        SUCCESS,
        /// Error: a model or test fails, what follows it is skipped.
        FAILING_NODE,
        /// Error in the step that clones the repository: the commit is not there.
        UNKNOWN_COMMIT,
        /// Error before any step, as in the platform's incident of February 2026.
        INTERNAL_ERROR
    }

    /// Left to chance in every respect.
    public static ScriptedOutcome any() {
        return new ScriptedOutcome(null, null, null, null, null);
    }

    /// Success.
    public static ScriptedOutcome success() {
        return any().ending(Ending.SUCCESS);
    }

    /// Error at the model or test `node`, such as `model.jaffle_shop.orders`.
    public static ScriptedOutcome failureAt(String node) {
        return new ScriptedOutcome(Ending.FAILING_NODE, node, null, null, null);
    }

    /// This outcome with another ending.
    public ScriptedOutcome ending(Ending changed) {
        return new ScriptedOutcome(changed, null, prep, execution, cancel);
    }

    /// This outcome, prepared for `time`.
    public ScriptedOutcome preparing(Duration time) {
        return new ScriptedOutcome(ending, failingNode, time, execution, cancel);
    }

    /// This outcome, executing for `time`.
    public ScriptedOutcome executing(Duration time) {
        return new ScriptedOutcome(ending, failingNode, prep, time, cancel);
    }

    /// Returns this outcome, ending `time` after a cancel request while it starts or runs.
    public ScriptedOutcome cancelling(Duration time) {
        return new ScriptedOutcome(ending, failingNode, prep, execution, time);
    }
}
