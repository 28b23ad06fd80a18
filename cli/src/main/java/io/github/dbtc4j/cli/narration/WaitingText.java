package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.client.model.RunStep;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A run in progress in one line: `[3:20] Run 110: 3 of 5 · dbt build · about 2:10 left`.
///
/// @param run as it was seen last
/// @param steps those that have begun
/// @param usual how long such a run executes, null when that is not known
/// @param owners what is known of the runs it may wait for, such as `pull request 51`
record WaitingText(
        Run run, List<RunStep> steps, @Nullable Duration usual, Map<Long, String> owners) {

    private static final Pattern COMMAND = Pattern.compile("`([^`]+)`");
    private static final String DOT = " · ";
    private static final int SHORTEST_STEP = 12;

    /// The line.
    ///
    /// @param elapsed since the command began to wait
    /// @param executed since the run started, null when it has not
    /// @param columns how long the line may be; the step's name gives way first
    String line(Duration elapsed, @Nullable Duration executed, int columns) {
        String before = "[%s] Run %d: ".formatted(Durations.clock(elapsed), run.id());
        String after = end(executed);
        String what = what();
        int room = Math.max(SHORTEST_STEP, columns - before.length() - after.length());
        return cut(before + cut(what, room) + after, columns);
    }

    private String what() {
        if (run.status() == Known.QUEUED) {
            return Progress.standing(run, owners);
        }
        RunStep step = steps.isEmpty() ? null : steps.getLast();
        return step == null || run.status() == Known.STARTING
                ? Progress.standing(run, owners)
                : step(step);
    }

    /// Its place among the commands of the job, which the platform's own steps come before.
    private String step(RunStep step) {
        Matcher command = COMMAND.matcher(step.name());
        if (!command.find()) {
            return step.name();
        }
        List<String> commands = commands();
        int place = commands.indexOf(command.group(1)) + 1;
        return place == 0
                ? command.group(1)
                : "%d of %d".formatted(place, commands.size()) + DOT + command.group(1);
    }

    private List<String> commands() {
        List<String> override = run.trigger() == null ? null : run.trigger().stepsOverride();
        if (override != null && !override.isEmpty()) {
            return override;
        }
        return run.job() == null ? List.of() : run.job().executeSteps();
    }

    private String end(@Nullable Duration executed) {
        if (usual == null) {
            return "";
        }
        if (executed == null) {
            return DOT + "takes about " + Durations.clock(usual);
        }
        Duration left = usual.minus(executed);
        return left.isPositive()
                ? DOT + "about " + Durations.clock(left) + " left"
                : DOT + "longer than the usual " + Durations.clock(usual);
    }

    /// `run 101 (pull request 51), run 102`.
    static String runs(List<Long> runs, Map<Long, String> owners) {
        return runs.stream()
                .map(run ->
                        "run "
                                + run
                                + (owners.containsKey(run) ? " (" + owners.get(run) + ")" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "…";
    }
}
