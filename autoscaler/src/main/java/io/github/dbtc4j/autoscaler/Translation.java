package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.client.Account;
import io.github.dbtc4j.client.Run;
import io.github.dbtc4j.client.RunStatus.Known;
import io.github.dbtc4j.client.Trigger;
import io.github.dbtc4j.planner.Claim;
import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.ObservedRun;
import io.github.dbtc4j.planner.Provider;
import io.github.dbtc4j.planner.PullRequest;
import io.github.dbtc4j.planner.RunId;
import io.github.dbtc4j.planner.RunStatus;

import org.jspecify.annotations.Nullable;

/// What the platform sends, in the planner's terms.
final class Translation {

    private Translation() {}

    /// @param ciJob whether its job is a CI job by its type
    /// @param account null when it is not known
    static ObservedRun observed(Run run, boolean ciJob, @Nullable Account account) {
        Trigger trigger = run.trigger();
        return new ObservedRun(
                new RunId(run.id()),
                new JobId(run.jobId()),
                status(run),
                pullRequest(trigger),
                trigger == null ? null : Claim.in(trigger.cause()).orElse(null),
                run.createdAt(),
                run.startedAt(),
                run.finishedAt(),
                usesRunSlot(trigger, ciJob, account));
    }

    static RunStatus status(Run run) {
        return switch (run.status()) {
            case Known known ->
                    switch (known) {
                        case QUEUED -> RunStatus.QUEUED;
                        case STARTING -> RunStatus.STARTING;
                        case RUNNING -> RunStatus.RUNNING;
                        case SUCCESS -> RunStatus.SUCCESS;
                        case ERROR -> RunStatus.ERROR;
                        case CANCELLED -> RunStatus.CANCELLED;
                    };
            case io.github.dbtc4j.client.RunStatus.Unknown unknown -> RunStatus.UNKNOWN;
        };
    }

    static @Nullable PullRequest pullRequest(@Nullable Trigger trigger) {
        if (trigger == null) {
            return null;
        }
        for (Provider provider : Provider.values()) {
            Long number =
                    switch (provider) {
                        case GITHUB -> trigger.githubPullRequestId();
                        case GITLAB -> trigger.gitlabMergeRequestId();
                        case AZURE -> trigger.azurePullRequestId();
                        case NON_NATIVE -> trigger.nonNativePullRequestId();
                    };
            if (number != null && number > 0) {
                return new PullRequest(provider, number);
            }
        }
        return null;
    }

    /// CI runs take no run slot where the platform treats them as CI: those the git host triggered,
    /// and on some plans those triggered through the API (docs.getdbt.com, "Continuous
    /// integration").
    private static boolean usesRunSlot(
            @Nullable Trigger trigger, boolean ciJob, @Nullable Account account) {
        boolean ci = ciJob && pullRequest(trigger) != null;
        boolean byGitHost = trigger != null && "ci".equals(trigger.causeCategory());
        return !(ci && (byGitHost || triggersConcurrently(account)));
    }

    /// "Trigger a CI job with the API": Enterprise tiers and legacy Team, not Starter
    /// (docs.getdbt.com, CI jobs, 2026).
    static boolean triggersConcurrently(@Nullable Account account) {
        String plan = account == null ? null : account.plan();
        return plan != null && (plan.startsWith("enterprise") || plan.startsWith("team"));
    }
}
