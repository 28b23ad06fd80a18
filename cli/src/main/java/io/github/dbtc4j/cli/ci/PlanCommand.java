package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.cli.narration.PlanText;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.state.JobId;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc plan`.
@Command(
        description = {
            "Show what trigger-autoscaling-ci-job or ci run would do now, and why.",
            "Takes the same options and changes nothing. Without --payload it plans for this"
                    + " pipeline's pull request, as ci run does.",
            "Prints {\"steps\": [...], \"reasons\": [...]} as JSON, and the same in words on"
                    + " standard error."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797 \\",
            "    --payload='{\"cause\": \"CI\", \"github_pull_request_id\": 50}'",
        })
final class PlanCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();
    @Mixin private final DetectedPayload payload = new DetectedPayload();
    @Mixin private final AutoscalingOptions options = new AutoscalingOptions();

    PlanCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        Options asked = options.toOptions();
        Payload checked;
        if (payload.isGiven()) {
            dbtc.narration()
                    .say("Planning for the payload given; without it, for this pipeline's.");
            checked = payload.given(dbtc.shell());
        } else {
            var detected = payload.detect(dbtc.shell(), new JobId(job.id), asked.sequence());
            dbtc.narration()
                    .say(
                            "Planning for this pipeline's pull request; --payload is for another. "
                                    + PlanText.of(detected.pipeline()));
            checked = detected.payload();
            asked = asked.sequence(detected.pipeline().sequence());
        }
        Session session = Session.open(dbtc);
        var autoscaler =
                new Autoscaler(session.client(), SystemContext.real(), session.narration());
        Plan plan = autoscaler.plan(account.id, job.id, checked, asked);
        session.result().conclude(PlanText.of(plan));
        session.result().offer(PlanJson.of(plan));
        return ExitCode.SUCCESS.code();
    }
}
