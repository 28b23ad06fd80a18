package io.github.dbtc4j.planner.state;

import java.util.List;

/// The CI job the user names.
///
/// @param runsConcurrently whether the platform itself runs this job's pull requests side by side
///   and cancels stale runs: a job of type `ci` on a plan that extends this to runs triggered
///   through the API (docs.getdbt.com, "Trigger a CI job with the API": Enterprise tiers, legacy
///   Team)
/// @param secretOverrides names of job-level environment variable overrides whose values the
///   platform masks, so that no clone can carry them. Known only when read, which is done before
///   cloning
public record BaseJob(JobId id, boolean runsConcurrently, List<String> secretOverrides) {

    public BaseJob {
        secretOverrides = List.copyOf(secretOverrides);
    }
}
