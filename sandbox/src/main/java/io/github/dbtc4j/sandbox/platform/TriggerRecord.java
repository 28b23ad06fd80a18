package io.github.dbtc4j.sandbox.platform;

import io.github.dbtc4j.sandbox.option.Actor;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Why a run exists and what it was asked to do differently from its job.
///
/// @param fields the fields of the trigger request that are not null
/// @param category `api`, `scheduled`, `ui`, `rerun` or `job completion`
public record TriggerRecord(
        long id, Map<String, Object> fields, String category, Instant createdAt, Actor by) {

    public static final List<String> PULL_REQUEST_FIELDS =
            List.of(
                    "azure_pull_request_id",
                    "github_pull_request_id",
                    "gitlab_merge_request_id",
                    "non_native_pull_request_id");

    public String cause() {
        return (String) fields.getOrDefault("cause", "");
    }

    public @Nullable String text(String field) {
        return (String) fields.get(field);
    }

    @Nullable Long number(String field) {
        return (Long) fields.get(field);
    }

    @SuppressWarnings("unchecked") // validated as a list of texts
    @Nullable List<String> steps() {
        return (List<String>) fields.get("steps_override");
    }

    /// The pull request by field name; empty when there is none.
    Map<String, Long> pullRequest() {
        var found = new LinkedHashMap<String, Long>();
        for (String field : PULL_REQUEST_FIELDS) {
            if (fields.get(field) instanceof Long number) {
                found.put(field, number);
            }
        }
        return found;
    }

    /// Whether its cause, commit or branch contains `text`.
    boolean mentions(String text) {
        String sha = text("git_sha");
        String branch = text("git_branch");
        return cause().contains(text)
                || (sha != null && sha.contains(text))
                || (branch != null && branch.contains(text));
    }
}
