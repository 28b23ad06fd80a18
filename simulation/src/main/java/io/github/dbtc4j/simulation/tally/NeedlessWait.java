package io.github.dbtc4j.simulation.tally;

import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How long the runs of our repository queued behind those of others although a run slot was free:
/// what a clone would have saved them. No clone saves a run from waiting for one that writes into
/// the same schema.
final class NeedlessWait {

    private NeedlessWait() {}

    static Duration in(IndexedHistory evidence) {
        return evidence.runs.stream()
                .filter(run -> run.owner() != null)
                .map(run -> of(evidence, run))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration of(IndexedHistory evidence, OwnedRun run) {
        Instant from = run.created();
        Instant to = dequeued(run.run(), run.finished());
        var ahead =
                evidence.runs.stream()
                        .filter(each -> each.run().jobId() == run.run().jobId())
                        .filter(each -> each.id() != run.id() && !each.isOfSamePullRequestAs(run))
                        .toList();
        if (ahead.isEmpty() || !from.isBefore(to)) {
            return Duration.ZERO;
        }
        var inItsSchema =
                evidence.runs.stream()
                        .filter(each -> each.id() != run.id() && each.isInSchemaOf(run))
                        .toList();
        Duration wait = Duration.ZERO;
        Instant begin = from;
        for (Instant end : moments(evidence, from, to)) {
            Instant moment = begin;
            if (ahead.stream().anyMatch(each -> isBusyAt(each.run(), moment))
                    && inItsSchema.stream().noneMatch(each -> isBusyAt(each.run(), moment))
                    && used(evidence, moment) < evidence.history.runSlots()) {
                wait = wait.plus(Duration.between(begin, end));
            }
            begin = end;
        }
        return wait;
    }

    /// When anything changed between `from` and `to`, and `to`.
    private static List<Instant> moments(IndexedHistory evidence, Instant from, Instant to) {
        var moments = new ArrayList<Instant>();
        moments.add(to);
        for (RunView run : evidence.history.runs()) {
            for (Instant it : new Instant[] {run.dequeuedAt(), run.finishedAt()}) {
                if (it != null && it.isAfter(from) && it.isBefore(to)) {
                    moments.add(it);
                }
            }
        }
        moments.sort(null);
        return moments;
    }

    private static long used(IndexedHistory evidence, Instant moment) {
        return evidence.history.runs().stream()
                .filter(run -> run.usesSlot() && isBusyAt(run, moment))
                .count();
    }

    private static boolean isBusyAt(RunView run, Instant moment) {
        return !dequeued(run, Instant.MAX).isAfter(moment)
                && Objects.requireNonNullElse(run.finishedAt(), Instant.MAX).isAfter(moment);
    }

    private static Instant dequeued(RunView run, Instant otherwise) {
        Instant dequeued = run.dequeuedAt();
        return dequeued == null ? otherwise : dequeued;
    }
}
