package io.github.dbtc4j.cli.pullrequest;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.session.StopHook;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.Trigger;
import io.github.dbtc4j.githost.CommentMarker;
import io.github.dbtc4j.githost.CommitStatus;
import io.github.dbtc4j.githost.GitHost;
import io.github.dbtc4j.http.HttpTransport;
import io.github.dbtc4j.http.ServerRoute;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.pipeline.detection.Detection;
import io.github.dbtc4j.pipeline.report.Aborted;
import io.github.dbtc4j.pipeline.report.MarkdownReport;
import io.github.dbtc4j.pipeline.report.Report;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/// Shows one build on its pull request, as far as the options ask for it.
///
/// What a host refuses is said on standard error, once. It changes neither verdict nor exit code.
public final class PullRequestReport implements AutoCloseable {

    private static final String UNTOLD = "dbtc could not tell how this commit builds: ";
    private static final Pattern PAGE = Pattern.compile("https?://[\\w.~:/?#@!&+,;=-]{1,1000}");
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LARGEST = 16L << 20;

    /// How long the end of the command waits for the host.
    private static final Duration AT_THE_END = Duration.ofSeconds(45);

    /// How long a signal lets it wait: CI systems kill soon after.
    private static final Duration AT_A_SIGNAL = Duration.ofSeconds(5);

    /// Whole seconds are all that `Date` tells.
    private static final Duration CERTAINLY_BEFORE = Duration.ofSeconds(3);

    private final PullRequestOptions asked;
    private final Dbtc dbtc;
    private final GitHost host;
    private final HttpTransport transport;
    private final Detection.Found pipeline;
    private final long account;
    private final long job;
    private final StatusWriter writer;
    private final DbtCloudClient reader;
    private final StopHook hook;

    private @Nullable StatusText shown;
    private @Nullable String page;
    private @Nullable Long run;
    private @Nullable Job read;
    private boolean ended;

    private PullRequestReport(
            Dbtc dbtc,
            PullRequestOptions asked,
            HostPlace place,
            Detection.Found pipeline,
            long account,
            long job) {
        this.dbtc = dbtc;
        this.asked = asked;
        this.pipeline = pipeline;
        this.account = account;
        this.job = job;
        URI api = place.repository().api();
        transport =
                new HttpTransport(
                        CONNECT,
                        LARGEST,
                        ServerRoute.to(api, dbtc.certificates(), dbtc.shell().environment()));
        host =
                place.kind()
                        .connect(
                                place.repository(),
                                place.credential(),
                                transport,
                                SystemContext.real());
        reader = Session.reader(dbtc, PATIENCE, LARGEST);
        writer = new StatusWriter(SystemContext.real(), dbtc.narration()::say);
        hook = new StopHook(this::stopped);
    }

    /// Gets ready to show the build of `pipeline`; null when the options ask for nothing. Nothing
    /// is sent yet.
    ///
    /// @param waits whether the command waits for the run's end
    /// @throws UsageException when the git host or its token is unknown
    public static @Nullable PullRequestReport open(
            Dbtc dbtc,
            PullRequestOptions asked,
            Detection.Found pipeline,
            long account,
            long job,
            boolean waits) {
        if (!asked.any()) {
            return null;
        }
        if (!waits) {
            throw new UsageException(
                    "--commit-status and --comment show how the build ended, which"
                            + " --no-should-poll (DBTC_SHOULD_POLL) does not wait for; leave one"
                            + " of them out");
        }
        HostPlace place = HostLookup.find(pipeline.system(), dbtc.shell().environment(), asked);
        return new PullRequestReport(dbtc, asked, place, pipeline, account, job);
    }

    /// Whether there will be a comment.
    public boolean comments() {
        return asked.comment;
    }

    /// Shows what happens, if it concerns the run.
    public void onEvent(Event event) {
        switch (event) {
            case Event.RunTriggered(var run) -> show(run);
            case Event.Progress(var run, _) -> show(run);
            default -> {}
        }
    }

    private synchronized void show(Run seen) {
        page = seen.href();
        run = seen.id();
        if (asked.commitStatus && !ended && !seen.status().isTerminal()) {
            StatusText text = StatusText.of(seen);
            if (!text.equals(shown)) {
                shown = text;
                writer.soon(() -> set(text));
            }
        }
    }

