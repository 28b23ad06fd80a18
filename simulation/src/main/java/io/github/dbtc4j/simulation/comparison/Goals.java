package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.simulation.comparison.Comparison.Row;

import java.time.Duration;

/// What is wanted of a contender under one workload: a mean wait within 5 % of the [LowerBound], or
/// of the [Ideal] where that is further away from the bound itself; never longer than the
/// original's; and half the original's API calls.
public record Goals(Row row, Contender contender) {

    private static final double NEAR = 1.05;

    /// The mean wait, as a multiple of the bound's.
    public double overBound() {
        return ratio(row.bound());
    }

    /// The mean wait, as a multiple of the ideal's.
    public double overIdeal() {
        return ratio(row.ideal());
    }

    /// The mean wait, as a multiple of the original's.
    public double overOriginal() {
        return ratio(original().waits());
    }

    /// API calls per verdict, as a multiple of the original's.
    public double callsToOriginal() {
        return own().callsPerVerdict() / original().callsPerVerdict();
    }

    public boolean isNearTheBound() {
        return own().unanswered() == 0 && overBound() <= NEAR;
    }

    public boolean isNearTheIdeal() {
        return own().unanswered() == 0 && overIdeal() <= NEAR;
    }

    /// Whether anybody could be near the bound who does not know the future.
    public boolean isTheBoundInReach() {
        return nanos(row.ideal().mean()) <= NEAR * nanos(row.bound().mean());
    }

    /// The contender that leaves more pull requests without a verdict is worse, for any wait.
    public boolean isNoWorseThanTheOriginal() {
        int more = own().unanswered() - original().unanswered();
        return more < 0 || (more == 0 && (!originalIsComplete() || overOriginal() <= 1));
    }

    public boolean originalIsComplete() {
        return original().unanswered() == 0;
    }

    public boolean takesHalfTheCalls() {
        return callsToOriginal() <= 0.5;
    }

    private Score own() {
        return row.score(contender);
    }

    private Score original() {
        return row.score(Contender.ORIGINAL);
    }

    private double ratio(Waits reference) {
        return nanos(own().waits().mean()) / nanos(reference.mean());
    }

    private static double nanos(Duration duration) {
        return duration.toNanos();
    }
}
