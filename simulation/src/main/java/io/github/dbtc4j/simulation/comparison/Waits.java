package io.github.dbtc4j.simulation.comparison;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How long each of several took, in no order that matters.
public record Waits(List<Duration> all) {

    static final Waits NONE = new Waits(List.of());

    public Waits {
        all = List.copyOf(all);
    }

    Waits plus(Waits other) {
        return new Waits(Stream.concat(all.stream(), other.all.stream()).toList());
    }

    /// Zero of none.
    public Duration mean() {
        return all.stream()
                .reduce(Duration.ZERO, Duration::plus)
                .dividedBy(Math.max(1, all.size()));
    }

    /// The shortest that 95 % of all do not exceed; zero of none.
    public Duration p95() {
        int rank = Math.ceilDiv(all.size() * 95, 100);
        return all.stream().sorted().skip(Math.max(0, rank - 1)).findFirst().orElse(Duration.ZERO);
    }
}
