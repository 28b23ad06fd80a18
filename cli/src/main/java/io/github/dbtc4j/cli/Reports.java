package io.github.dbtc4j.cli;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.Run;
import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.pipeline.AzureReport;
import io.github.dbtc4j.pipeline.Explainer;
import io.github.dbtc4j.pipeline.Explanation;
import io.github.dbtc4j.pipeline.GithubReport;
import io.github.dbtc4j.pipeline.JunitReport;
import io.github.dbtc4j.pipeline.MarkdownReport;
import io.github.dbtc4j.pipeline.Outputs;
import io.github.dbtc4j.pipeline.Report;
import io.github.dbtc4j.pipeline.TextReport;
import io.github.dbtc4j.planner.RunId;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Tells people and CI systems how an invocation ended, in every way that was asked for.
///
/// Nothing that goes wrong here changes how the command ends: it is told on standard error.
final class Reports {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration EXPLAINING = Duration.ofMinutes(1);
    private static final long LARGEST = 64L << 20;
    private static final long LARGEST_ARTIFACT = 512L << 20;

    private final Dbtc dbtc;
    private final Destinations to;
    private boolean told;

    private Reports(Dbtc dbtc, Destinations to) {
        this.dbtc = dbtc;
        this.to = to;
    }

    /// Gets ready; nothing is sent yet.
    ///
    /// @throws WrongUsage when something cannot be written
    static Reports open(Dbtc dbtc, ReportOptions options) {
        var reports = new Reports(dbtc, Destinations.of(options, dbtc.shell()));
        dbtc.reports = reports;
        return reports;
    }

    /// Tells how it ended, first in a sentence and in JSON, then the rest, which takes requests.
    ///
    /// @param baseJob the job that was named
    /// @param gitSha the commit that was asked for, null when unknown
    /// @return the exit code
    int finish(
            Session session, Outcome outcome, long accountId, long baseJob, @Nullable String gitSha)
            throws IOException {
        told = true;
        String sentence = Verdicts.sentence(outcome);
        boolean failed = outcome.verdict() instanceof Verdict.Failed;
        session.narration().ended(outcome, failed ? sentence : Verdicts.of(outcome));
        try {
            session.write(outcome);
        } finally {
            tryTo(
                    "The report could not be made",
                    () -> {
                        Explanation why = explain(outcome, accountId, failed);
                        publish(
                                new Report(
                                        outcome.verdict(),
                                        sentence,
                                        session.narration()
                                                .decision(Verdicts.of(outcome.verdict())),
                                        session.narration().reasons(),
                                        baseJob,
                                        session.narration().cancelled(),
                                        gitSha,
                                        why),
                                accountId);
                    });
        }
        return ExitCode.of(outcome.verdict()).code();
    }

    /// Tells that `message` ended it before there was a verdict.
    void noVerdict(String message) {
        if (told) {
            return;
        }
        told = true;
        if (to.github()) {
            dbtc.stderr().command(GithubReport.noVerdict(message));
        }
        if (to.azure()) {
            dbtc.stderr().command(AzureReport.noVerdict(message));
        }
        writeSummary(MarkdownReport.noVerdict(message));
        write("JUnit report", to.junit(), JunitReport.noVerdict(message), false);
    }

    private Explanation explain(Outcome outcome, long accountId, boolean failed) {
        Run seen = outcome.answer() == null ? null : outcome.answer().data();
        RunId id = Verdicts.of(outcome.verdict());
        if (id == null) {
            return Explanation.none(seen);
        }
        Run own = seen != null && seen.id() == id.value() ? seen : null;
        boolean ended = own == null || own.status().isTerminal();
        if (failed || own == null || (ended && to.wantsEverything())) {
            var explainer =
                    new Explainer(reader(LARGEST), Surroundings.ofThisMachine(), EXPLAINING);
            return explainer.explain(accountId, id.value(), own, to.wantsEverything());
        }
        return Explanation.none(own);
    }

    private void publish(Report report, long accountId) {
        TextReport.of(report).forEach(dbtc.narration()::say);
        if (to.github()) {
            GithubReport.annotations(report).forEach(dbtc.stderr()::command);
        }
        if (to.azure()) {
            AzureReport.commands(report).forEach(dbtc.stderr()::command);
        }
        write("outputs", to.githubOutputs(), GithubReport.outputs(Outputs.of(report)), true);
        writeSummary(MarkdownReport.of(report));
        write("JUnit report", to.junit(), JunitReport.of(report), false);
        write("dotenv file", to.dotenv(), Outputs.dotenv(Outputs.of(report)), false);
        Run run = report.why().run();
        if (to.artifacts() != null && run != null && run.status().isTerminal()) {
            Path folder = to.artifacts();
            var downloads =
                    new Downloads(
                            reader(LARGEST_ARTIFACT),
                            Surroundings.ofThisMachine(),
                            dbtc.secrets(),
                            dbtc.narration()::say);
            tryTo(
                    "The artifacts could not be saved",
                    () -> downloads.save(accountId, run.id(), folder));
        }
    }

    private void writeSummary(String markdown) {
        write("job summary", to.githubSummary(), markdown, true);
        write("summary", to.summary(), markdown, false);
        if (write("summary", to.azureSummary(), markdown, false)) {
            dbtc.stderr().command(AzureReport.uploadSummary(String.valueOf(to.azureSummary())));
        }
    }

    /// @return whether there was something to write, and it was written
    private boolean write(String what, @Nullable Path file, String text, boolean add) {
        if (file == null) {
            return false;
        }
        var options =
                new OpenOption[] {
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    add ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING
                };
        return tryTo(
                "The " + what + " could not be written to " + file,
                () ->
                        Files.writeString(
                                file, dbtc.secrets().of(text), StandardCharsets.UTF_8, options));
    }

    private boolean tryTo(String failure, Attempt attempt) {
        try {
            attempt.make();
            return true;
        } catch (IOException | RuntimeException e) {
            dbtc.narration().say(failure + ": " + e.getMessage());
            return false;
        }
    }

    /// Something that may fail.
    @FunctionalInterface
    private interface Attempt {
        void make() throws IOException;
    }

    /// A client of its own: the other one is patient for minutes, and takes answers of any size.
    private DbtCloudClient reader(long largest) {
        return Session.reader(
                dbtc, PATIENCE, Math.min(largest, Runtime.getRuntime().maxMemory() / 8));
    }
}
