package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.MadeClone;
import io.github.dbtc4j.simulation.history.Moments;
import io.github.dbtc4j.simulation.history.OwnedRun;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// S6: what an invocation deleted, and what was known of it.
///
/// A case is `raced` when a run came so late that no list could have shown it: that cannot be
/// helped, and the run's owner notices.
final class DeleteCheck {

    /// A list on which a delete is based is at most this old; a little more for arithmetic.
    private static final Duration FRESH = Duration.ofMillis(5_100);

    /// The job itself may be read before its runs.
    private static final Duration FRESH_JOB = Duration.ofMillis(15_100);

    /// Ages are read from dates of whole seconds.
    private static final Duration TICK = Duration.ofSeconds(2);

    private DeleteCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        evidence.ours()
                .forEach(invocation ->
                        evidence.exchanges(invocation).stream()
                                .filter(exchange -> exchange.deleted() != null)
                                .forEach(exchange ->
                                        sent(evidence, invocation, exchange, violations)));
        for (HistoryEvent.Happened event : evidence.events) {
            if (event.event() instanceof SandboxEvent.JobDeleted deleted
                    && event.invocation() != null
                    && evidence.invocation(event.invocation()).isOurs()) {
                took(evidence, evidence.invocation(event.invocation()), deleted, violations);
            }
        }
        return violations;
    }

    /// What is wrong with having asked at all.
    private static void sent(
            IndexedHistory evidence,
            InvocationRecord invocation,
            Exchange delete,
            List<Violation> violations) {
        long id = Objects.requireNonNull(delete.deleted());
        MadeClone clone = evidence.clones.get(id);
        JobView now = jobAt(evidence, id, delete.at());
        String kind = null;
        if (clone == null || now == null || !evidence.isClone(clone)) {
            kind = "no clone of this base job";
        } else if (evidence.history.strategy().isOurs()) {
            kind = kind(evidence, invocation, delete, clone, now);
        }
        if (kind != null) {
            violations.add(
                    new Violation(
                            Property.S6,
                            kind,
                            delete.at(),
                            invocation.number(),
                            "#%s %s asked to delete job %d"
                                    .formatted(invocation.pullRequest(), invocation.order(), id)));
        }
    }

    private static @Nullable String kind(
            IndexedHistory evidence,
            InvocationRecord invocation,
            Exchange delete,
            MadeClone clone,
            JobView now) {
        Optional<Exchange> look = evidence.lastLook(invocation, delete.at());
        Optional<Exchange> read = evidence.lastRead(invocation, now.id(), delete.at());
        if (!isFresh(look, FRESH, delete) || !isFresh(read, FRESH_JOB, delete)) {
            return evidence.wasStoppedUntil(invocation, delete.at())
                    ? Violation.RACED
                    : "stale look";
        }
        String protection = protection(evidence, now);
        if (protection != null) {
            JobView then = jobAt(evidence, now.id(), read.orElseThrow().at());
            return then == null || protection(evidence, then) != null
                    ? protection
                    : Violation.RACED;
        }
        return isOwn(invocation, clone)
                        || !idleSince(evidence, clone, delete.at())
                                .plus(Options.LEAST_CLONE_TTL)
                                .isAfter(delete.at().plus(TICK))
                ? null
                : "not idle for long";
    }

    /// A response may show what was before: an age counts from when the request was sent.
    private static boolean isFresh(Optional<Exchange> look, Duration age, Exchange delete) {
        return look.filter(exchange -> !exchange.at().plus(age).isBefore(delete.at())).isPresent();
    }

    /// What about `job` forbids to delete it, or null.
    private static @Nullable String protection(IndexedHistory evidence, JobView job) {
        var marker = MadeClone.marker(job);
        if (!Long.valueOf(evidence.history.baseJob()).equals(marker.get("base"))) {
            return "not marked any more";
        }
        if (Boolean.TRUE.equals(marker.get("keep"))) {
            return "meant to be kept";
        }
        return job.triggered() ? "has a trigger" : null;
    }

    private static boolean isOwn(InvocationRecord invocation, MadeClone clone) {
        return Integer.valueOf(invocation.number()).equals(clone.creator())
                || clone.isFor(invocation.pullRequest());
    }

    /// Since when nothing ran on `clone`, as far as could be seen at `moment`.
    private static Instant idleSince(IndexedHistory evidence, MadeClone clone, Instant moment) {
        return evidence.history.runs().stream()
                .filter(run -> run.jobId() == clone.job().id())
                .map(run -> new OwnedRun(run, null))
                .filter(run -> run.visible().isBefore(moment))
                .map(OwnedRun::finished)
                .reduce(clone.created(), Moments::later);
    }

    /// What was destroyed when it took effect.
    private static void took(
            IndexedHistory evidence,
            InvocationRecord invocation,
            SandboxEvent.JobDeleted deleted,
            List<Violation> violations) {
        Optional<Exchange> delete =
                evidence.exchanges(invocation).stream()
                        .filter(exchange ->
                                Objects.equals(exchange.deleted(), deleted.job().id())
                                        && !exchange.at().isAfter(deleted.at()))
                        .reduce((_, later) -> later);
        Instant known =
                delete.flatMap(exchange -> evidence.lastLook(invocation, exchange.at()))
                        .map(Exchange::at)
                        .orElse(deleted.at());
        evidence.history.runs().stream()
                .filter(run -> run.jobId() == deleted.job().id())
                .map(run -> new OwnedRun(run, null))
                .filter(run -> wasActive(run, deleted.at()))
                .map(run ->
                        new Violation(
                                Property.S6,
                                run.visible().isBefore(known) ? "in use" : Violation.RACED,
                                deleted.at(),
                                invocation.number(),
                                "deleted job %d under run %d"
                                        .formatted(deleted.job().id(), run.id())))
                .forEach(violations::add);
    }

    /// Whether the delete ended it, or would have.
    private static boolean wasActive(OwnedRun run, Instant deleted) {
        return run.created().isBefore(deleted)
                && (run.finished().isAfter(deleted)
                        || (run.finished().equals(deleted) && !run.isComplete()));
    }

    /// `id` as it was at `moment`, or null when it was not there.
    private static @Nullable JobView jobAt(IndexedHistory evidence, long id, Instant moment) {
        return evidence.events.stream()
                .filter(happened -> !happened.at().isAfter(moment))
                .map(HistoryEvent.Happened::event)
                .filter(SandboxEvent.OfJob.class::isInstance)
                .map(event -> ((SandboxEvent.OfJob) event).job())
                .filter(job -> job.id() == id)
                .reduce((_, later) -> later)
                .orElse(null);
    }
}
