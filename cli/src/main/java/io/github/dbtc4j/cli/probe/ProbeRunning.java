package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/// What three runs of one throw-away job show: one is cancelled, one ends by itself, and the job is
/// deleted under the third.
final class ProbeRunning {

    private static final int TOO_LONG = 300;
    private static final int CUT = 255;
    private static final Duration LISTED_LIMIT = Duration.ofMinutes(1);
    private static final Duration FILES_LIMIT = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ProbeBench bench;
    private final ProbeReport report;
    private final long job;

    ProbeRunning(ProbeBench bench, long job) {
        this.bench = bench;
        this.report = bench.report;
        this.job = job;
    }

    void ask() throws InterruptedException {
        if (!askThree()) {
            bench.quiet(job);
            bench.delete(job);
        }
    }

    /// @return false when the job is still there, because a run was refused
    private boolean askThree() throws InterruptedException {
        ProbeReply first = longCause();
        if (isRefused(first)) {
            return false;
        }
        cancelled(ProbeBench.id(first));
        ProbeReply second = bench.trigger(job);
        if (isRefused(second)) {
            return false;
        }
        completed(ProbeBench.id(second));
        ProbeReply third = bench.trigger(job);
        if (isRefused(third)) {
            return false;
        }
        deletedUnder(ProbeBench.id(third));
        return true;
    }

    private boolean isRefused(ProbeReply triggered) {
        if (!triggered.succeeded()) {
            report.restNotAsked("triggering a run is refused with " + triggered.code());
        }
        return !triggered.succeeded();
    }

    /// @return the answer to a trigger: that with the long cause if it was accepted
    private ProbeReply longCause() throws InterruptedException {
        long start = bench.nanos();
        String cause = "dbtc probe " + "x".repeat(TOO_LONG - 11);
        ProbeReply triggered = bench.trigger(job, Map.of("cause", cause));
        if (triggered.succeeded()) {
            listed(ProbeBench.id(triggered), start);
            cause(ProbeBench.id(triggered), cause);
            return triggered;
        }
        switch (triggered.status()) {
            case 400 -> report.found(Assumption.LongCause.REJECTED);
            case 500 -> report.found(Assumption.LongCause.SERVER_ERROR);
            default -> report.seen(Assumption.LongCause.class, triggered.code());
        }
        bench.quiet(job);
        start = bench.nanos();
        triggered = bench.trigger(job);
        if (triggered.succeeded()) {
            listed(ProbeBench.id(triggered), start);
        }
        return triggered;
    }

    private void cause(long run, String sent) {
        Map<String, @Nullable Object> seen = bench.platform.send(ProbeCall.RUN, run).data();
        Object kept = ProbeReply.object(seen.get("trigger")).get("cause");
        if (sent.equals(kept)) {
            report.found(Assumption.LongCause.ACCEPTED);
        } else if (sent.substring(0, CUT).equals(kept)) {
            report.found(Assumption.LongCause.TRUNCATED);
        } else {
            report.seen(Assumption.LongCause.class, "changed");
        }
    }

    /// How long it takes until a list of the job's runs shows `run`.
    private void listed(long run, long start) throws InterruptedException {
        while (!isListed(run)) {
            if (bench.passed(start, LISTED_LIMIT)) {
                report.seen(ProbeMeasure.VISIBILITY_LAG, "over a minute");
                return;
            }
            bench.pause(SECOND);
        }
        report.seen(ProbeMeasure.VISIBILITY_LAG, bench.secondsSince(start));
    }

    private boolean isListed(long run) {
        return inList(run).status() != null;
    }

    /// `run` as a list of the job's runs shows it, without a status when it does not.
    private ProbeRun inList(long run) {
        ProbeReply list = bench.platform.send(ProbeCall.RUNS, job);
        for (Map<String, @Nullable Object> row : list.rows()) {
            if (ProbeReply.number(row, "id") == run) {
                return new ProbeRun(list.status(), ProbeRun.statusOf(row));
            }
        }
        return new ProbeRun(list.status(), null);
    }

    private void cancelled(long run) throws InterruptedException {
        ProbeRun seen = bench.await(run, ProbeRun::isRunningOrOver, ProbeBench.START_LIMIT);
        if (seen.isOver()) {
            String why = "the run ended before it could be cancelled; --step names a longer one";
            report.notAsked(Assumption.CancelWithoutSlash.class, why);
            report.notAsked(ProbeMeasure.CANCEL_TIME, why);
            report.notAsked(Assumption.RefusedRetry.class, why);
            return;
        }
        long start = bench.nanos();
        ProbeReply bare = bench.platform.send(ProbeCall.CANCEL_BARE, run);
        boolean refused = isRedirectOrRefusal(bare.status());
        if (refused) {
            report.found(Assumption.CancelWithoutSlash.REFUSED);
        } else if (!bare.succeeded()) {
            report.seen(Assumption.CancelWithoutSlash.class, bare.code());
        }
        if (!bare.succeeded()) {
            start = bench.nanos();
            bench.platform.send(ProbeCall.CANCEL, run);
        }
        ProbeRun ended = bench.await(run, ProbeRun::isOver, ProbeBench.END_LIMIT);
        boolean cancelled = ended.is(Known.CANCELLED);
        if (bare.succeeded() && cancelled) {
            report.found(Assumption.CancelWithoutSlash.SERVED);
        } else if (bare.succeeded()) {
            report.seen(
                    Assumption.CancelWithoutSlash.class, bare.code() + ", then " + ended.label());
        }
        if (seen.is(Known.RUNNING) && cancelled) {
            report.seen(ProbeMeasure.CANCEL_TIME, bench.secondsSince(start));
        } else {
            report.notAsked(ProbeMeasure.CANCEL_TIME, "no running run was cancelled in time");
        }
        if (cancelled) {
            retry(run);
        } else {
            bench.quiet(job);
            report.notAsked(Assumption.RefusedRetry.class, "no run was cancelled");
        }
    }

