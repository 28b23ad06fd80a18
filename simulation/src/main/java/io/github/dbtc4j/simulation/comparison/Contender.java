package io.github.dbtc4j.simulation.comparison;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.simulation.strategy.DbtcPipeline;
import io.github.dbtc4j.simulation.strategy.Pipeline;
import io.github.dbtc4j.simulation.strategy.Strategy;

import java.util.Locale;

/// What is compared: a [Strategy], and for ours also how it waits. All wait for the verdict.
public enum Contender {

    /// Plain queueing, with a look each ten seconds.
    QUEUE("queue", Strategy.QUEUE),

    /// The rule of the original's guide, which looks each ten seconds.
    ORIGINAL("original", Strategy.ORIGINAL),

    /// Ours, the base job first, in the original's rhythm (`--poll-interval=10`).
    FIXED("10 s", Strategy.BASE_FIRST),

    /// Ours, the base job first, as it comes.
    OURS("dbtc4j", Strategy.BASE_FIRST),

    /// Ours, every pull request on a clone of its own.
    DEDICATED("dedicated", Strategy.DEDICATED);

    private final String title;
    private final Strategy strategy;

    Contender(String title, Strategy strategy) {
        this.title = title;
        this.strategy = strategy;
    }

    /// What it is called in tables.
    public String title() {
        return title;
    }

    /// What it is called in data, such as `ours`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Strategy strategy() {
        return strategy;
    }

    Pipeline pipeline() {
        return switch (this) {
            case QUEUE, ORIGINAL, FIXED -> strategy.pipeline();
            case OURS -> new DbtcPipeline(Options.defaults().lanes(LanePolicy.BASE_FIRST));
            case DEDICATED -> new DbtcPipeline(Options.defaults().lanes(LanePolicy.DEDICATED));
        };
    }

    /// Plays `morning` with this contender, always with the same outcome.
    ///
    /// @throws InterruptedException when the calling thread is interrupted
    public Recording play(WorkloadTrace morning) throws InterruptedException {
        return Simulation.play(morning, strategy, pipeline());
    }
}
