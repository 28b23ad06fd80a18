package io.github.dbtc4j.sandbox.option;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// What kind of platform a sandbox is.
///
/// @param seed decides everything that is left to chance: same seed and same calls at the same
///   times give the same answers
/// @param plan the account's plan as the API spells it, such as `starter_2025`, `enterprise_2025`
/// @param runSlots the account's run slots; null when the API does not tell (the platform then
///   starts runs as if there were 1,000)
/// @param token what requests have to carry in `Authorization`
/// @param switches the answers to what is not known about the real platform
/// @param pace how long things take
/// @param schedules whether the production jobs' schedules fire
/// @param earlierRuns how many finished runs the world begins with
/// @param historyLimit how many of the newest events the history keeps; 0 for none
/// @param requestsPerMinute the account's rate limit; 5,000 on the real platform
public record SandboxOptions(
        long seed,
        String plan,
        @Nullable Integer runSlots,
        String token,
        AssumptionSet switches,
        Pace pace,
        boolean schedules,
        int earlierRuns,
        int historyLimit,
        int requestsPerMinute) {

    public SandboxOptions {
        if (plan.isBlank() || token.isBlank()) {
            throw new IllegalArgumentException("a sandbox needs a plan and a token");
        }
        if (runSlots != null && runSlots < 0) {
            throw new IllegalArgumentException("run slots must not be negative: " + runSlots);
        }
        if (earlierRuns < 0 || historyLimit < 0 || requestsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "earlierRuns and historyLimit must not be negative, requestsPerMinute"
                            + " positive");
        }
    }

    /// A Starter plan with 5 run slots, seed 1, realistic pace, schedules on, 24 earlier runs.
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                1,
                "starter_2025",
                5,
                "dbtu_sandbox",
                AssumptionSet.defaults(),
                Pace.realistic(),
                true,
                24,
                100_000,
                5_000);
    }

    /// These options with another seed.
    public SandboxOptions seed(long changed) {
        return changed(draft -> draft.seed = changed);
    }

    /// These options with another plan.
    public SandboxOptions plan(String changed) {
        return changed(draft -> draft.plan = changed);
    }

    /// These options with other run slots; null for "the API does not tell".
    public SandboxOptions runSlots(@Nullable Integer changed) {
        return changed(draft -> draft.runSlots = changed);
    }

    /// These options with another token.
    public SandboxOptions token(String changed) {
        return changed(draft -> draft.token = changed);
    }

    /// These options with other switches.
    public SandboxOptions switches(AssumptionSet changed) {
        return changed(draft -> draft.switches = changed);
    }

    /// These options with one switch changed.
    public SandboxOptions with(Assumption answer) {
        return switches(switches.with(answer));
    }

    /// These options with another pace.
    public SandboxOptions pace(Pace changed) {
        return changed(draft -> draft.pace = changed);
    }

    /// These options with the production jobs' schedules on or off.
    public SandboxOptions schedules(boolean changed) {
        return changed(draft -> draft.schedules = changed);
    }

    /// These options with another number of earlier runs.
    public SandboxOptions earlierRuns(int changed) {
        return changed(draft -> draft.earlierRuns = changed);
    }

    /// These options with another length of the history.
    public SandboxOptions historyLimit(int changed) {
        return changed(draft -> draft.historyLimit = changed);
    }

    /// These options with another rate limit.
    public SandboxOptions requestsPerMinute(int changed) {
        return changed(draft -> draft.requestsPerMinute = changed);
    }

    private SandboxOptions changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /// Options that can be changed one by one.
    private static final class Draft {
        long seed;
        String plan;
        @Nullable Integer runSlots;
        String token;
        AssumptionSet switches;
        Pace pace;
        boolean schedules;
        int earlierRuns;
        int historyLimit;
        int requestsPerMinute;

        Draft(SandboxOptions from) {
            seed = from.seed;
            plan = from.plan;
            runSlots = from.runSlots;
            token = from.token;
            switches = from.switches;
            pace = from.pace;
            schedules = from.schedules;
            earlierRuns = from.earlierRuns;
            historyLimit = from.historyLimit;
            requestsPerMinute = from.requestsPerMinute;
        }

        SandboxOptions finished() {
            return new SandboxOptions(
                    seed,
                    plan,
                    runSlots,
                    token,
                    switches,
                    pace,
                    schedules,
                    earlierRuns,
                    historyLimit,
                    requestsPerMinute);
        }
    }

    /// Everything but the token.
    @Override
    public String toString() {
        return "SandboxOptions[seed=%d, plan=%s, runSlots=%s, switches=%s, pace=%s]"
                .formatted(seed, plan, runSlots, switches, pace);
    }
}
