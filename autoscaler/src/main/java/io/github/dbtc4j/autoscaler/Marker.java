package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.client.Json;
import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.PullRequest;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a clone's description says of it: whose clone it is, for which pull request, of which
/// definition. It is part of the request that creates the clone, so there is no moment in which a
/// clone exists unmarked.
///
/// Anybody who may edit a job can write one: it is read strictly, compared by value, and never
/// enough alone to delete a job.
///
/// @param base the base job; its clones belong to it, whoever made them
/// @param pullRequest null when made for none
/// @param definition a hash of what was cloned, so that a clone of an outdated definition is told
/// @param nonce sixteen hexadecimal digits, drawn anew for every clone an invocation means to make
/// @param keep whether the clone was made to stay until somebody deletes it by hand
record Marker(
        JobId base,
        @Nullable PullRequest pullRequest,
        String definition,
        String nonce,
        boolean keep) {

    private static final long VERSION = 1;

    /// What every clone's name contains, for finding it with one list call. The original tool
    /// marked its clones so too.
    static final String NAME_TAG = "[CLONED ";

    String toDescription() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("dbtc4j", VERSION);
        json.put("base", base.value());
        json.put("pr", pullRequest == null ? null : pullRequest.label());
        json.put("definition", definition);
        json.put("nonce", nonce);
        if (keep) {
            json.put("keep", true);
        }
        return Json.write(json);
    }

    /// The marker a description is, if it is one of this version and nothing is wrong with it.
    static Optional<Marker> in(String description) {
        if (!description.startsWith("{\"dbtc4j\":") || description.length() > 255) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> json;
        try {
            json = Json.readObject(description);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (Objects.equals(json.get("dbtc4j"), VERSION)
                && json.get("base") instanceof Long base
                && json.get("definition") instanceof String definition
                && json.get("nonce") instanceof String nonce) {
            Object label = json.get("pr");
            Optional<PullRequest> pullRequest =
                    label instanceof String text ? PullRequest.labelled(text) : Optional.empty();
            if (label == null || pullRequest.isPresent()) {
                return Optional.of(
                        new Marker(
                                new JobId(base),
                                pullRequest.orElse(null),
                                definition,
                                nonce,
                                !Objects.equals(json.getOrDefault("keep", false), false)));
            }
        }
        return Optional.empty();
    }
}
