package io.github.dbtc4j.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@Tag("gate")
class ExplorerTest {

    /// Within so many seeds everything a profile has in store happens.
    private static final int SEEDS = 2_000;

    private static final int AT_A_TIME = 100;

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void sameSeedSameHistoryOnHoweverManyThreads(Strategy strategy) throws Exception {
        for (Profile profile : Profile.values()) {
            Map<Long, List<String>> together = new ConcurrentHashMap<>();
            ScenarioRunner.explore(
                    profile,
                    strategy,
                    1,
                    20,
                    4,
                    history -> together.put(history.seed(), lines(history)));

            assertThat(together).hasSize(20);
            for (long seed = 1; seed <= 20; seed++) {
                assertThat(lines(ScenarioRunner.play(profile, strategy, seed)))
                        .as("seed %d of %s", seed, profile)
                        .hasSizeGreaterThan(10)
                        .isEqualTo(together.get(seed));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void everythingAProfileHasInStoreHappens(Profile profile) throws Exception {
        Set<String> missing = ConcurrentHashMap.newKeySet();
        missing.addAll(inStore(profile));
        var calls = new AtomicInteger();
        long began = System.nanoTime();
        int played = 0;
        while (!missing.isEmpty() && played < SEEDS) {
            ScenarioRunner.explore(
                    profile,
                    Strategy.BASE_FIRST,
                    1 + played,
                    AT_A_TIME,
                    2,
                    history -> {
                        for (HistoryEvent act : history.acts()) {
                            switch (act) {
                                case HistoryEvent.Sent it -> calls.incrementAndGet();
                                case HistoryEvent.Paused it -> missing.remove("paused");
                                case HistoryEvent.Done it ->
                                        missing.removeIf(kind -> it.what().startsWith(kind));
                                default -> {}
                            }
                        }
                    });
            played += AT_A_TIME;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf(
                "%s: seeds 1 to %d in %d ms, %d scenarios and %d calls a second%n",
                profile,
                played,
                took.toMillis(),
                played * 1_000L / took.toMillis(),
                calls.get() * 1_000L / took.toMillis());

        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void everyPeculiarityIsDrawn(Profile profile) {
        List<Scenario> scenarios =
                Stream.iterate(1L, seed -> seed + 1)
                        .limit(SEEDS)
                        .map(seed -> ScenarioDraw.of(profile, seed))
                        .toList();

        assertThat(
                        scenarios.stream()
                                .flatMap(scenario -> scenario.traits().stream())
                                .collect(Collectors.toSet()))
                .containsAll(traits(profile));
        if (profile != Profile.CLEAN) {
            assertThat(ScenarioPlatform.ODD)
                    .allMatch(odd ->
                            scenarios.stream()
                                    .anyMatch(scenario -> scenario.platform().switches().is(odd)));
        }
    }

    @Test
    void plainQueueingAlwaysEnds() throws Exception {
        for (Profile profile : Profile.values()) {
            ScenarioRunner.explore(
                    profile,
                    Strategy.QUEUE,
                    1,
                    60,
                    2,
                    history ->
                            assertThat(history.invocations())
                                    .as("seed %d of %s", history.seed(), profile)
                                    .noneMatch(invocation ->
                                            invocation.ending()
                                                    instanceof InvocationRecord.StillGoing));
        }
    }

    private static Set<String> inStore(Profile profile) {
        return switch (profile) {
            case CLEAN -> Set.of("a production job runs");
            case RACES ->
                    Set.of(
                            "a production job runs",
                            "a user runs the base job",
                            "a user starts and cancels 120 runs",
                            "a user cancels a run",
                            "a user deletes a clone",
                            "a user puts a clone on a schedule",
                            "a user has a clone start after another job",
                            "another base job is cloned",
                            "a user edits the base job");
            case CI ->
                    with(
                            inStore(Profile.RACES),
                            "killed before a call",
                            "killed before an answer",
                            "killed by CI",
                            "told to stop",
                            "paused",
                            "the token is rotated");
            case FAULTS ->
                    with(
                            inStore(Profile.CI),
                            "a storm of requests",
                            "5xx before the effect struck",
                            "5xx after the effect struck",
                            "5xx, and the effect follows struck",
                            "no answer, no effect struck",
                            "no answer after the effect struck",
                            "no answer, and the effect follows struck",
                            "reset before the effect struck",
                            "reset after the effect struck",
                            "half an answer struck",
                            "a page of HTML struck",
                            "slow answers struck",
                            "429 for 30 s struck");
        };
    }

    private static Set<Scenario.Trait> traits(Profile profile) {
        var all = Stream.of(Scenario.Trait.values());
        return (switch (profile) {
                    case CLEAN ->
                            Stream.of(
                                    Scenario.Trait.NOT_WAITING,
                                    Scenario.Trait.UNSEQUENCED,
                                    Scenario.Trait.DEFERRED_CLEANUP,
                                    Scenario.Trait.SHARED_SCHEMA,
                                    Scenario.Trait.NAMESAKE,
                                    Scenario.Trait.NATIVE);
                    case RACES ->
                            all.filter(trait ->
                                    trait != Scenario.Trait.RERUN
                                            && trait != Scenario.Trait.RERUN_OF_OLDER
                                            && trait != Scenario.Trait.CANCEL_IN_PROGRESS);
                    case CI, FAULTS -> all;
                })
                .collect(Collectors.toSet());
    }

    private static Set<String> with(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    private static List<String> lines(History history) {
        return Stream.of(history.invocations(), history.acts(), history.runs(), history.jobs())
                .flatMap(List::stream)
                .map(String::valueOf)
                .toList();
    }
}
