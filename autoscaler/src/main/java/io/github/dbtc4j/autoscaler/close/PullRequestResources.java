package io.github.dbtc4j.autoscaler.close;

import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.state.PullRequest;

import java.util.List;

/// What is there of one pull request at one moment.
///
/// @param base the base job
/// @param runs its runs in progress, on the base job and all clones of it, oldest first
/// @param clones the clones that were made for it
public record PullRequestResources(
        Job base, PullRequest pullRequest, List<Run> runs, List<Job> clones) {

    public PullRequestResources {
        runs = List.copyOf(runs);
        clones = List.copyOf(clones);
    }
}
