package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.clone.Marker;
import io.github.dbtc4j.autoscaler.payload.PayloadField;
import io.github.dbtc4j.client.model.Account;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.client.model.Trigger;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.Build;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the platform sends, in the planner's terms.
public final class PlannerMapper {

    private static final Set<String> FIELDS =
            Arrays.stream(PayloadField.values())
                    .map(PayloadField::wireName)
                    .collect(Collectors.toUnmodifiableSet());

    /// What is passed on apart from the other fields, and the text that changes nothing.
    private static final Set<String> OF_THEIR_OWN =
            Set.of(
                    PayloadField.CAUSE.wireName(),
                    PayloadField.GIT_SHA.wireName(),
                    PayloadField.GIT_BRANCH.wireName(),
                    PayloadField.SCHEMA_OVERRIDE.wireName());

    private PlannerMapper() {}

    /// Returns `run` in the planner's terms.
    ///
    /// @param ciJob whether its job is a CI job by its type
    /// @param account null when it is not known
    public static ObservedRun observed(Run run, boolean ciJob, @Nullable Account account) {
        Trigger trigger = run.trigger();
        return new ObservedRun(
                new RunId(run.id()),
                new JobId(run.jobId()),
                status(run),
                pullRequest(trigger),
                trigger == null ? null : Claim.parse(trigger.cause()).orElse(null),
                build(run.projectId(), trigger == null ? Map.of() : trigger.fields()),
                run.gitSha(),
                run.job() == null
                        ? null
                        : CloneDefinition.markerOf(run.job()).map(Marker::base).orElse(null),
                run.createdAt(),
                run.startedAt(),
                run.finishedAt(),
                usesRunSlot(trigger, ciJob, account));
    }

    /// What a trigger of these fields has built: those that the platform's specification knows, and
    /// any override that it has come to know since.
    ///
    /// @param fields as they are sent, or as the platform shows them
    public static Build build(long project, Map<String, ? extends @Nullable Object> fields) {
        var overrides = new TreeMap<String, String>();
        fields.forEach((name, value) -> {
            if (value != null && isOverride(name)) {
                // "4" and 4, "true" and true build the same
                overrides.put(name, value instanceof String text ? text : Json.write(value));
            }
        });
        return new Build(
                project,
                text(fields.get(PayloadField.GIT_SHA.wireName())),
                text(fields.get(PayloadField.GIT_BRANCH.wireName())),
                text(fields.get(PayloadField.SCHEMA_OVERRIDE.wireName())),
                overrides);
    }

    private static boolean isOverride(String name) {
        return !OF_THEIR_OWN.contains(name)
                && (name.endsWith("_override") || FIELDS.contains(name));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
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
            case io.github.dbtc4j.client.model.RunStatus.Unknown unknown -> RunStatus.UNKNOWN;
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
    public static boolean triggersConcurrently(@Nullable Account account) {
        String plan = account == null ? null : account.plan();
        return plan != null && (plan.startsWith("enterprise") || plan.startsWith("team"));
    }
}
