package io.github.dbtc4j.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class ExplorerTest {

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void sameSeedSameHistoryOnHoweverManyThreads(Strategy strategy) throws Exception {
        for (Profile profile : Profile.values()) {
            Map<Long, List<String>> together = new ConcurrentHashMap<>();
            Explorer.explore(profile, strategy, 1, 40, 4, it -> together.put(it.seed(), lines(it)));

            assertThat(together).hasSize(40);
            for (long seed = 1; seed <= 40; seed++) {
                assertThat(lines(Explorer.play(profile, strategy, seed)))
                        .as("seed %d of %s", seed, profile)
                        .hasSizeGreaterThan(20)
                        .isEqualTo(together.get(seed));
            }
        }
    }

    private static List<String> lines(History history) {
        return java.util.stream.Stream.of(
                        history.invocations(), history.acts(), history.runs(), history.jobs())
                .flatMap(List::stream)
                .map(String::valueOf)
                .toList();
    }
}
