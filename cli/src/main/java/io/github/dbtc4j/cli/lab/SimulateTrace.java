package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.cli.narration.PlanText;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.property.Violation;
import io.github.dbtc4j.simulation.world.Repository;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A scenario's history, one line for each thing that happened: when, who, what.
final class SimulateTrace {

    private static final String PATH = "/api/v\\d/accounts/\\d+";

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final History history;
    private final Map<Integer, String> names = new HashMap<>();

    private record Line(Instant at, String who, String what) {}

    private SimulateTrace(History history) {
        this.history = history;
        history.invocations()
                .forEach(invocation -> names.put(invocation.number(), name(invocation)));
    }

    /// The lines, none wider than `width`.
    static List<String> of(History history, int width) {
        var trace = new SimulateTrace(history);
        var lines = new ArrayList<String>();
        lines.add(
                "Scenario %d, %s, %s: base job %d, %d run slots."
                        .formatted(
                                history.seed(),
                                history.profile().title(),
                                history.strategy().label(),
                                history.baseJob(),
                                history.runSlots()));
        trace.lines().map(SimulateTrace::text).forEach(lines::add);
        lines.add("");
        List<Violation> violations = Property.all(history);
        if (violations.isEmpty()) {
            lines.add("No rule was broken.");
        }
        for (Violation it : violations) {
            lines.add(
                    "%s %s %s: %s: %s"
                            .formatted(
                                    clock(it.at()),
                                    it.rule(),
                                    it.kind(),
                                    it.rule().title(),
                                    it.what()));
        }
        return lines.stream().map(text -> cut(PlainText.of(text), width)).toList();
    }

    private Stream<Line> lines() {
        Stream<Line> ends =
                history.invocations().stream()
                        .map(invocation ->
                                new Line(
                                        Optional.ofNullable(invocation.ended())
                                                .orElse(history.end()),
                                        name(invocation),
                                        "ended: " + invocation.ending()));
        Stream<Line> begins =
                history.invocations().stream()
                        .map(invocation ->
                                new Line(
                                        invocation.began(),
                                        name(invocation),
                                        "began with " + sha(invocation.sha())));
        return Stream.of(
                        begins,
                        history.acts().stream()
                                .flatMap(event ->
                                        what(event).stream()
                                                .map(what ->
                                                        new Line(event.at(), who(event), what))),
                        ends)
                .flatMap(stream -> stream)
                .sorted(Comparator.comparing(Line::at));
    }

    private static String text(Line line) {
        return "%s %-12s %s".formatted(clock(line.at), line.who, line.what);
    }

    /// Such as `#50 701.1`, and `×` before it for another repository's.
    private static String name(InvocationRecord it) {
        return "%s#%s %s%s"
                .formatted(
                        it.repository() == Repository.OURS ? "" : "×",
                        it.pullRequest() == null ? "-" : it.pullRequest(),
                        it.order(),
                        it.sequenced() ? "" : "?");
    }

    private String who(HistoryEvent act) {
        Integer invocation = act.invocation();
        return invocation == null ? "-" : names.getOrDefault(invocation, "?");
    }

    private Optional<String> what(HistoryEvent act) {
        return switch (act) {
            case HistoryEvent.Sent it ->
                    Optional.of("→ " + it.method() + " " + it.path().replaceFirst(PATH, ""));
            case HistoryEvent.Answered it -> Optional.of("← " + it.status());
            case HistoryEvent.Unanswered it -> Optional.of("← nothing: " + it.why());
            case HistoryEvent.Happened it -> happened(it.event());
            case HistoryEvent.Told it -> told(it.event());
            case HistoryEvent.Paused it ->
                    Optional.of("stands still for " + it.howLong().toSeconds() + " s");
            case HistoryEvent.Done it -> Optional.of("! " + it.what());
            case HistoryEvent.Forged it ->
                    Optional.of("! run %d is forged: %s".formatted(it.run(), it.body()));
        };
    }

    private static Optional<String> told(Event event) {
        if (event instanceof Event.Decided(var plan)) {
            return Optional.of("“" + PlanText.of(plan) + "”");
        }
        boolean isShown =
                event instanceof Event.Progress
                        || event instanceof Event.UnusualJob
                        || event instanceof Event.RunTriggered
                        || event instanceof Event.CloneCreated;
        return isShown ? Optional.empty() : Optional.of("“" + event + "”");
    }

    private Optional<String> happened(SandboxEvent event) {
        return switch (event) {
            case SandboxEvent.RunQueued it -> Optional.of(run(it.run()) + " is queued");
            case SandboxEvent.RunStarting it -> Optional.of(run(it.run()) + " is prepared");
            case SandboxEvent.RunRunning it -> Optional.of(run(it.run()) + " executes");
            case SandboxEvent.RunFinished it ->
                    Optional.of(
                            run(it.run())
                                    + switch (it.run().status()) {
                                        case 10 -> " succeeded";
                                        case 20 -> " failed";
                                        default -> " is cancelled";
                                    });
            case SandboxEvent.CancelRequested it ->
                    Optional.of(run(it.run()) + " is to be cancelled");
            case SandboxEvent.JobCreated it ->
                    Optional.of("job %d is created: %s".formatted(it.job().id(), it.job().name()));
            case SandboxEvent.JobUpdated it -> Optional.of("job " + it.job().id() + " is changed");
            case SandboxEvent.JobDeleted it -> Optional.of("job " + it.job().id() + " is deleted");
            case SandboxEvent.Requested _ -> Optional.empty();
        };
    }

    private String run(RunView run) {
        return "run %d of %s on %s"
                .formatted(
                        run.id(),
                        sha(run.gitSha()),
                        run.jobId() == history.baseJob() ? "the base job" : "job " + run.jobId());
    }

    private static String sha(@Nullable String sha) {
        return sha == null ? "nothing" : sha.substring(0, Math.min(7, sha.length()));
    }

    private static String clock(Instant at) {
        return CLOCK.format(at);
    }

    private static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }
}
