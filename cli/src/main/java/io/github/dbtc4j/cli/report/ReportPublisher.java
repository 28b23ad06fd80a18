package io.github.dbtc4j.cli.report;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.narration.VerdictText;
import io.github.dbtc4j.cli.option.ReportOptions;
import io.github.dbtc4j.cli.pullrequest.PullRequestReport;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.JsonOutput;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.pipeline.explanation.Explainer;
import io.github.dbtc4j.pipeline.explanation.Explanation;
import io.github.dbtc4j.pipeline.report.Aborted;
import io.github.dbtc4j.pipeline.report.Closing;
import io.github.dbtc4j.pipeline.report.Ending;
import io.github.dbtc4j.pipeline.report.Rendering;
import io.github.dbtc4j.pipeline.report.Report;
import io.github.dbtc4j.pipeline.report.Skipped;
import io.github.dbtc4j.pipeline.report.TextReport;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

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
/// Failures here are logged on standard error. They change how the command ends only where a run
/// succeeded and its result or a file that was asked for cannot be written: then the exit code says
/// so.
public final class ReportPublisher implements Dbtc.NoVerdict, ProgressListener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration EXPLAINING = Duration.ofMinutes(1);
    private static final long LARGEST = 64L << 20;
    private static final long LARGEST_ARTIFACT = 512L << 20;

    private final Dbtc dbtc;
    private final Destinations to;
    private final String undone;
    private boolean told;
    private @Nullable PullRequestReport page;
    private @Nullable String pullRequest;

    /// Whether the result, or a file that an option names, could not be written.
    private boolean unwritten;

    private ReportPublisher(Dbtc dbtc, Destinations to, String undone) {
        this.dbtc = dbtc;
        this.to = to;
        this.undone = undone;
    }

    /// Gets ready; nothing is sent yet.
    ///
    /// @throws UsageException when something cannot be written
    public static ReportPublisher open(Dbtc dbtc, ReportOptions options) {
        return open(dbtc, options, "dbtc could not tell how this commit builds");
    }

    /// The same.
    ///
    /// @param undone what is to be said where something ends it before its end
    public static ReportPublisher open(Dbtc dbtc, ReportOptions options, String undone) {
        var reports = new ReportPublisher(dbtc, Destinations.of(options, dbtc.shell()), undone);
        dbtc.reports = reports;
        return reports;
    }

    /// Says which pull request it is about, and shows the build there too.
    ///
    /// @param address the pull request's page, or null
    /// @param shown null to show nothing there
    public void showOn(@Nullable String address, @Nullable PullRequestReport shown) {
        pullRequest = address;
        page = shown;
    }

    @Override
    public void onEvent(Event event) {
        dbtc.narration().onEvent(event);
        if (page != null) {
            page.onEvent(event);
        }
    }

    /// Tells how it ended, first in a sentence and in JSON, then the rest, which takes requests.
    ///
    /// @param baseJob the job that was named
    /// @param gitSha the commit that was asked for, null when unknown
    /// @return the exit code
    public int finish(
            Session session,
            Outcome outcome,
            long accountId,
            long baseJob,
            @Nullable String gitSha) {
        told = true;
        String cancelled = cancelled(session.narration(), outcome.verdict());
        String sentence = VerdictText.sentence(outcome) + cancelled;
        boolean failed = outcome.verdict() instanceof Verdict.Failed;
        session.narration().ended(outcome, failed ? sentence : VerdictText.of(outcome) + cancelled);
        tryTo("The result was not saved", true, () -> session.write(outcome));
        tryTo(
                "The report could not be made",
                false,
                () ->
                        publish(
                                new Report(
                                        outcome.verdict(),
                                        sentence,
                                        session.narration().decision(outcome.verdict().run()),
                                        session.narration().reasons(),
                                        baseJob,
                                        session.narration().cancelled(),
                                        gitSha,
                                        pullRequest,
                                        explain(outcome, accountId, failed))));
        return exitCode(ExitCode.of(outcome.verdict())).code();
    }

    /// What became of the run that was waited for in vain.
    private static String cancelled(ProgressPrinter narration, Verdict verdict) {
        return verdict instanceof Verdict.DeadlinePassed(var run) && narration.isCancelled(run)
                ? " Its cancellation was requested."
                : "";
    }

    /// Tells of a closing that ended without a run that drops schemas.
    public void closed(Closing closing) {
        told = true;
        render(closing);
    }

    /// Tells of an invocation that was not to do anything: there is no run.
    public void skipped(Skipped skipped) {
        told = true;
        tryTo("The result was not saved", true, () -> new JsonOutput(dbtc).writeNone());
        render(skipped);
    }

    /// Tells of a closing that ended with the run that drops schemas.
    public void dropped(Session session, Outcome dropped, Closing closing, long accountId) {
        told = true;
        tryTo(
                "The report could not be made",
                false,
                () ->
                        publish(
                                new Report(
                                        dropped.verdict(),
                                        VerdictText.sentence(dropped),
                                        session.narration().decision(dropped.verdict().run()),
                                        closing.lines(),
                                        closing.baseJob(),
                                        closing.cancelledRuns(),
                                        null,
                                        pullRequest,
                                        explain(
                                                dropped,
                                                accountId,
                                                dropped.verdict() instanceof Verdict.Failed))));
    }

    /// The verdict's, unless that is success and something that was asked for is not there.
    public ExitCode exitCode(ExitCode verdict) {
        return verdict == ExitCode.SUCCESS && unwritten ? ExitCode.OUTPUT : verdict;
    }

    @Override
    public void noVerdict(String message, boolean untriggered) {
        if (told) {
            return;
        }
        told = true;
        if (untriggered) {
            tryTo("The result was not saved", false, () -> new JsonOutput(dbtc).writeNone());
        }
        render(new Aborted(undone, message));
        if (page != null) {
            page.aborted(message);
        }
    }

    private Explanation explain(Outcome outcome, long accountId, boolean failed) {
        Run seen = outcome.answer() == null ? null : outcome.answer().data();
        RunId id = outcome.verdict().run();
        if (id == null) {
            return Explanation.none(seen);
        }
        Run own = seen != null && seen.id() == id.value() ? seen : null;
        boolean ended = own == null || own.status().isTerminal();
        boolean strange =
                ended
                        && own != null
                        && own.steps().stream().anyMatch(step -> step.status() == Known.ERROR);
        if (failed || strange || own == null || (ended && wantsEverything())) {
            var explainer = new Explainer(reader(LARGEST), SystemContext.real(), EXPLAINING);
            return explainer.explain(accountId, id.value(), own, wantsEverything());
        }
        return Explanation.none(own);
    }

    private boolean wantsEverything() {
        return to.wantsEverything() || (page != null && page.comments());
    }

    private void publish(Report report) {
        TextReport.of(report).lines().forEach(dbtc.narration()::say);
        render(report);
        if (page != null) {
            page.ended(report);
        }
        Run run = report.why().run();
        if (to.artifacts() != null && run != null && run.status().isTerminal()) {
            Path folder = to.artifacts();
            var downloads =
                    new Downloads(
                            reader(LARGEST_ARTIFACT),
                            SystemContext.real(),
                            dbtc.secrets(),
                            dbtc.narration()::say);
            tryTo("The artifacts could not be saved", true, () -> downloads.save(run, folder));
        }
    }

    private void render(Ending ending) {
        for (Rendering commands : to.commands()) {
            commands.of(ending).lines().forEach(dbtc.stderr()::command);
        }
        for (ReportFile file : to.files()) {
            String text = file.rendering().of(ending);
            if (!text.isEmpty() && write(file, text) && file.announcement() != null) {
                dbtc.stderr().command(file.announcement());
            }
        }
    }

    private boolean write(ReportFile file, String text) {
        var options =
                new OpenOption[] {
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    file.append() ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING
                };
        return tryTo(
                "The %s could not be written to %s".formatted(file.name(), file.path()),
                file.asked(),
                () ->
                        Files.writeString(
                                file.path(),
                                dbtc.secrets().of(text),
                                StandardCharsets.UTF_8,
                                options));
    }

    private boolean tryTo(String failure, boolean asked, Attempt attempt) {
        try {
            attempt.make();
            return true;
        } catch (IOException | RuntimeException e) {
            dbtc.narration().say(failure + ": " + e.getMessage());
            unwritten |= asked && e instanceof IOException;
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
