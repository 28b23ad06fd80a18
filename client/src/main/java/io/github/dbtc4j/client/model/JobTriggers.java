package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What starts a job by itself. Absent and null read as false.
///
/// @param githubWebhook pull requests, on GitHub
/// @param gitProviderWebhook pull requests, on the other git providers
/// @param schedule the job's schedule
/// @param onMerge merges into the base branch
/// @param unknown anything this version has no name for: the platform adds triggers, and one that
///   is not known may start the job as well
/// @param customBranchOnly deprecated; old jobs still carry it, new ones must not be sent it (the
///   platform answers 400: dbt-labs/dbt-jobs-as-code#91). It narrows the webhooks and starts
///   nothing
public record JobTriggers(
        boolean githubWebhook,
        boolean gitProviderWebhook,
        boolean schedule,
        boolean onMerge,
        boolean unknown,
        boolean customBranchOnly) {

    static final JobTriggers NONE = new JobTriggers(false, false, false, false, false, false);

    private static final Set<String> KNOWN =
            Set.of(
                    "github_webhook",
                    "git_provider_webhook",
                    "schedule",
                    "on_merge",
                    "custom_branch_only");

    /// Whether any of them is on.
    public boolean any() {
        return githubWebhook || gitProviderWebhook || schedule || onMerge || unknown;
    }

    static JobTriggers of(Fields triggers) {
        return new JobTriggers(
                triggers.flag("github_webhook"),
                triggers.flag("git_provider_webhook"),
                triggers.flag("schedule"),
                triggers.flag("on_merge"),
                hasUnknown(triggers.all()),
                triggers.flag("custom_branch_only"));
    }

    private static boolean hasUnknown(Map<String, @Nullable Object> triggers) {
        return !KNOWN.containsAll(triggers.keySet())
                && triggers.entrySet().stream()
                        .anyMatch(
                                entry -> !KNOWN.contains(entry.getKey()) && isOn(entry.getValue()));
    }

    private static boolean isOn(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean on -> on;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }
}
