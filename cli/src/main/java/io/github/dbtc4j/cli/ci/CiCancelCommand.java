package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.close.PullRequestCloser;
import io.github.dbtc4j.cli.narration.PlanText;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.CleanupOptions;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.option.SequenceOptions;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/// `dbtc ci cancel`.
@Command(
        description = {
            "Cancel this pipeline's runs.",
            "For a clean-up step that comes after a cancelled or killed ci run.",
            "Takes what ci run took. Its runs are known by the pipeline's sequence or, where it has"
                + " none, by the commit; those of a newer commit, of other pull requests and of"
                + " people go on. The pull request's unused clones are deleted, as --cleanup says.",
            "Where nothing is in progress, nothing is done. Prints what was done as a JSON object."
        },
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --job-id=73797")
final class CiCancelCommand implements Callable<Integer> {

    /// A cancelled run takes 1–15 s to end, and CI systems wait for a clean-up step only so long.
    private static final Duration CANCEL_PATIENCE = Duration.ofMinutes(1);

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();
    @Mixin private final DetectedPayload payload = new DetectedPayload();
    @Mixin private final SequenceOptions sequence = new SequenceOptions();
    @Mixin private final CleanupOptions cleanup = new CleanupOptions();
    @Mixin private final SkipOption skip = new SkipOption();

    CiCancelCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var given = sequence.sequence();
        var deletes = cleanup.cleanup();
        if (skip.skips(dbtc)) {
            return ExitCode.SUCCESS.code();
        }
        var detected = payload.detect(dbtc.shell(), new JobId(job.id), given);
        PullRequest pullRequest = detected.pipeline().pullRequest();
        Session session = Session.open(dbtc, CANCEL_PATIENCE);
        session.narration().say(PlanText.of(detected.pipeline()));
        var closer =
                PullRequestCloser.ofPipeline(
                        session.client(),
                        SystemContext.real(),
                        session.narration(),
                        new CiRequest(
                                pullRequest,
                                detected.pipeline().sequence(),
                                detected.payload().shortSha().orElse(null)),
                        deletes);
        var report = new CloseReport(session, null, account.id, job.id, pullRequest, null);
        var done = closer.close(closer.look(account.id, job.id, pullRequest), CANCEL_PATIENCE);
        if (done.cancelled().isEmpty() && done.deleted().isEmpty() && done.kept().isEmpty()) {
            session.narration().say("Nothing that this pipeline started is in progress.");
        } else {
            report.tell(done);
        }
        return report.finish(done, null);
    }
}
