package io.github.dbtc4j.cli;

import io.github.dbtc4j.autoscaler.Event;
import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.autoscaler.Payload;
import io.github.dbtc4j.autoscaler.RunWatch;
import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.planner.RunId;
import io.github.dbtc4j.planner.Verdict;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc jobs trigger`, also `dbtc trigger-job`.
@Command(
        description = {
            "Trigger a run of a job and wait until it has ended.",
            "Nothing is cancelled or cloned, and the run goes on when waiting stops.",
            "Prints the platform's answer about the run as JSON."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797 --payload='{\"cause\": \"Nightly check\"}'",
        })
final class JobsTriggerCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();
    @Mixin private final PayloadOption payload = new PayloadOption();

    @Option(
            names = "--should-poll",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            descriptionKey = "DBTC_SHOULD_POLL",
            description = "Wait until the run has ended, default yes [env: DBTC_SHOULD_POLL].")
    private boolean shouldPoll;

    @Mixin private final WaitOptions wait = new WaitOptions();
    @Mixin private final ReportOptions report = new ReportOptions();

    JobsTriggerCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var checked = Payload.parse(payload.json(dbtc.shell().in()));
        Reports reports = Reports.open(dbtc, report);
        Session session = Session.open(dbtc, wait.timeout);
        Narration narration = session.narration();
        try (var _ = OnSignal.leave(narration)) {
            var triggered = session.client().triggerJob(account.id, job.id, checked.fields());
            narration.tell(new Event.RunTriggered(triggered.data()));
            if (!shouldPoll) {
                var verdict = new Verdict.Triggered(new RunId(triggered.data().id()));
                var outcome = new Outcome(verdict, triggered);
                return reports.finish(session, outcome, account.id, job.id, checked);
            }
            var watch = new RunWatch(session.client(), Surroundings.ofThisMachine(), narration);
            var outcome = watch.await(triggered, wait.pollInterval, wait.timeout);
            int exitCode = reports.finish(session, outcome, account.id, job.id, checked);
            narration.unfinishedRun().map(Verdicts::mayGoOn).ifPresent(narration::say);
            return exitCode;
        }
    }
}
