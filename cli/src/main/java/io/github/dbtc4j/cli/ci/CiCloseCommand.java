package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.close.PullRequestCloser;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.cli.jobs.RunFollower;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.DropOptions;
import io.github.dbtc4j.cli.option.DryRunOption;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.option.PullRequestOption;
import io.github.dbtc4j.cli.option.ReportOptions;
import io.github.dbtc4j.cli.option.WaitOptions;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.session.SignalHandler;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.pipeline.detection.Detection;
import io.github.dbtc4j.pipeline.report.SchemaDrop;
import io.github.dbtc4j.planner.state.PullRequest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/// `dbtc ci close`.
@Command(
        description = {
            "Clean up after a pull request that was merged or closed.",
            "Finds the pull request in the environment of the pipeline, unless it is named. Cancels"
                + " what still runs for it on the job and its clones, deletes its clones, and drops"
                + " its temporary schemas, which the platform does not do for runs triggered"
                + " through the API. Runs and clones of others are left alone; a clone on which an"
                + " unrelated run is in progress is kept.",
            "The schemas are dropped by a macro of your project, in a run that executes nothing"
                    + " but it: docs/drop-schemas.md has one for each warehouse.",
            "Doing it twice does no harm. Prints what was done as a JSON object."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797",
            "  ${COMMAND-FULL-NAME} --job-id=73797 --pull-request=github:50",
            "  ${COMMAND-FULL-NAME} --job-id=73797 --pull-request=other:50 --dry-run",
            "  ${COMMAND-FULL-NAME} --job-id=73797 --pull-request=azure:50 --no-drop-schemas",
        })
final class CiCloseCommand implements Callable<Integer> {

    /// A cancelled run takes 1–15 s to end; a platform in trouble some minutes.
    private static final Duration CLOSE_PATIENCE = Duration.ofMinutes(5);

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();
    @Mixin private final PullRequestOption pullRequest = new PullRequestOption();
    @Mixin private final DropOptions drop = new DropOptions();

    @Mixin private final DryRunOption dryRun = new DryRunOption();

    @Option(
            names = "--should-poll",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            descriptionKey = "DBTC_SHOULD_POLL",
            description =
                    "Wait until the schemas are dropped, default yes [env: DBTC_SHOULD_POLL].")
    private boolean shouldPoll;

    @Mixin private final WaitOptions wait = new WaitOptions();
    @Mixin private final ReportOptions report = new ReportOptions();
    @Mixin private final SkipOption skip = new SkipOption();

    CiCloseCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PullRequest closed = pullRequest.value == null ? found() : pullRequest.value;
        SchemaDrop schemaDrop = drop.schemaDrop(job.id, closed);
        ReportPublisher reports =
                ReportPublisher.open(
                        dbtc, report, "dbtc could not clean up after " + closed.label());
        if (skip.skips(dbtc, reports, job.id)) {
            return ExitCode.SUCCESS.code();
        }
        Session session = Session.open(dbtc, wait.timeout);
        SystemContext machine = SystemContext.real();
        long began = machine.nanoTime();
        var closer = new PullRequestCloser(session.client(), machine, session.narration());
        var told = new CloseReport(session, reports, account.id, job.id, closed, schemaDrop);
        var remains = closer.look(account.id, job.id, closed);
        if (dryRun.given) {
            return told.dryRun(
                    remains, drop.jobId(job.id), drop.always() || closer.hadRun(remains));
        }
        try (var _ = SignalHandler.leave(session.narration())) {
            var done =
                    closer.close(
                            remains,
                            wait.timeout.compareTo(CLOSE_PATIENCE) < 0
                                    ? wait.timeout
                                    : CLOSE_PATIENCE);
            told.tell(done);
            if (schemaDrop == null || !done.going().isEmpty()) {
                return told.finish(done, null);
            }
            if (!drop.always() && done.cancelled().isEmpty() && !closer.hadRun(remains)) {
                told.nothingToDrop();
                return told.finish(done, null);
            }
            session.narration().say("Dropping the schemas: " + schemaDrop.command());
            var triggered =
                    session.client()
                            .jobs()
                            .trigger(
                                    account.id,
                                    drop.jobId(job.id),
                                    drop.payload(schemaDrop, job.id, closed));
            session.narration().onEvent(new Event.RunTriggered(triggered.data()));
            var left = wait.timeout.minusNanos(machine.nanoTime() - began);
            return told.finish(
                    done, RunFollower.verdict(session, triggered, shouldPoll, wait, left));
        }
    }

    private PullRequest found() {
        var environment = dbtc.shell().environment();
        return switch (Detection.identify(environment, DetectedPayload::event)) {
            case Detection.Refused refused -> throw new UsageException(refused.message());
            case Detection.Identified found -> {
                dbtc.narration()
                        .say(found.system().title() + ": " + found.pullRequest().label() + ".");
                yield found.pullRequest();
            }
        };
    }
}