    /// Shows how the build ended, and waits until that is written.
    public void ended(Report report) {
        StatusText text = StatusText.of(report);
        end(() -> {
            if (!(report.verdict() instanceof Verdict.Superseded by) || isOfAnotherCommit(by)) {
                set(text);
            }
        });
        if (asked.comment && !(report.verdict() instanceof Verdict.Superseded)) {
            String markdown = MarkdownReport.of(report.withoutWay(), host.rendersHtml());
            writer.comment(() -> keep(markdown));
        }
        close();
    }

    /// Shows that there is no verdict, and waits until that is written.
    public void aborted(String message) {
        end(() -> unlessTakenOver(StatusText.aborted(message, page)));
        if (asked.comment) {
            String markdown = MarkdownReport.of(new Aborted(UNTOLD + pipeline.commit(), message));
            writer.comment(() -> keep(markdown));
        }
        close();
    }

    private void stopped() {
        end(() -> unlessTakenOver(StatusText.stopped(page)));
        if (!writer.finish(AT_A_SIGNAL)) {
            dbtc.narration().say("The git host took too long: the commit's status is out of date.");
        }
    }

    /// Sets the status of a pipeline that ends early, unless its run had ended before that: then a
    /// newer pipeline, perhaps of the same commit, has taken over and shows its own state.
    private void unlessTakenOver(StatusText text) {
        if (!hadEnded()) {
            set(text);
        }
    }

    private boolean hadEnded() {
        Long last = run;
        if (last == null) {
            return false;
        }
        try {
            ApiResponse<Run> seen = reader.runs().get(account, last);
            Instant ended = seen.data().finishedAt();
            return ended != null
                    && seen.serverTime() != null
                    && ended.isBefore(seen.serverTime().minus(CERTAINLY_BEFORE));
        } catch (DbtCloudException e) {
            return false;
        }
    }

    private void keep(String markdown) {
        host.keepComment(number(), new CommentMarker("ci/" + job), dbtc.secrets().of(markdown));
    }

    private synchronized void end(Runnable status) {
        if (!ended) {
            ended = true;
            if (asked.commitStatus) {
                writer.last(status);
            }
        }
    }

    /// A newer pipeline of the same commit, such as a repeated one, shows its own state beside it.
    private boolean isOfAnotherCommit(Verdict.Superseded superseded) {
        try {
            Trigger newer =
                    reader.runs()
                            .get(account, superseded.by().value(), Include.TRIGGER)
                            .data()
                            .trigger();
            String commit = newer == null ? null : newer.gitSha();
            return commit != null && !isSame(commit, pipeline.commit());
        } catch (DbtCloudException e) {
            dbtc.narration()
                    .say(
                            "The commit's status stays as it is: the newer run cannot be read: "
                                    + e.getMessage());
            return false;
        }
    }

    /// Whether one is the other, or its beginning.
    private static boolean isSame(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    /// A status of another name would stand beside the one that people wait for: where neither an
    /// option nor the platform tells the name, there is none.
    private void set(StatusText text) {
        String context = context();
        if (context == null) {
            return;
        }
        host.setStatus(
                number(),
                pipeline.commit(),
                new CommitStatus(
                        text.state(), safe(context), safe(text.text()), target(text.page())));
    }

    private @Nullable String context() {
        if (asked.context != null && !asked.context.isBlank()) {
            return asked.context.strip();
        }
        Job base = base();
        return base == null ? null : "dbt/" + base.name();
    }

    private String safe(String text) {
        return dbtc.secrets().of(text);
    }

    /// The run's page, or, where that is none, the job's.
    private URI target(@Nullable String href) {
        if (href != null && PAGE.matcher(href).matches()) {
            return URI.create(href);
        }
        Job base = base();
        return reader.host()
                .at(
                        base == null
                                ? "/deploy/" + account
                                : "/deploy/%d/projects/%d/jobs/%d"
                                        .formatted(account, base.projectId(), job));
    }

    private long number() {
        return pipeline.pullRequest().number();
    }

    /// The job, read once; null when the platform does not say.
    private @Nullable Job base() {
        if (read == null) {
            try {
                read = reader.jobs().get(account, job).data();
            } catch (DbtCloudException e) {
                dbtc.narration()
                        .say(
                                "No commit status is set, as it bears the job's name, which cannot"
                                        + " be read: "
                                        + e.getMessage());
            }
        }
        return read;
    }

    @Override
    public void close() {
        hook.withdraw();
        if (!writer.finish(AT_THE_END)) {
            dbtc.narration().say("The git host took too long: the pull request may not show it.");
        }
        transport.close();
    }
}
