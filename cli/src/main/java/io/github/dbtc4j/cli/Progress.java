package io.github.dbtc4j.cli;

import io.github.dbtc4j.client.Run;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// When to say again how a run stands: at once when that changed, else once a minute.
final class Progress {

    private static final Duration AGAIN = Duration.ofMinutes(1);

    private @Nullable String said;
    private Duration saidAt = Duration.ZERO;

    /// The line to print, if there is one.
    Optional<String> line(Run run, Duration elapsed) {
        String standing = standing(run);
        boolean news = !standing.equals(said);
        if (run.status().isTerminal() || !(news || elapsed.minus(saidAt).compareTo(AGAIN) >= 0)) {
            return Optional.empty();
        }
        said = standing;
        saidAt = elapsed;
        return Optional.of(status(run, elapsed) + Verdicts.link(run));
    }

    /// The same without the address, whether or not it changed.
    static String status(Run run, Duration elapsed) {
        return "[%s] %s".formatted(Durations.clock(elapsed), standing(run));
    }

    private static String standing(Run run) {
        String behind =
                run.blockedBy().isEmpty()
                        ? ""
                        : " behind "
                                + (run.blockedBy().size() == 1 ? "run " : "runs ")
                                + ids(run.blockedBy());
        return "Run " + run.id() + ": " + run.status().label() + behind;
    }

    private static String ids(List<Long> runs) {
        return runs.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
