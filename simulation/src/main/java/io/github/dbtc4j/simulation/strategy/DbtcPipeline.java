package io.github.dbtc4j.simulation.strategy;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.Verdict;

/// Our autoscaler as a user of the command gets it, waiting for the verdict.
///
/// @param options but whether to wait
public record DbtcPipeline(Options options) implements Pipeline {

    /// Looks at its run in the original's rhythm.
    static DbtcPipeline inFixedRhythm(LanePolicy lanes) {
        return new DbtcPipeline(Options.defaults().pollInterval(POLL).lanes(lanes));
    }

    @Override
    public String play(Stage stage) throws InterruptedException {
        var autoscaler = new Autoscaler(stage.client(), stage.system(), stage.listener());
        Verdict verdict =
                autoscaler
                        .triggerAutoscalingCiJob(
                                stage.accountId(),
                                stage.ciJob(),
                                Payload.of(stage.payload()),
                                options.shouldPoll(true))
                        .verdict();
        return switch (verdict) {
            case Verdict.Triggered it -> "triggered";
            case Verdict.Succeeded it -> "success";
            case Verdict.Failed it -> "error";
            case Verdict.Cancelled it -> "cancelled";
            case Verdict.Superseded it -> "superseded";
            case Verdict.Conflicted it -> "disturbed";
            case Verdict.DeadlinePassed it -> "deadline passed";
        };
    }
}
