package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.simulation.strategy.Namesake;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/// A job that was created in the course of a history.
///
/// @param job as it was created
/// @param creator the invocation whose request made it, or null when that is not known
public record MadeClone(JobView job, @Nullable Integer creator, Instant created) {

    /// What its description says as our marker; empty when it is none.
    Map<String, @Nullable Object> marker() {
        return marker(job);
    }

    public static Map<String, @Nullable Object> marker(JobView job) {
        if (!job.description().startsWith("{")) {
            return Map.of();
        }
        try {
            Map<String, @Nullable Object> marker = Json.readObject(job.description());
            return marker.containsKey("dbtc4j") ? marker : Map.of();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    /// Whether its marker names `base`.
    boolean isMarkedFor(long base) {
        return Long.valueOf(base).equals(marker().get("base"));
    }

    /// The pull request its marker names, such as `github:50`, or null.
    public @Nullable String pullRequest() {
        return marker().get("pr") instanceof String label ? label : null;
    }

    /// Whether its marker names what the platform knows as the pull request `key`.
    public boolean isFor(@Nullable Integer key) {
        return key != null && Namesake.pullRequest(key).label().equals(pullRequest());
    }
}
