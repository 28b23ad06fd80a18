package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStep;

import java.time.Duration;
import java.util.List;

/// What a person would like to know of a run in progress, and the one who waits for its end need
/// not. Asked at a terminal alone, away from the thread that waits.
public interface RunOutlook {

    /// Nothing is known.
    RunOutlook NONE =
            new RunOutlook() {
                @Override
                public List<Duration> usual() {
                    return List.of();
                }

                @Override
                public List<RunStep> steps(Run run) {
                    return List.of();
                }
            };

    /// How long recent runs of the job executed; empty when that is not known.
    List<Duration> usual();

    /// The steps of `run` that have begun; empty when they are not known.
    List<RunStep> steps(Run run);
}
