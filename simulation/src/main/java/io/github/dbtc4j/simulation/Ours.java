package io.github.dbtc4j.simulation;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.Payload;
import io.github.dbtc4j.planner.Lanes;
import io.github.dbtc4j.planner.Verdict;

/// Our autoscaler as a user of the command gets it, waiting for the verdict.
record Ours(Lanes lanes) implements Pipeline {

    @Override
    public String play(Stage stage) throws InterruptedException {
        var autoscaler = new Autoscaler(stage.client(), stage.surroundings(), stage.narrator());
        Verdict verdict =
                autoscaler
                        .triggerAutoscalingCiJob(
                                stage.accountId(),
                                stage.ciJob(),
                                Payload.of(stage.payload()),
                                Options.defaults().shouldPoll(true).pollInterval(POLL).lanes(lanes))
                        .verdict();
        return switch (verdict) {
            case Verdict.Triggered it -> "triggered";
            case Verdict.Succeeded it -> "success";
            case Verdict.Failed it -> "error";
            case Verdict.Cancelled it -> "cancelled";
            case Verdict.Superseded it -> "superseded";
            case Verdict.Disturbed it -> "disturbed";
            case Verdict.DeadlinePassed it -> "deadline passed";
        };
    }
}
