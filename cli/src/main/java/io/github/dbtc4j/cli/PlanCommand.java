package io.github.dbtc4j.cli;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.Payload;
import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.planner.Plan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc plan`.
@Command(
        description = {
            "Show what trigger-autoscaling-ci-job would do now, and why.",
            "Takes the same options and changes nothing.",
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
    @Mixin private final PayloadOption payload = new PayloadOption();
    @Mixin private final AutoscalingOptions options = new AutoscalingOptions();

    PlanCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        Options asked = options.toOptions();
        var checked = Payload.parse(payload.json(dbtc.shell().in()));
        Session session = Session.open(dbtc);
        var autoscaler =
                new Autoscaler(session.client(), Surroundings.ofThisMachine(), session.narration());
        Plan plan = autoscaler.plan(account.id, job.id, checked, asked);
        session.narration().say(Sentences.of(plan));
        return session.print(PlanJson.of(plan));
    }
}
