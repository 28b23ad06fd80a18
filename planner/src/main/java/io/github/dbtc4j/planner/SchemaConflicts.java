package io.github.dbtc4j.planner;

import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// The runs of other pull requests, and of none, on lanes of the base job that build into the very
/// schema this request names.
///
/// A run that the platform shows to be of the own pull request is none of them, even if its claim
/// says otherwise. Only a schema that both name counts: what a macro makes of it, or of none, is
/// not known here.
final class SchemaConflicts {

    private final Snapshot seen;
    private final CiRequest request;
    private final PullRequestRuns related;
    private final boolean queues;
    private final List<ObservedRun> sharing;

    SchemaConflicts(Snapshot seen, CiRequest request, Policy policy, PullRequestRuns related) {
        this.seen = seen;
        this.request = request;
        this.related = related;
        this.queues = policy.sharedSchema() == SharedSchema.QUEUE;
        this.sharing = seen.runs().stream().filter(this::isSharing).toList();
    }

    private boolean isSharing(ObservedRun run) {
        return request.namesSchemaOf(run)
                && seen.isOnLane(run)
                && !request.matches(run)
                && !related.isOurs(run);
    }

    /// Returns the reason that names an active run with the same schema, the oldest of several.
    Optional<Reason> reason() {
        return active().stream()
                .min(ObservedRun.BY_AGE)
                .map(run -> new Reason.SchemaShared(schema(), run.id(), run.pullRequest()));
    }

    /// The runs in progress that have to end before one may start beside them.
    List<ObservedRun> inTheWay() {
        return queues ? active() : List.of();
    }

    /// Those among them that a run of `job`, or of a job that is yet to be created, could meet.
    List<ObservedRun> inTheWayOf(@Nullable JobId job) {
        return inTheWay().stream().filter(run -> mayMeet(run, job)).toList();
    }

    /// Whether `own` is the one to wait: a run in progress that it could execute beside came first.
    /// Any two invocations agree on which one did.
    boolean isLate(ObservedRun own) {
        return inTheWayOf(own.job()).stream().anyMatch(own::isNewerThan);
    }

    /// Whether a run of `job`, or of a job that is yet to be created, could execute beside `run`.
    /// That of a clone can where the platform runs those of the base job side by side.
    private boolean mayMeet(ObservedRun run, @Nullable JobId job) {
        return seen.base().runsConcurrently() || !run.job().equals(job) || metOn(run.job());
    }

    /// Whether an own run executed beside such a run on one job: the platform does run its runs
    /// side by side, even if its plan says otherwise.
    private boolean metOn(JobId job) {
        return seen.runs().stream()
                .filter(own ->
                        seen.state().triggeredRuns().contains(own.id()) && own.job().equals(job))
                .anyMatch(own ->
                        sharing.stream()
                                .filter(run -> run.job().equals(job))
                                .anyMatch(
                                        run -> own.startedAt() != null && run.executedBeside(own)));
    }

    /// A run that wrote into the schema while `run` did.
    Optional<ObservedRun> conflicting(ObservedRun run) {
        return queues
                ? sharing.stream()
                        .filter(each -> !each.id().equals(run.id()) && each.executedBeside(run))
                        .max(ObservedRun.BY_AGE)
                : Optional.empty();
    }

    private List<ObservedRun> active() {
        return sharing.stream().filter(ObservedRun::isActive).toList();
    }

    private String schema() {
        return String.valueOf(request.namedSchema());
    }
}
