package io.github.dbtc4j.cli.pullrequest;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.githost.CommitStatus.State;
import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.report.Report;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// A build in the few words of a commit status.
///
/// Hosts cut them after 140 characters or later: what matters comes first.
///
/// @param state how far it is, or how it ended
/// @param text a sentence without a full stop
/// @param page where a click leads, null for the job's page
record StatusText(State state, String text, @Nullable String page) {

    private static final int MOST_FAILURES = 3;

    /// A run that has not ended.
    static StatusText of(Run run) {
        boolean waits = run.status() == Known.QUEUED;
        String behind =
                run.blockedBy().isEmpty()
                        ? ""
                        : " behind "
                                + run.blockedBy().stream()
                                        .map(id -> "run " + id)
                                        .collect(Collectors.joining(", "));
        return waits
                ? new StatusText(State.PENDING, "Queued" + behind, run.href())
                : new StatusText(State.RUNNING, "Building", run.href());
    }

    /// How an invocation ended.
    static StatusText of(Report report) {
        Run run = report.why().run();
        String page = run == null ? null : run.href();
        String after = after(run);
        return switch (report.verdict()) {
            case Verdict.Succeeded _ ->
                    new StatusText(
                            State.SUCCESS,
                            report.why().failedSteps().isEmpty()
                                    ? "Succeeded" + after
                                    : "Succeeded" + after + ", with warnings",
                            page);
            case Verdict.Failed _ ->
                    new StatusText(State.FAILURE, "Failed" + after + failures(report), page);
            case Verdict.Cancelled _ -> new StatusText(State.CANCELLED, "Cancelled" + after, page);
            case Verdict.Superseded(_, var by) ->
                    new StatusText(State.CANCELLED, "Superseded by run " + by, page);
            case Verdict.Conflicted(_, var by) ->
                    new StatusText(
                            State.ERROR,
                            "Unreliable: run " + by + " wrote into the same schema",
                            page);
            case Verdict.DeadlinePassed _ -> new StatusText(State.ERROR, "Timed out" + after, page);
            case Verdict.Triggered _ -> new StatusText(State.RUNNING, "Building", page);
        };
    }

    /// An invocation that ended before its verdict.
    ///
    /// @param page the last run's page, or null
    static StatusText aborted(String message, @Nullable String page) {
        return new StatusText(State.ERROR, "No verdict: " + message, page);
    }

    /// An invocation that a signal ended.
    static StatusText stopped(@Nullable String page) {
        return new StatusText(State.CANCELLED, "The pipeline was stopped", page);
    }

    private static String after(@Nullable Run run) {
        return run == null || run.finishedAt() == null
                ? ""
                : " after " + Durations.clock(Duration.between(run.createdAt(), run.finishedAt()));
    }

    private static String failures(Report report) {
        List<NodeResult> failures =
                report.why().failedSteps().stream()
                        .flatMap(step -> step.failures().stream())
                        .toList();
        if (failures.isEmpty()) {
            return report.why().failedSteps().stream()
                    .findFirst()
                    .map(step -> step.headline() == null ? step.name() : step.headline())
                    .map(text -> ": " + text)
                    .orElse("");
        }
        String first =
                failures.stream()
                        .limit(MOST_FAILURES)
                        .map(failure -> failure.type() + " " + failure.name())
                        .collect(Collectors.joining(", "));
        int more = failures.size() - MOST_FAILURES;
        return ": " + first + (more > 0 ? " and " + more + " more" : "");
    }
}
