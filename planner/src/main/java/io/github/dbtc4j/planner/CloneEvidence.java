package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What one look showed of a job that may be a clone nobody needs any more.
///
/// @param tagged whether its name contains what every clone's name contains
/// @param base the base job its marker names, null when it carries no marker that can be read
/// @param origin what the platform says of that base job, null when there is no marker
/// @param pullRequest the pull request its marker names, null for none
/// @param kept whether its marker says that it was made to stay
/// @param triggersOff whether nothing but an API call or a person can start it
/// @param active runs in progress on it
/// @param idleSince when it was made, or when its last run was made or ended: the latest of these,
///   by the platform's clock
/// @param at when this was seen, by the platform's clock
public record CloneEvidence(
        JobId job,
        String name,
        boolean tagged,
        @Nullable JobId base,
        @Nullable Origin origin,
        @Nullable PullRequest pullRequest,
        boolean kept,
        boolean triggersOff,
        List<RunId> active,
        Instant idleSince,
        Instant at) {

    public CloneEvidence {
        active = List.copyOf(active);
    }

    /// Whether it is a clone of `base` by value of its marker, and ours to delete when nobody uses
    /// it. Every condition that speaks against is among [#grounds].
    public boolean isProvenCloneOf(JobId base) {
        boolean named = base.equals(this.base) && origin == Origin.CONFIRMED;
        return tagged && named && !base.equals(job) && triggersOff;
    }

    /// Whether it may be deleted as one that nobody needs: proven, not kept on purpose, and idle
    /// for longer than `ttl`.
    public boolean isExpired(Duration ttl) {
        return grounds(ttl).stream().allMatch(Ground::speaksForDeletion);
    }

    /// What speaks for deleting it and what against, in the order in which it is weighed.
    public List<Ground> grounds(Duration ttl) {
        var grounds = new ArrayList<Ground>();
        grounds.add(tagged ? new Ground.NameIsTagged() : new Ground.NameIsNotTagged());
        grounds.add(marker());
        if (kept) {
            grounds.add(new Ground.KeptOnPurpose());
        }
        grounds.add(triggersOff ? new Ground.TriggersAreOff() : new Ground.TriggersAreOn());
        grounds.add(
                active.isEmpty() ? new Ground.NothingRuns() : new Ground.RunsInProgress(active));
        Duration idle = Duration.between(idleSince, at);
        grounds.add(
                idle.compareTo(ttl) > 0
                        ? new Ground.IdleForLong(idle, ttl)
                        : new Ground.IdleNotForLong(idle, ttl));
        return grounds;
    }

    private Ground marker() {
        if (base == null || origin == null || base.equals(job)) {
            return new Ground.NoMarker();
        }
        return origin == Origin.CONFIRMED
                ? new Ground.MarkerNamesBase(base)
                : new Ground.BaseIsInDoubt(base, origin);
    }
}
