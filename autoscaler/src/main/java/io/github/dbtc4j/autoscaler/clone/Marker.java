package io.github.dbtc4j.autoscaler.clone;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a clone's description says of it: whose clone it is, for which pull request, of which
/// definition. It is part of the request that creates the clone, so there is no moment in which a
/// clone exists unmarked.
///
/// Anybody who may edit a job can write one: it is read strictly, compared by value, and never
/// enough alone to delete a job.
///
/// @param base the base job, its id positive; its clones belong to it, made by any pipeline
/// @param pullRequest null when made for none
/// @param definition a hash of what was cloned, twelve hexadecimal digits, which tells a clone of
///   an outdated definition
/// @param nonce sixteen hexadecimal digits, drawn anew for every clone an invocation means to make
/// @param keep whether the clone was made to stay until a user deletes it by hand
public record Marker(
        JobId base,
        @Nullable PullRequest pullRequest,
        String definition,
        String nonce,
        boolean keep) {

    private static final long VERSION = 1;

    private static final Pattern SHAPE =
            Pattern.compile(
                    "\\{\"dbtc4j\":"
                            + VERSION
                            + ",\"base\":(?<base>[1-9][0-9]{0,17})"
                            + ",\"pr\":(?:null|\"(?<pr>[a-z]+:[0-9]+)\")"
                            + ",\"definition\":\"(?<definition>[0-9a-f]{12})\""
                            + ",\"nonce\":\"(?<nonce>[0-9a-f]{16})\""
                            + "(?<keep>,\"keep\":true)?}");

    /// What every clone's name contains, for finding it with one list call. The original tool
    /// marked its clones so too.
    public static final String NAME_TAG = "[CLONED ";

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

    /// The marker a description is, if it is to the letter what this version writes. Anything else
    /// was written or edited by others: a key more, one twice, another order, a space.
    static Optional<Marker> parse(String description) {
        Matcher matcher = SHAPE.matcher(description);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String label = matcher.group("pr");
        Optional<PullRequest> pullRequest =
                label == null ? Optional.empty() : PullRequest.labelled(label);
        if (label != null && pullRequest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Marker(
                        new JobId(Long.parseLong(matcher.group("base"))),
                        pullRequest.orElse(null),
                        matcher.group("definition"),
                        matcher.group("nonce"),
                        matcher.group("keep") != null));
    }
}
