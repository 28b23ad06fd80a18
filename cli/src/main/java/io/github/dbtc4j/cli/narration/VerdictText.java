package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.client.model.Cancellation;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.client.model.RunStep;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A verdict in English.
public final class VerdictText {

    private VerdictText() {}

    /// How it ended, with the failed step and where to click.
    public static String of(Outcome outcome) {
        Run run = run(outcome);
        return sentence(outcome, step(run)) + link(run);
    }

    /// How it ended, and nothing else.
    public static String sentence(Outcome outcome) {
        return sentence(outcome, "");
    }

    private static String sentence(Outcome outcome, String step) {
        Run run = run(outcome);
        return switch (outcome.verdict()) {
            case Verdict.Triggered(var id) -> "Not waiting for run " + id + ".";
            case Verdict.Succeeded(var id) -> "Run " + id + " succeeded" + ended(run, "");
            case Verdict.Failed(var id) -> "Run " + id + " failed" + ended(run, step);
            case Verdict.Cancelled(var id) ->
                    isCancelledByPlatform(run)
                            ? "The platform itself cancelled run "
                                    + id
                                    + ended(run, "")
                                    + " No person and no pipeline requested that: start the"
                                    + " pipeline again, and see status.getdbt.com if it happens"
                                    + " again."
                            : "Run " + id + " was cancelled" + canceller(run) + ended(run, "");
            case Verdict.Superseded(var id, var by) ->
                    (id == null
                                    ? "Nothing was triggered: run %s is".formatted(by)
                                    : "Run %s was superseded by run %s,".formatted(id, by))
                            + " for a newer commit or attempt of this pull request. Its verdict"
                            + " counts; nothing is left to do here. Only where run %s is none of"
                                    .formatted(by)
                            + " your pipelines': start again with --sequence and another"
                            + " --sequence-scope.";
            case Verdict.Conflicted(var id, var by) ->
                    "Run %s succeeded, but run %s wrote into its schema at the".formatted(id, by)
                            + " same time, and no attempt or time is left to run it again: the"
                            + " result is unreliable. Find out what triggers this job besides dbtc,"
                            + " and which payloads name the same schema_override.";
            case Verdict.DeadlinePassed(var id) -> deadline(id, run);
        };
    }

    private static String deadline(@Nullable RunId id, @Nullable Run run) {
        if (id == null) {
            return "Timed out before a run was triggered.";
        }
        return run == null
                ? "Timed out waiting for run %s.".formatted(id)
                : "Timed out; run %s has status %s.".formatted(id, run.status().label());
    }

    /// ` after 3:20, in step "…": message`, as far as these are known.
    private static String ended(@Nullable Run run, String step) {
        if (run == null) {
            return ".";
        }
        String message = Objects.requireNonNullElse(run.statusMessage(), "");
        return duration(run) + step + (message.isBlank() ? "." : ": " + message);
    }

    private static String step(@Nullable Run run) {
        return failedStep(run).map(name -> ", in step \"" + name + "\"").orElse("");
    }

    /// Returns the name of the first step of `run` that failed, as far as it is known.
    public static Optional<String> failedStep(@Nullable Run run) {
        return run == null
                ? Optional.empty()
                : run.steps().stream()
                        .filter(step -> step.status() == Known.ERROR)
                        .findFirst()
                        .map(RunStep::name);
    }

    /// The own run, unless another's is what the verdict is about.
    private static @Nullable Run run(Outcome outcome) {
        Run own = outcome.answer() == null ? null : outcome.answer().data();
        RunId id = outcome.verdict().run();
        return own == null || id == null || id.value() != own.id() ? null : own;
    }

    private static String duration(Run run) {
        return run.finishedAt() == null
                ? ""
                : " after " + Durations.clock(Duration.between(run.createdAt(), run.finishedAt()));
    }

    /// Reasons the platform has and states: its time limit, a newer run, a deleted job.
    private static final Pattern TOLD = Pattern.compile("timed out|newer|deleted");

    /// Whether the platform shows a cancellation without a cancel request and without a reason. In
    /// February 2026 it cancelled runs that had waited for ten minutes (status.getdbt.com).
    private static boolean isCancelledByPlatform(@Nullable Run run) {
        return run != null
                && run.cancellation() == null
                && run.fields().get("audit") instanceof Map<?, ?> audit
                && audit.containsKey("cancellation")
                && !TOLD.matcher(Objects.requireNonNullElse(run.statusMessage(), "")).find();
    }

    private static String canceller(@Nullable Run run) {
        Cancellation by = run == null ? null : run.cancellation();
        if (by == null) {
            return "";
        }
        String who =
                Stream.of(by.actorName(), by.actorType())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "));
        return who.isEmpty() ? "" : " by " + who;
    }

    /// Returns what to know about a run that is no longer waited for.
    public static String mayGoOn(Run run) {
        return "Run %d may still be in progress; `dbtc runs cancel --run-id=%d` cancels it.%s"
                .formatted(run.id(), run.id(), link(run));
    }

    public static String link(@Nullable Run run) {
        return run == null || run.href() == null ? "" : " " + run.href();
    }
}
