package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.comparison.Entry;
import io.github.dbtc4j.simulation.comparison.Recording;
import io.github.dbtc4j.simulation.world.Push;
import io.github.dbtc4j.simulation.world.Repository;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// A recording told in short sentences, in the order of what happened.
final class DemoStory {

    private final Recording recording;
    private final Map<Long, RunView> runs = new HashMap<>();
    private final Map<Push, String> last = new HashMap<>();

    /// One sentence.
    record Line(Instant at, String text) {

        /// `09:23:40 #306 c1: the CI job is free: triggering it`.
        @Override
        public String toString() {
            return at.toString().substring(11, 19) + " " + text;
        }
    }

    private DemoStory(Recording recording) {
        this.recording = recording;
        recording.runs().forEach(run -> runs.put(run.id(), run));
    }

    static List<Line> of(Recording recording) {
        var story = new DemoStory(recording);
        var lines = new ArrayList<Line>();
        for (Entry entry : recording.entries()) {
            story.tell(entry).ifPresent(text -> lines.add(new Line(entry.at(), text)));
        }
        return List.copyOf(lines);
    }

    private Optional<String> tell(Entry entry) {
        return switch (entry) {
            case Entry.Pushed(var at, var push) ->
                    push.repository() == Repository.OURS
                            ? Optional.of(push.label() + " pushed")
                            : Optional.empty();
            case Entry.Told(var at, var push, Event.Decided(var plan)) -> decided(push, plan);
            case Entry.Told(var at, var push, Event.CloneDeleted it) ->
                    Optional.of(push.label() + ": clone deleted");
            case Entry.Told told -> Optional.empty();
            case Entry.Happened(var at, var by, SandboxEvent.RunRunning(var when, var run)) ->
                    recording.push(run).isEmpty()
                            ? Optional.of("a production run takes a run slot")
                            : Optional.empty();
            case Entry.Happened(var at, var by, SandboxEvent.RunFinished(var when, var run)) ->
                    finished(run);
            case Entry.Happened happened -> Optional.empty();
            case Entry.Ended ended -> Optional.empty();
        };
    }

    private Optional<String> decided(Push push, Plan plan) {
        String text = sentence(plan);
        return text.isEmpty() || text.equals(last.put(push, text))
                ? Optional.empty()
                : Optional.of(push.label() + ": " + text);
    }

    private String sentence(Plan plan) {
        return switch (plan.next()) {
            case Step.Cancel(var run) -> cancelling(plan, run);
            case Step.DeleteClone it -> "replacing its outdated clone";
            case Step.CreateClone() -> why(plan) + ": cloning it";
            case Step.AwaitVisibility it -> "";
            case Step.Trigger(Lane.Base it) ->
                    why(plan) + (isBusy(plan) ? ": queueing" : ": triggering it");
            case Step.Trigger(Lane.Clone it) ->
                    plan.reasons().stream().anyMatch(Reason.CloneExists.class::isInstance)
                            ? "triggering its clone again"
                            : "";
            case Step.Trigger(Lane.NewClone it) -> "";
            case Step.AwaitCompletion await -> "";
            case Step.ResolveWrite readBack -> "";
            case Step.Watch watch -> "";
            case Step.VerifySuccess confirm -> "";
            case Step.Finish finish -> "";
        };
    }

    private String cancelling(Plan plan, RunId run) {
        for (Reason reason : plan.reasons()) {
            if (reason instanceof Reason.SlotFreed) {
                return "a slot is free: leaving the queue for a clone";
            }
            if (reason instanceof Reason.NewerRun) {
                return "a newer commit took over";
            }
        }
        return "newer commit: cancelling " + label(run);
    }

    private static boolean isBusy(Plan plan) {
        return plan.reasons().stream().anyMatch(Reason.BaseBusy.class::isInstance);
    }

    private String why(Plan plan) {
        return plan.reasons().stream()
                .map(this::why)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String why(Reason reason) {
        return switch (reason) {
            case Reason.BaseIdle it -> "CI job is free";
            case Reason.BaseBusy(var base, var run, var pullRequest) ->
                    "CI job busy with " + label(run);
            case Reason.SlotsFree(var used, var slots) -> used + " of " + slots + " slots used";
            case Reason.SlotsExhausted(var used, var slots) -> "all " + slots + " slots used";
            case Reason.SlotsUnknown it -> "run slots unknown";
            case Reason.CapReached it -> "own cap reached";
            case Reason.PlatformRunsConcurrently it -> "the platform runs it side by side";
            case Reason.NativeForced it -> "native is forced";
            case Reason.SecretsNotClonable it -> "it has secret variables";
            case Reason.SchemaShared(var schema, var run, var pullRequest) ->
                    label(run) + " builds into the same schema";
            case Reason.CloneRefused it -> "the platform creates no clone";
            case Reason.LaneDeleted it -> "its clone is gone";
            case Reason.Conflict it -> "another run wrote into its schema";
            case Reason.LanesDedicated it -> "";
            case Reason.CloneOutdated it -> "";
            case Reason.SameCommit it -> "";
            case Reason.StaleRun it -> "";
            case Reason.CloneExists it -> "";
            case Reason.SlotFreed it -> "";
            case Reason.NewerRun it -> "";
        };
    }

    private Optional<String> finished(RunView run) {
        String label = recording.push(run).map(DemoStory::label).orElse("the production run");
        Instant from = Objects.requireNonNullElse(run.startedAt(), run.createdAt());
        Instant until = Objects.requireNonNullElse(run.finishedAt(), from);
        String time = Durations.clock(Duration.between(from, until));
        return switch (run.status()) {
            case 10 -> Optional.of(label + " ✓ success after " + time);
            case 20 -> Optional.of(label + " ✗ error after " + time);
            default -> Optional.of(label + " × cancelled");
        };
    }

    private String label(RunId id) {
        RunView run = runs.get(id.value());
        return run == null
                ? "run " + id
                : recording.push(run).map(DemoStory::label).orElse("production");
    }

    private static String label(Push push) {
        return (push.repository() == Repository.OURS ? "" : "their ") + push.label();
    }
}
