package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What a run is triggered to build: two runs with equal builds do the same. A field that is absent
/// and one that is null are one.
///
/// @param project whose project its job is of
/// @param sha the commit it is to check out, in full as it was given, null when none was
/// @param branch the branch it is to check out, null when none was given
/// @param schema the schema it is to build into instead of the platform's choice, null when none
///   was given
/// @param overrides every other field of the trigger but the cause, by its name: the pull
///   request's, the steps, the version and so on, as JSON text
public record Build(
        long project,
        @Nullable String sha,
        @Nullable String branch,
        @Nullable String schema,
        Map<String, String> overrides) {

    public Build {
        overrides = Map.copyOf(overrides);
    }

    /// The schema that a run on `job` builds into: where none is named, the platform names it after
    /// the job and the pull request.
    @Nullable String schema(@Nullable PullRequest pullRequest, JobId job) {
        return schema != null || pullRequest == null
                ? schema
                : "dbt_cloud_pr_" + job + "_" + pullRequest.number();
    }
}
