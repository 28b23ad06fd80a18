package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// When to say again how a run stands: at once when that changed, else once a minute.
final class Progress {

    private static final Duration SAY_AGAIN_AFTER = Duration.ofMinutes(1);

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private @Nullable String said;
    private Duration saidAt = Duration.ZERO;

    /// The line to print, if there is one.
    Optional<String> line(Run run, Duration elapsed) {
        String standing = standing(run);
        // a message that counts down is not news each time
        String state = NUMBER.matcher(message(run)).replaceAll("") + standing(run, "");
        boolean news = !state.equals(said);
        if (run.status().isTerminal()
                || !(news || elapsed.minus(saidAt).compareTo(SAY_AGAIN_AFTER) >= 0)) {
            return Optional.empty();
        }
        said = state;
        saidAt = elapsed;
        return Optional.of(line(standing, elapsed) + VerdictText.link(run));
    }

    /// The same without the address, whether or not it changed.
    static String status(Run run, Duration elapsed) {
        return line(standing(run), elapsed);
    }

    private static String line(String standing, Duration elapsed) {
        return "[%s] %s".formatted(Durations.clock(elapsed), standing);
    }

    private static String standing(Run run) {
        return standing(run, message(run));
    }

    /// What the platform says about a run that waits, such as why it does.
    private static String message(Run run) {
        String message = run.statusMessage();
        boolean waits = run.status() == Known.QUEUED || run.status() == Known.STARTING;
        return message == null || message.isBlank() || !waits ? "" : " (" + message.strip() + ")";
    }

    private static String standing(Run run, String message) {
        String behind =
                run.blockedBy().isEmpty()
                        ? ""
                        : " behind "
                                + (run.blockedBy().size() == 1 ? "run " : "runs ")
                                + ids(run.blockedBy());
        return "Run " + run.id() + ": " + run.status().label() + behind + message;
    }

    private static String ids(List<Long> runs) {
        return runs.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
