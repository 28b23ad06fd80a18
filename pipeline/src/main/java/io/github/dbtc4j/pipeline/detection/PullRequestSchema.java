package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;

/// The temporary schema of a pull request, `<prefix>_<job>_<number>`, as dbt's own CI names it
/// (docs.getdbt.com, "Continuous integration jobs").
public final class PullRequestSchema {

    /// What the name begins with where nothing else is said: so it does in the platform's own
    /// names, by which clean-up macros find a schema.
    public static final String PREFIX = "dbt_cloud_pr";

    private PullRequestSchema() {}

    /// The schema that all runs of a pull request share.
    ///
    /// @param base the base job even where a clone runs
    public static String of(String prefix, JobId base, PullRequest pullRequest) {
        return "%s_%s_%d".formatted(prefix, base, pullRequest.number());
    }

    /// The schema of the merge groups whose last pull request this is,
    /// `dbt_cloud_pr_73797_50_mq_50`: what drops the pull request's own schema also drops those
    /// whose names are longer by `_` and more.
    public static String ofMergeGroup(String prefix, JobId base, PullRequest pullRequest) {
        return "%s_mq_%d".formatted(of(prefix, base, pullRequest), pullRequest.number());
    }

    /// Whether a schema's name says that it is this pull request's own and no other's: it ends with
    /// the number, behind the base job's id, `pr` or `mr`. So `dbt_cloud_pr_73797_50`, `ci_pr_50`
    /// and `MR50` are those of pull request 50, `analytics` and `release_50` are not.
    public static boolean isOf(String schema, JobId base, PullRequest pullRequest) {
        String ending = "(?i)(?:.*_)?(?:(?:pr|mr)_?|%s_)%d".formatted(base, pullRequest.number());
        return schema.matches(ending);
    }
}
