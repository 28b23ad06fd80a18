package io.github.dbtc4j.simulation.strategy;

import io.github.dbtc4j.client.model.Run;

import java.util.Locale;

/// Triggers the CI job and waits for the run.
final class QueueingPipeline implements Pipeline {

    @Override
    public String play(Stage stage) throws InterruptedException {
        Run run =
                stage.client()
                        .jobs()
                        .trigger(stage.accountId(), stage.ciJob(), stage.payload())
                        .data();
        if (!stage.waits()) {
            return "triggered";
        }
        return stage.await(run).status().label().toLowerCase(Locale.ROOT);
    }
}
