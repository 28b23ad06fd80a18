package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

/// How an invocation ends, as far as it is up to the protocol.
///
/// Where another invocation's run for the same commit took over, its run is named in place of the
/// own one: its result is this commit's.
public sealed interface Verdict {

    /// The run that it is about, null where there is none.
    @Nullable RunId run();

    /// What it is called where machines read it, such as `deadline_passed`.
    default String label() {
        return switch (this) {
            case Triggered _ -> "triggered";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case Cancelled _ -> "cancelled";
            case Superseded _ -> "superseded";
            case Conflicted _ -> "conflicted";
            case DeadlinePassed _ -> "deadline_passed";
        };
    }

    /// The run was triggered; the invocation was not to wait for it.
    record Triggered(RunId run) implements Verdict {}

    /// The run ended with success, and no other run of the pull request executed meanwhile.
    record Succeeded(RunId run) implements Verdict {}

    /// The run ended with an error.
    record Failed(RunId run) implements Verdict {}

    /// The run was cancelled, and by no newer commit: by a person, a timeout or the platform.
    record Cancelled(RunId run) implements Verdict {}

    /// A newer run of the same pull request took over.
    ///
    /// @param run the own run, null when none was triggered
    /// @param by the newer one
    record Superseded(@Nullable RunId run, RunId by) implements Verdict {}

    /// The run ended with success, but another run, mostly of the pull request, wrote into its
    /// schema meanwhile, and no attempt or time is left to run it again: the result is unreliable.
    ///
    /// @param run the own run
    /// @param by the other one
    record Conflicted(RunId run, RunId by) implements Verdict {}

    /// The deadline passed.
    ///
    /// @param run the run that was waited for, null when there was none
    record DeadlinePassed(@Nullable RunId run) implements Verdict {}
}
