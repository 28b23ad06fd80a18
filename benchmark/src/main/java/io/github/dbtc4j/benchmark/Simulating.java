package io.github.dbtc4j.benchmark;

import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Scenarios of the simulation, faults and all: an operation is one scenario, and what happened in
/// it is counted beside it. The reference plays the same scenarios by plain queueing.
@State(Scope.Thread)
public class Simulating {

    private static final int SCENARIOS = 50;

    private long seed;

    /// What happened in the scenarios.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Happened {

        /// Requests, responses, runs' changes of status, and all else that is recorded.
        public long events;
    }

    /// The same scenarios in every iteration.
    @Setup(Level.Iteration)
    public void begin() {
        seed = 0;
    }

    /// Triggers the job and waits.
    @Benchmark
    public void reference(Happened happened) throws InterruptedException {
        happened.events += play(Strategy.QUEUE);
    }

    /// Follows the protocol.
    @Benchmark
    public void play(Happened happened) throws InterruptedException {
        happened.events += play(Strategy.BASE_FIRST);
    }

    private long play(Strategy strategy) throws InterruptedException {
        seed = seed % SCENARIOS + 1;
        return ScenarioRunner.play(Profile.FAULTS, strategy, seed).acts().size();
    }
}