    /// A redirect turns a `POST` into a `GET`, which is refused.
    private static boolean isRedirectOrRefusal(int status) {
        return status == 405 || (status >= 301 && status <= 303);
    }

    private void retry(long run) throws InterruptedException {
        ProbeReply retried = bench.platform.send(ProbeCall.RETRY, run);
        switch (retried.status()) {
            case 400 -> report.found(Assumption.RefusedRetry.REJECTED);
            case 404 -> report.found(Assumption.RefusedRetry.NOT_FOUND);
            default -> report.seen(Assumption.RefusedRetry.class, retried.code());
        }
        if (retried.succeeded()) {
            bench.end(ProbeBench.id(retried));
        }
    }

    private void completed(long run) throws InterruptedException {
        ProbeRun ended = bench.await(run, ProbeRun::isOver, ProbeBench.RUN_LIMIT);
        if (ended.is(Known.SUCCESS)) {
            files(run);
        } else {
            report.notAsked(Assumption.LateArtifacts.class, "the run ended as " + ended.label());
        }
        if (!ended.isOver()) {
            bench.end(run);
        }
        ProbeReply cancelled = bench.platform.send(ProbeCall.CANCEL, run);
        switch (cancelled.status()) {
            case 200 -> report.found(Assumption.CancelOfFinishedRun.UNCHANGED);
            case 400 -> report.found(Assumption.CancelOfFinishedRun.REJECTED);
            case 404 -> report.found(Assumption.CancelOfFinishedRun.NOT_FOUND);
            default -> report.seen(Assumption.CancelOfFinishedRun.class, cancelled.code());
        }
    }

    private void files(long run) throws InterruptedException {
        long start = bench.nanos();
        ProbeReply files = bench.platform.send(ProbeCall.FILES, run);
        boolean late = files.status() == 404;
        while (files.status() == 404 && !bench.passed(start, FILES_LIMIT)) {
            bench.pause(SECOND);
            files = bench.platform.send(ProbeCall.FILES, run);
        }
        if (files.succeeded()) {
            report.found(late ? Assumption.LateArtifacts.LATE : Assumption.LateArtifacts.AT_ONCE);
        } else {
            report.seen(Assumption.LateArtifacts.class, files.code() + " for a minute");
        }
    }

    private void deletedUnder(long run) throws InterruptedException {
        ProbeRun seen = bench.await(run, ProbeRun::isRunningOrOver, ProbeBench.START_LIMIT);
        if (!seen.is(Known.RUNNING)) {
            String why = "no running run was met; --step names a longer one";
            report.notAsked(Assumption.RunsOfDeletedJob.class, why);
            afterDeletionNotAsked(why);
            bench.quiet(job);
            bench.delete(job);
            return;
        }
        ProbeReply deleted = bench.delete(job);
        if (!deleted.succeeded()) {
            String text = "deleting is refused with " + deleted.code();
            report.seen(Assumption.RunsOfDeletedJob.class, text);
            afterDeletionNotAsked(text);
            bench.quiet(job);
            bench.delete(job);
            return;
        }
        ProbeRun read = bench.await(run, ProbeRun::isOver, ProbeBench.END_LIMIT);
        switch (read.http()) {
            case 200 -> report.found(Assumption.ReadOfDeletedJobsRun.RUN);
            case 404 -> report.found(Assumption.ReadOfDeletedJobsRun.NOT_FOUND);
            default -> report.seen(Assumption.ReadOfDeletedJobsRun.class, read.label());
        }
        ProbeRun later = read.status() == null ? endInList(run) : read;
        if (later.is(Known.CANCELLED)) {
            report.found(Assumption.RunsOfDeletedJob.CANCELLED);
        } else if (later.status() == null) {
            report.seen(Assumption.RunsOfDeletedJob.class, "the run cannot be read any more");
        } else {
            report.found(Assumption.RunsOfDeletedJob.RUNNING_ONE_FINISHES);
        }
        if (!later.isOver()) {
            bench.end(run);
        }
        report.found(
                isListed(run)
                        ? Assumption.RunsOfDeletedJobInLists.LISTED
                        : Assumption.RunsOfDeletedJobInLists.HIDDEN);
    }

    /// Looks for the end of `run` in lists, where it cannot be read by its number.
    private ProbeRun endInList(long run) throws InterruptedException {
        long start = bench.nanos();
        ProbeRun seen = inList(run);
        while (!seen.isOver() && !bench.passed(start, ProbeBench.END_LIMIT)) {
            bench.pause(SECOND);
            seen = inList(run);
        }
        return seen;
    }

    private void afterDeletionNotAsked(String why) {
        report.notAsked(Assumption.ReadOfDeletedJobsRun.class, why);
        report.notAsked(Assumption.RunsOfDeletedJobInLists.class, why);
    }
}
