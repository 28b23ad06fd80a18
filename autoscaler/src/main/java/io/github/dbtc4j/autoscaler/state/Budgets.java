package io.github.dbtc4j.autoscaler.state;

/// How often the platform has already stood in the way of one invocation. Each has a limit, so that
/// no invocation goes round in circles.
///
/// @param lanesLost lanes that turned out to be deleted when a run was to be triggered there
/// @param refusals writes refused for the rate limit; each costs its five-minute cooldown
/// @param answersLost writes that went without a response, each looked for before it is sent again
public record Budgets(int lanesLost, int refusals, int answersLost) {

    /// Nothing has been in the way yet.
    public static final Budgets UNSPENT = new Budgets(0, 0, 0);

    private static final int MAX_LANES_LOST = 4;
    private static final int MAX_REFUSALS = 3;
    private static final int MAX_ANSWERS_LOST = 3;

    /// The same: one more lane turned out to be deleted.
    public Budgets withLaneLost() {
        return new Budgets(lanesLost + 1, refusals, answersLost);
    }

    /// The same: one more write was refused for the rate limit.
    public Budgets withRefusal() {
        return new Budgets(lanesLost, refusals + 1, answersLost);
    }

    /// The same: one more write went without a response.
    public Budgets withAnswerLost() {
        return new Budgets(lanesLost, refusals, answersLost + 1);
    }

    /// Whether any limit is passed.
    public boolean areOverdrawn() {
        return lanesLost > MAX_LANES_LOST
                || refusals > MAX_REFUSALS
                || answersLost > MAX_ANSWERS_LOST;
    }
}
