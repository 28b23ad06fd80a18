package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.option.RunView;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;

/// A run of our repository and whose it is.
///
/// @param run as it was in the end
/// @param owner the invocation that triggered it, or null when none of ours did
public record OwnedRun(RunView run, @Nullable InvocationRecord owner) {

    public static final Comparator<Sequence> ORDER =
            Comparator.comparingLong(Sequence::number).thenComparingLong(Sequence::attempt);

    public long id() {
        return run.id();
    }

    /// Which pull request's schema it writes into, or null when none's.
    public @Nullable Integer pullRequest() {
        if (owner != null) {
            return owner.pullRequest();
        }
        return run.pullRequest().values().stream().findFirst().map(Long::intValue).orElse(null);
    }

    public boolean isOf(InvocationRecord invocation) {
        Integer mine = invocation.pullRequest();
        return mine != null && mine.equals(pullRequest());
    }

    public boolean isOfSamePullRequestAs(OwnedRun other) {
        Integer mine = pullRequest();
        return mine != null && mine.equals(other.pullRequest());
    }

    /// Whether both were triggered to write into the same schema.
    public boolean isInSchemaOf(OwnedRun other) {
        String schema = run.schemaOverride();
        return schema != null && schema.equalsIgnoreCase(other.run.schemaOverride());
    }

    /// Whether its commit truly is older than that of `invocation`. A run that none of ours
    /// triggered is older than any.
    public boolean isOlderThan(InvocationRecord invocation) {
        return owner == null || ORDER.compare(owner.order(), invocation.order()) < 0;
    }

    /// Whether its commit truly is newer than that of `invocation`.
    public boolean isNewerThan(InvocationRecord invocation) {
        return owner != null && ORDER.compare(owner.order(), invocation.order()) > 0;
    }

    /// Whether both were told where they stand, so that anybody can tell which one is newer.
    public boolean isComparableTo(InvocationRecord invocation) {
        return owner == null || (owner.sequenced() && invocation.sequenced());
    }

    /// Whether it came to an end of its own, having written all it had to.
    public boolean isComplete() {
        return run.status() == 10 || run.status() == 20;
    }

    public boolean hasExecuted() {
        return run.startedAt() != null;
    }

    public Instant created() {
        return run.createdAt();
    }

    /// From when on everybody's lists show it.
    public Instant visible() {
        return run.createdAt().plus(IndexedHistory.LAG);
    }

    /// When it began to write; never for a run that did not.
    public Instant started() {
        Instant started = run.startedAt();
        return started == null ? Instant.MAX : started;
    }

    /// When it ended; never for a run that did not.
    public Instant finished() {
        Instant finished = run.finishedAt();
        return finished == null ? Instant.MAX : finished;
    }

    public boolean isActiveAt(Instant moment) {
        return !created().isAfter(moment) && finished().isAfter(moment);
    }

    /// Whether it wrote at some time from `from` on until before `to`.
    public boolean executedWithin(Instant from, Instant to) {
        return hasExecuted() && started().isBefore(to) && finished().isAfter(from);
    }

    public boolean overlaps(OwnedRun other) {
        return other.hasExecuted() && executedWithin(other.started(), other.finished());
    }

    /// Such as `run 7 (#12 3.1)`.
    @Override
    public String toString() {
        return owner == null
                ? "run %d (none of ours)".formatted(id())
                : "run %d (#%s %s)".formatted(id(), owner.pullRequest(), owner.order());
    }
}
