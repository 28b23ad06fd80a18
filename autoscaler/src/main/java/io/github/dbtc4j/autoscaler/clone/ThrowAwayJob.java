package io.github.dbtc4j.autoscaler.clone;

import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.planner.state.JobId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A job that is made to try something on the platform and is deleted right afterwards.
///
/// It bears the marker of a clone whose definition no job has. So no invocation triggers it, and
/// what a killed process leaves is deleted like an idle clone ([Reaper]).
public final class ThrowAwayJob {

    /// What every name begins with, for finding them with one list call.
    public static final String NAME = "dbtc probe";

    /// Of no job: a hash that nothing comes to but by chance, once in 2^48.
    private static final String DEFINITION = "000000000000";

    /// What makes a text too long, where that is tried; a platform may cut it anywhere.
    private static final String PADDING = "(?: x*)?";

    private static final Pattern NAMES =
            Pattern.compile(
                    Pattern.quote(NAME + " " + Marker.NAME_TAG)
                            + "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}]"
                            + PADDING);

    private static final Pattern DESCRIPTIONS = Pattern.compile("(?<marker>\\{[^}]*})" + PADDING);

    private static final Pattern CAUSES = Pattern.compile(Pattern.quote(NAME) + PADDING);

    private ThrowAwayJob() {}

    /// The body that creates one beside `base`: in its environment, with its settings, no trigger,
    /// and none of the keys that a caller may want to leave out (`id`, `schedule`, `job_type`,
    /// `cost_optimization_features`).
    ///
    /// @param steps dbt commands that its runs execute
    /// @param now goes into its name
    /// @param random 64 random bits, for telling one from another
    /// @param timeout after how long the platform cancels a run of it
    public static Map<String, @Nullable Object> definition(
            Job base, List<String> steps, Instant now, long random, Duration timeout) {
        var marker =
                new Marker(
                        new JobId(base.id()),
                        null,
                        DEFINITION,
                        HexFormat.of().toHexDigits(random),
                        false);
        var job = new LinkedHashMap<String, @Nullable Object>();
        job.put("account_id", base.accountId());
        job.put("project_id", base.projectId());
        job.put("environment_id", base.environmentId());
        job.put("name", NAME + " " + Marker.NAME_TAG + CloneDefinition.UTC.format(now) + "]");
        job.put("description", marker.toDescription());
        job.put("execute_steps", steps);
        job.put("state", 1L);
        job.put("triggers", CloneDefinition.NO_TRIGGERS);
        job.put("settings", base.fields().get("settings"));
        job.put("execution", Map.of("timeout_seconds", timeout.toSeconds()));
        job.put("generate_docs", false);
        job.put("run_generate_sources", false);
        job.put("lifecycle_webhooks", false);
        return job;
    }

    /// A schedule that stays switched off, for a platform that wants to see one.
    public static Map<String, @Nullable Object> schedule() {
        return CloneDefinition.NO_SCHEDULE;
    }

    /// Whether the body or response `job` bears name and marker of one that was made beside the job
    /// `base`, to the letter. Nothing follows either but a blank and the letters x.
    public static boolean isMarked(long base, Map<String, ? extends @Nullable Object> job) {
        return job.get("name") instanceof String name
                && NAMES.matcher(name).matches()
                && job.get("description") instanceof String description
                && markerIn(description)
                        .filter(marker -> marker.base().value() == base)
                        .filter(marker -> marker.pullRequest() == null && !marker.keep())
                        .filter(marker -> marker.definition().equals(DEFINITION))
                        .isPresent();
    }

    private static Optional<Marker> markerIn(String description) {
        Matcher matcher = DESCRIPTIONS.matcher(description);
        return matcher.matches() ? Marker.parse(matcher.group("marker")) : Optional.empty();
    }

    /// Whether `job` is one that was made beside `base`, in its project, and starts nothing by
    /// itself.
    public static boolean isOneOf(Job base, Job job) {
        return job.id() != base.id()
                && job.accountId() == base.accountId()
                && job.projectId() == base.projectId()
                && isMarked(base.id(), job.fields())
                && !job.mayStartByItself();
    }

    /// Whether a run with this cause is one that was triggered to try something: [#NAME], and after
    /// it nothing but a blank and the letters x.
    public static boolean isCause(@Nullable Object cause) {
        return cause instanceof String text && CAUSES.matcher(text).matches();
    }
}
