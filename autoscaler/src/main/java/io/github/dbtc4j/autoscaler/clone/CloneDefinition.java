package io.github.dbtc4j.autoscaler.clone;

import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The job that is created as a clone: the writable fields of the base job that say *what* is run,
/// and none that say *when*.
///
/// An allow-list, because the platform keeps adding fields to what it sends and refuses fields it
/// does not expect (dpguthrie/dbtc issues 74 and 95: each new read-only field broke cloning).
/// Writable are the fields of OpenAPI v2's `HumanReadableJobDefinitionRequest`.
public final class CloneDefinition {

    /// Which of the platform's ways to reuse results the job takes part in.
    public static final String COST_OPTIMIZATION = "cost_optimization_features";

    /// Taken over as they are; left out where the base job has none.
    private static final List<String> COPIED =
            List.of(
                    "account_id",
                    "project_id",
                    "environment_id",
                    "dbt_version",
                    "deferring_environment_id",
                    "deferring_job_definition_id",
                    "execute_steps",
                    "settings",
                    "compare_changes_flags",
                    "generate_sources");

    /// Taken over; required by the platform, so an older job's missing one gets the default.
    private static final Map<String, Boolean> COPIED_FLAGS =
            new TreeMap<>(
                    Map.of(
                            "generate_docs", false,
                            "run_generate_sources", false,
                            "run_compare_changes", false,
                            "run_lint", false,
                            "errors_on_lint_failure", true,
                            "triggers_on_draft_pr", false));

    /// Set here, and not taken from the base job.
    private static final Set<String> SET =
            Set.of(
                    "id",
                    "name",
                    "description",
                    "state",
                    "triggers",
                    "schedule",
                    "execution",
                    "job_type",
                    "lifecycle_webhooks",
                    COST_OPTIMIZATION);

    /// A schedule is wanted even of a job that has none; this one, 1 January, stays switched off.
    static final Map<String, @Nullable Object> NO_SCHEDULE =
            Json.readObject(
                    """
                    {"cron": "0 0 1 1 *",
                     "date": {"type": "custom_cron", "cron": "0 0 1 1 *"},
                     "time": {"type": "every_hour", "interval": 1}}
                    """);

    static final Map<String, @Nullable Object> NO_TRIGGERS =
            Json.readObject(
                    """
                    {"github_webhook": false, "git_provider_webhook": false,
                     "schedule": false, "on_merge": false}
                    """);

    static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final int MAX_NAME = 255;

    private CloneDefinition() {}

    /// Every field of a job that this class knows how to treat. A writable field that is missing
    /// here would silently be lost from clones.
    public static Set<String> knownFields() {
        var known = new TreeSet<>(SET);
        known.addAll(COPIED);
        known.addAll(COPIED_FLAGS.keySet());
        return known;
    }

    /// The body of the request that creates the clone.
    ///
    /// @param timeout after how long a run of the clone is cancelled where the base job has no
    ///   limit, so that a run whose pipeline is gone does not hold a run slot for a day
    public static Map<String, @Nullable Object> of(
            Job base, Marker marker, Instant now, Duration timeout) {
        Map<String, @Nullable Object> clone = copied(base);
        clone.put("id", null);
        clone.put("name", name(base.name(), marker.pullRequest(), now));
        clone.put("description", marker.toDescription());
        clone.put("state", 1L);
        clone.put("triggers", NO_TRIGGERS);
        clone.put("schedule", NO_SCHEDULE);
        clone.put(
                "execution",
                Map.of(
                        "timeout_seconds",
                        base.timeoutSeconds() > 0 ? base.timeoutSeconds() : timeout.toSeconds()));
        clone.put("lifecycle_webhooks", false);
        return clone;
    }

    /// A hash of what [#of] takes over, to tell whether a clone still is like its base job.
    public static String hash(Job base) {
        var sorted = new TreeMap<String, @Nullable Object>(copied(base));
        sorted.put("execution", (long) base.timeoutSeconds());
        byte[] text = Json.write(sorted).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /// The base job that `job` is marked as a clone of, if it is.
    public static Optional<Marker> markerOf(Job job) {
        return job.name().contains(Marker.NAME_TAG)
                ? Marker.parse(job.description())
                : Optional.empty();
    }

    private static Map<String, @Nullable Object> copied(Job base) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        for (String name : COPIED) {
            Object value = base.fields().get(name);
            if (value != null) {
                copy.put(name, value);
            }
        }
        // a clone of a type that starts by itself would be started by itself
        if (base.jobType() != null && !base.startsByType()) {
            copy.put("job_type", base.jobType());
        }
        COPIED_FLAGS.forEach((name, ifMissing) ->
                copy.put(name, base.fields().get(name) instanceof Boolean is ? is : ifMissing));
        // what is left out may be inherited from the environment, and reuse is billed: an empty
        // list says that there is none (terraform-provider-dbtcloud 1.12.10)
        if (base.fields().get(COST_OPTIMIZATION) instanceof List<?> features) {
            copy.put(COST_OPTIMIZATION, features);
        }
        return copy;
    }

    /// `CI [CLONED 2026-03-02 09:00:00] pr-50`. What another tool takes for its mark of ownership,
    /// `[[…]]` (dbt-jobs-as-code), is taken out.
    private static String name(String base, @Nullable PullRequest pullRequest, Instant now) {
        String own = base.replaceAll("\\s*\\[\\[.*?]]", "").strip();
        String mark =
                " "
                        + Marker.NAME_TAG
                        + UTC.format(now)
                        + "]"
                        + (pullRequest == null ? "" : " pr-" + pullRequest.number());
        int room = MAX_NAME - mark.length();
        return (own.length() <= room ? own : own.substring(0, room)) + mark;
    }
}
