package io.github.dbtc4j.autoscaler.payload;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a run is triggered with, checked: nothing that the platform would refuse gets past here.
///
/// The fields are those of the platform's trigger endpoint (OpenAPI v2, `TriggerRunRequest`). A
/// pull request number may be a string and is sent as the integer the platform insists on;
/// `azure_devops_pull_request_id`, as the platform's documentation calls it, is sent under the
/// specification's name `azure_pull_request_id`.
public final class Payload {

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{7,64}");

    private final Map<String, @Nullable Object> fields;
    private final @Nullable PullRequest pullRequest;

    private Payload(Map<String, @Nullable Object> fields, @Nullable PullRequest pullRequest) {
        this.fields = Collections.unmodifiableMap(fields);
        this.pullRequest = pullRequest;
    }

    /// Reads a payload from JSON text.
    ///
    /// @throws InvalidPayloadException when it is not a JSON object or a field is not right
    public static Payload parse(String json) {
        Object value;
        try {
            value = Json.read(json);
        } catch (IllegalArgumentException e) {
            throw new InvalidPayloadException(
                    "payload",
                    "is "
                            + e.getMessage()
                            + "; expected a JSON object such as"
                            + " {\"cause\": \"Autoscaling CI\", \"github_pull_request_id\": 50}");
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidPayloadException(
                    "payload",
                    "is " + PayloadField.show(value) + "; expected a JSON object, in braces");
        }
        var fields = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> fields.put(String.valueOf(name), member));
        return of(fields);
    }

    /// Takes a payload as plain values: text, whole numbers, booleans, lists of text.
    ///
    /// @throws InvalidPayloadException when a field is not right
    public static Payload of(Map<String, ?> fields) {
        var checked = new LinkedHashMap<String, @Nullable Object>();
        var pullRequests = new ArrayList<String>();
        PullRequest pullRequest = null;
        for (Map.Entry<String, ?> entry : fields.entrySet()) {
            PayloadField field = PayloadField.named(entry.getKey());
            Object value = field.check(entry.getKey(), entry.getValue());
            if (checked.containsKey(field.wireName())) {
                throw new InvalidPayloadException(
                        entry.getKey(),
                        "and " + field.wireName() + " are the same field; leave one out");
            }
            checked.put(field.wireName(), value);
            if (field.provider() != null && value instanceof Long number) {
                pullRequests.add(entry.getKey());
                pullRequest = new PullRequest(field.provider(), number);
            }
        }
        if (pullRequests.size() > 1) {
            throw new InvalidPayloadException(
                    pullRequests.get(1),
                    "and "
                            + pullRequests.get(0)
                            + " are both given; a run belongs to one pull"
                            + " request, leave one out");
        }
        if (!checked.containsKey("cause")) {
            throw new InvalidPayloadException(
                    "cause", "is missing; the platform requires it, any text will do");
        }
        return new Payload(checked, pullRequest);
    }

    /// The fields under the platform's names, in the order given. Unmodifiable.
    public Map<String, @Nullable Object> fields() {
        return fields;
    }

    /// The pull request, if the payload names one.
    public Optional<PullRequest> pullRequest() {
        return Optional.ofNullable(pullRequest);
    }

    /// Why the run happens, in the user's words.
    public String cause() {
        return String.valueOf(fields.get("cause"));
    }

    /// The commit to check out, if given.
    public Optional<String> gitSha() {
        return Optional.ofNullable(fields.get("git_sha")).map(String::valueOf);
    }

    /// The schema to build into, if given.
    public Optional<String> schema() {
        return Optional.ofNullable(fields.get("schema_override")).map(String::valueOf);
    }

    /// The first twelve characters of the commit, if given.
    public Optional<String> shortSha() {
        return gitSha().map(sha -> sha.substring(0, Math.min(12, sha.length())));
    }

    /// Whether the commit, if given, does not look like one. Not an error: the platform will say
    /// whether it can check it out.
    public boolean hasOddGitSha() {
        return gitSha().filter(sha -> !HEXADECIMAL.matcher(sha).matches()).isPresent();
    }
}
