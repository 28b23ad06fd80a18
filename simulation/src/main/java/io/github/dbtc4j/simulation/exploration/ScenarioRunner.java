package io.github.dbtc4j.simulation.exploration;

import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.scenario.Scenario;
import io.github.dbtc4j.simulation.scenario.ScenarioDraw;
import io.github.dbtc4j.simulation.scenario.Variation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Plays scenarios that are drawn from seeds: real clients and the real autoscaler against a
/// sandbox, in virtual time, with the trouble that a [Profile] has in store.
///
/// Same profile, strategy and seed: same history, on however many threads.
public final class ScenarioRunner {

    private ScenarioRunner() {}

    /// Plays one scenario.
    ///
    /// @throws InterruptedException when the calling thread is interrupted
    public static History play(Profile profile, Strategy strategy, long seed)
            throws InterruptedException {
        return play(profile, strategy, seed, Variation.NONE);
    }

    /// Plays one scenario in a variation.
    ///
    /// @throws InterruptedException when the calling thread is interrupted
    public static History play(Profile profile, Strategy strategy, long seed, Variation variation)
            throws InterruptedException {
        Scenario scenario = ScenarioDraw.of(profile, seed);
        return new ScenarioExecution(
                        switch (variation) {
                            case NONE -> scenario;
                            case CLAIMS -> scenario.withForgeries();
                            case DEATHS -> scenario.withDeaths();
                        },
                        strategy)
                .play();
    }

    /// Plays the scenarios of `count` successive seeds, in which every claim is what it seems.
    ///
    /// @param threads how many at a time
    /// @param consumer is handed every history by the thread that played it, in no particular
    ///   order: it must be safe for use by many threads
    /// @throws IllegalStateException when a scenario could not be played; the message names its
    ///   seed
    /// @throws InterruptedException when the calling thread is interrupted
    public static void explore(
            Profile profile,
            Strategy strategy,
            long firstSeed,
            long count,
            int threads,
            Consumer<History> consumer)
            throws InterruptedException {
        explore(profile, strategy, firstSeed, count, Variation.NONE, threads, consumer);
    }

    /// Plays the scenarios of `count` successive seeds, several at a time.
    ///
    /// @param variation what happens in them beside
    /// @param threads how many
    /// @param consumer is handed every history by the thread that played it, in no particular
    ///   order: it must be safe for use by many threads
    /// @throws IllegalStateException when a scenario could not be played; the message names its
    ///   seed
    /// @throws InterruptedException when the calling thread is interrupted
    public static void explore(
            Profile profile,
            Strategy strategy,
            long firstSeed,
            long count,
            Variation variation,
            int threads,
            Consumer<History> consumer)
            throws InterruptedException {
        var next = new AtomicLong(firstSeed);
        var failures = new ConcurrentLinkedQueue<RuntimeException>();
        Runnable work =
                () -> {
                    long seed = next.getAndIncrement();
                    while (seed < firstSeed + count && failures.isEmpty()) {
                        try {
                            consumer.accept(play(profile, strategy, seed, variation));
                        } catch (RuntimeException e) {
                            failures.add(failure(profile, strategy, seed, e));
                        } catch (InterruptedException e) {
                            return;
                        }
                        seed = next.getAndIncrement();
                    }
                };
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().name("explorer-" + i).daemon().start(work));
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } finally {
            workers.forEach(Thread::interrupt);
        }
        if (!failures.isEmpty()) {
            throw failures.element();
        }
    }

    private static RuntimeException failure(
            Profile profile, Strategy strategy, long seed, RuntimeException e) {
        return new IllegalStateException(
                "seed %d of %s under %s: %s".formatted(seed, profile, strategy, e.getMessage()), e);
    }
}
