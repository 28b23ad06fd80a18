package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What was observed of a job that may be an expired clone.
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
public record CloneInspection(
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

    public CloneInspection {
        active = List.copyOf(active);
    }

    /// Whether its marker proves it a clone of `base` that may be deleted while unused. Every
    /// condition that is not met is among [#criteria].
    public boolean isProvenCloneOf(JobId base) {
        boolean named = base.equals(this.base) && origin == Origin.CONFIRMED;
        return tagged && named && !base.equals(job) && triggersOff;
    }

    /// Whether it has expired and may be deleted: proven, not retained, and idle for longer than
    /// `ttl`.
    public boolean isExpired(Duration ttl) {
        return criteria(ttl).stream().allMatch(DeletionCriterion::isMet);
    }

    /// Returns the conditions for deleting it, met or not, in the order of their weight.
    public List<DeletionCriterion> criteria(Duration ttl) {
        var criteria = new ArrayList<DeletionCriterion>();
        criteria.add(
                tagged ? new DeletionCriterion.NameTagged() : new DeletionCriterion.NameUntagged());
        criteria.add(marker());
        if (kept) {
            criteria.add(new DeletionCriterion.Retained());
        }
        criteria.add(
                triggersOff
                        ? new DeletionCriterion.TriggersOff()
                        : new DeletionCriterion.TriggersOn());
        criteria.add(
                active.isEmpty()
                        ? new DeletionCriterion.NoActiveRuns()
                        : new DeletionCriterion.ActiveRuns(active));
        Duration idle = Duration.between(idleSince, at);
        criteria.add(
                idle.compareTo(ttl) > 0
                        ? new DeletionCriterion.IdleExpired(idle, ttl)
                        : new DeletionCriterion.IdleRecent(idle, ttl));
        return criteria;
    }

    private DeletionCriterion marker() {
        if (base == null || origin == null || base.equals(job)) {
            return new DeletionCriterion.NoMarker();
        }
        return origin == Origin.CONFIRMED
                ? new DeletionCriterion.MarkerNamesBase(base)
                : new DeletionCriterion.BaseInDoubt(base, origin);
    }
}
