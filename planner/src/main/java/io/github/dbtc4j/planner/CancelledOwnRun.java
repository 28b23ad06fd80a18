package io.github.dbtc4j.planner;

/// What an invocation does about its own run once that is cancelled, as a truth table. That no
/// newer run is there was found out before.
///
/// @param by what cancelled it
/// @param age how long ago that was
/// @param hasDuplicate whether a duplicate's run has the commit's result, or is going to
/// @param isLate whether the deadline has passed
/// @param canRerun whether the invocation may trigger one run more
/// @param mayBeRepeated whether the run yielded to a duplicate's, which was cancelled too and may
///   be triggered again
record CancelledOwnRun(
        By by,
        Age age,
        boolean hasDuplicate,
        boolean isLate,
        boolean canRerun,
        boolean mayBeRepeated) {

    /// What cancelled the run.
    enum By {
        /// The invocation itself, to yield or to move the run.
        INVOCATION,
        /// The platform, with the clone it was on: that was deleted.
        LANE_DELETED,
        /// The platform, which took it for stale when an older commit's run came after it.
        PLATFORM,
        /// A person, or another invocation whose run is not listed yet.
        OTHERS
    }

    /// How long ago the run was cancelled.
    enum Age {
        /// It may be still about to end.
        ENDING,
        /// It has ended, less than [Planner#CANCEL_GRACE] ago.
        ENDED,
        /// [Planner#CANCEL_GRACE] ago: a newer run would be listed.
        SETTLED
    }

    /// What to do.
    enum Outcome {
        /// Take the duplicate's result.
        ATTACH,
        /// Trigger the commit again.
        RERUN,
        /// Observe the own run further.
        WATCH,
        /// Observe the run that the own one yielded to further.
        FOLLOW,
        /// End with the own run as cancelled, or with the one it yielded to.
        CANCELLED,
        /// End with the own run at the deadline.
        DEADLINE_PASSED,
        /// End at the deadline with the run that the own one yielded to.
        DEADLINE_PASSED_FOLLOWING
    }

    Outcome outcome() {
        if (hasDuplicate) {
            return Outcome.ATTACH;
        }
        return switch (by) {
            case INVOCATION, LANE_DELETED -> isLate ? Outcome.DEADLINE_PASSED : rerun();
            case PLATFORM -> rerun();
            case OTHERS -> await();
        };
    }

    private Outcome rerun() {
        return switch (age) {
            case ENDING -> Outcome.WATCH;
            case ENDED, SETTLED -> canRerun ? Outcome.RERUN : await();
        };
    }

    private Outcome await() {
        return switch (age) {
            case ENDING, ENDED -> Outcome.WATCH;
            case SETTLED -> mayBeRepeated ? follow() : Outcome.CANCELLED;
        };
    }

    private Outcome follow() {
        return isLate ? Outcome.DEADLINE_PASSED_FOLLOWING : Outcome.FOLLOW;
    }
}
