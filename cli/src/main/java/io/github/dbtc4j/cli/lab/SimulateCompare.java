package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.JsonOutput;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.simulation.comparison.Comparison;
import io.github.dbtc4j.simulation.comparison.Workload;
import io.github.dbtc4j.simulation.report.ComparisonJson;
import io.github.dbtc4j.simulation.report.ComparisonPage;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// `dbtc simulate --compare`: the days to play and the strategies are fixed.
final class SimulateCompare {

    private static final List<String> OF_SCENARIOS =
            List.of(
                    "--scenarios",
                    "--profile",
                    "--strategy",
                    "--forging",
                    "--resuming",
                    "--seed",
                    "--trace");

    private final Dbtc dbtc;
    private final int threads;

    SimulateCompare(Dbtc dbtc, int threads) {
        this.dbtc = dbtc;
        this.threads = threads;
    }

    /// @throws UsageException for an option that chooses scenarios
    static void refuseScenarios(String mode, ParseResult given) {
        for (String option : OF_SCENARIOS) {
            if (given.hasMatchedOption(option)) {
                throw new UsageException(
                        "%s always plays the same with the same strategies; leave %s out"
                                .formatted(mode, option));
            }
        }
    }

    /// Plays, prints, and writes the section of `report`, if one is named.
    void run(boolean json, @Nullable Path report) throws InterruptedException, IOException {
        String page = report == null ? "" : page(report);
        var played = new AtomicInteger();
        int all = Comparison.plays(Workload.ALL);
        Comparison comparison =
                Comparison.of(Workload.ALL, threads, () -> progress(played.incrementAndGet(), all));
        var section = new ComparisonPage(comparison);
        new JsonOutput(dbtc).write(json ? ComparisonJson.write(comparison) : section.text());
        if (report != null) {
            Files.writeString(report, section.into(page));
            dbtc.stderr().line("The comparison is in " + report.toAbsolutePath() + ".");
        }
    }

    private void progress(int played, int all) {
        String sentence = "%d of %d days".formatted(played, all);
        if (dbtc.stderr().isLive()) {
            dbtc.stderr().status(sentence);
        } else if (played * 10 / all > (played - 1) * 10 / all) {
            dbtc.stderr().line(sentence);
        }
    }

    private static String page(Path file) throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : "";
        if (!page.isEmpty() && ComparisonPage.sectionOf(page).isEmpty()) {
            throw new UsageException(
                    "--report %s has no section for the comparison; name a file that is not there yet"
                            .formatted(PlainText.of(file.toString())));
        }
        return page;
    }
}
