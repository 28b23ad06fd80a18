package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.TerminalSize;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.simulation.comparison.Contender;
import io.github.dbtc4j.simulation.comparison.Recording;
import io.github.dbtc4j.simulation.comparison.WorkloadTrace;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// `dbtc demo`.
@Command(
        description = {
            "Watch a morning of pull requests on a simulated dbt platform.",
            "The real autoscaler with its defaults, in virtual time, then its figures beside those"
                + " of plain queueing, of the original's rule and of the best possible. Needs no"
                + " network and no account."
        },
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --seed=7 --report=morning.html")
final class DemoCommand implements Callable<Integer> {

    /// What the whole morning is shortened to.
    private static final Duration SHOW = Duration.ofSeconds(24);

    private static final Duration FRAME = Duration.ofMillis(80);

    private final Dbtc dbtc;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            descriptionKey = "DBTC_DEMO_SEED",
            description =
                    "Which morning, default 1. The same seed shows the same"
                            + " [env: DBTC_DEMO_SEED].")
    private long seed;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            descriptionKey = "DBTC_DEMO_REPORT",
            description =
                    "Also write it all to one HTML page with a timeline per strategy"
                            + " [env: DBTC_DEMO_REPORT].")
    private @Nullable Path report;

    @Option(
            names = "--speed",
            paramLabel = "X",
            descriptionKey = "DBTC_DEMO_SPEED",
            description =
                    "Virtual seconds a second; default: the whole morning in 24 seconds"
                            + " [env: DBTC_DEMO_SPEED].")
    private @Nullable Double speed;

    @Option(
            names = "--no-animation",
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_DEMO_NO_ANIMATION",
            description =
                    "Print lines instead; the default where there is no terminal"
                            + " [env: DBTC_DEMO_NO_ANIMATION].")
    private boolean still;

    DemoCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (speed != null && !(speed > 0)) {
            throw new UsageException("--speed " + speed + ": expected more than 0");
        }
        if (report != null) {
            write(report, "");
        }
        WorkloadTrace morning = WorkloadTrace.of(seed);
        print(headline(morning) + "\n");
        Recording ours = Contender.OURS.play(morning);
        var others = new FutureTask<>(() -> others(morning));
        Thread.ofPlatform().daemon().start(others);
        if (dbtc.shell().live() && !still) {
            animate(ours);
        } else {
            DemoStory.of(ours).forEach(line -> dbtc.stderr().line(line.toString()));
        }
        var recordings = new ArrayList<>(result(others));
        recordings.add(ours);
        DemoTable table = DemoTable.of(morning, recordings);
        print("\n" + table.text() + "\n" + table.conclusion());
        if (report != null) {
            write(report, DemoReport.of(headline(morning), recordings, table));
            dbtc.stderr().line("The timelines are in " + report.toAbsolutePath() + ".");
        }
        return ExitCode.SUCCESS.code();
    }

    static String headline(WorkloadTrace morning) {
        return "Simulated platform, virtual time, seed %d: %d pull requests, %d commits, %d slots."
                .formatted(
                        morning.seed(),
                        morning.newest().size(),
                        morning.ours().size(),
                        morning.runSlots());
    }

    private static List<Recording> others(WorkloadTrace morning) throws InterruptedException {
        return List.of(Contender.QUEUE.play(morning), Contender.ORIGINAL.play(morning));
    }

    private static List<Recording> result(FutureTask<List<Recording>> task)
            throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the simulation failed", e.getCause());
        }
    }

    private void animate(Recording recording) throws InterruptedException {
        SystemContext machine = SystemContext.real();
        TerminalSize size = TerminalSize.ofThisProcess();
        var ink = new DemoInk(dbtc.shell().variable("NO_COLOR").isEmpty());
        var view = new DemoView(recording, ink, size.width(), size.height());
        Instant start = recording.morning().start();
        Duration length = Duration.between(start, recording.end());
        double factor = speed == null ? (double) length.toNanos() / SHOW.toNanos() : speed;
        long began = machine.nanoTime();
        Instant now = start;
        boolean first = true;
        while (true) {
            show(view.frame(now), first);
            first = false;
            if (!now.isBefore(recording.end())) {
                return;
            }
            machine.sleep(FRAME);
            now = start.plusNanos((long) ((machine.nanoTime() - began) * factor));
            now = now.isAfter(recording.end()) ? recording.end() : now;
        }
    }

    /// Draws over the frame before.
    private void show(List<String> lines, boolean first) {
        var text = new StringBuilder(first ? "" : "\u001B[" + lines.size() + "A");
        lines.forEach(line -> text.append('\r').append(line).append("\u001B[K\n"));
        PrintStream err = dbtc.shell().err();
        err.print(text);
        err.flush();
    }

    /// Tried with an empty page before the demo, so that it need not be played twice.
    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UsageException(
                    "--report %s cannot be written (%s); name a file in a folder that is there"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    private void print(String text) {
        dbtc.shell().out().print(text);
        dbtc.shell().out().flush();
    }
}
