package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a run was triggered with.
///
/// At most one of the four pull request ids is set; on a run that belongs to no pull request all
/// are null, and such runs have nothing in common. A commit given to the trigger is found here at
/// once, on the run itself only after the checkout.
///
/// @param cause the text given with the trigger; never null, may be empty
/// @param causeCategory `api`, `ci`, `scheduled`, `ui` …, or null on older platforms
/// @param stepsOverride the commands run instead of the job's own, or null when there were none
/// @param fields everything the platform sent, in its order, unmodifiable
public record Trigger(
        @Nullable Long id,
        String cause,
        @Nullable String causeCategory,
        @Nullable String gitSha,
        @Nullable String gitBranch,
        @Nullable Long githubPullRequestId,
        @Nullable Long gitlabMergeRequestId,
        @Nullable Long azurePullRequestId,
        @Nullable Long nonNativePullRequestId,
        @Nullable String schemaOverride,
        @Nullable List<String> stepsOverride,
        @Nullable Instant createdAt,
        Map<String, @Nullable Object> fields) {

    static Trigger of(Fields trigger) {
        String cause = trigger.textOrNull("cause");
        return new Trigger(
                trigger.numberOrNull("id"),
                cause == null ? "" : cause,
                trigger.textOrNull("cause_category"),
                trigger.textOrNull("git_sha"),
                trigger.textOrNull("git_branch"),
                trigger.numberOrNull("github_pull_request_id"),
                trigger.numberOrNull("gitlab_merge_request_id"),
                trigger.numberOrNull("azure_pull_request_id"),
                trigger.numberOrNull("non_native_pull_request_id"),
                trigger.textOrNull("schema_override"),
                trigger.has("steps_override") ? trigger.texts("steps_override") : null,
                trigger.parsedOrNull("created_at", Timestamps::read),
                trigger.all());
    }
}
