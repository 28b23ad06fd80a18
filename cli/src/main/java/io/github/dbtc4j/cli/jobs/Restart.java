package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.autoscaler.Retrier;
import io.github.dbtc4j.cli.narration.RetryText;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;

/// What the platform will make of "run this job again from where it failed".
///
/// @param sentence how the job's latest run stands
/// @param next what happens therefore, with a space before it
record Restart(boolean latestFailed, String sentence, String next) {

    private static final String FROM_THE_START =
            " The platform starts a new run from the first step.";

    static Restart of(Retrier retrier, long accountId, long jobId) {
        return retrier.latest(accountId, jobId)
                .map(answer -> of(retrier, answer.data()))
                .orElseGet(() ->
                        new Restart(false, "Job " + jobId + " never had a run.", FROM_THE_START));
    }

    private static Restart of(Retrier retrier, Run latest) {
        boolean failed = latest.status() == Known.ERROR;
        String standing =
                "The latest run of job %d, %d, is in status %s."
                        .formatted(latest.jobId(), latest.id(), latest.status().label());
        return Retrier.refusal(latest)
                .map(reason ->
                        failed
                                ? new Restart(
                                        true, RetryText.refused(latest, reason), FROM_THE_START)
                                : new Restart(false, standing, FROM_THE_START))
                .orElseGet(() ->
                        new Restart(
                                failed,
                                standing,
                                " " + RetryText.begins(latest, retrier.details(latest))));
    }
}
