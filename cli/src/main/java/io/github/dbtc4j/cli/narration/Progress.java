package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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
        String state = NUMBER.matcher(message(run)).replaceAll("") + standing(run, "", Map.of());
        boolean news = !state.equals(said);
        if (run.status().isTerminal()
                || !(news || elapsed.minus(saidAt).compareTo(SAY_AGAIN_AFTER) >= 0)) {
            return Optional.empty();
        }
        said = state;
        saidAt = elapsed;
        return Optional.of(
                "[%s] Run %d: %s".formatted(Durations.clock(elapsed), run.id(), standing));
    }

    private static String standing(Run run) {
        return standing(run, Map.of());
    }

    /// `Queued behind run 101 (pull request 51)`.
    ///
    /// @param owners whose the runs are that it may wait for, as far as that is known
    static String standing(Run run, Map<Long, String> owners) {
        return standing(run, message(run), owners);
    }

    /// What the platform says about a run that waits, such as why it does.
    private static String message(Run run) {
        String message = run.statusMessage();
        boolean waits = run.status() == Known.QUEUED || run.status() == Known.STARTING;
        return message == null || message.isBlank() || !waits ? "" : " (" + message.strip() + ")";
    }

    private static String standing(Run run, String message, Map<Long, String> owners) {
        String behind =
                run.blockedBy().isEmpty()
                        ? ""
                        : " behind " + WaitingText.runs(run.blockedBy(), owners);
        return run.status().label() + behind + message;
    }
}
