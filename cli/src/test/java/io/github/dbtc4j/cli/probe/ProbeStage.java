package io.github.dbtc4j.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A sandbox in virtual time, to be probed by processes that may die in the middle.
final class ProbeStage implements SystemContext {

    private static final Duration CALL = Duration.ofMillis(100);

    final Sandbox sandbox;
    final List<String> said = new ArrayList<>();
    private final List<JobView> jobsBefore;
    private final int runsBefore;
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private int writes;
    private Trouble trouble = Trouble.NONE;
    private int at;
    private boolean stopping;

    /// What happens when a write has taken effect.
    enum Trouble {
        NONE,
        /// The process dies.
        KILL,
        /// Its answer is lost.
        LOSE,
        /// A signal stops the process before its response comes.
        STOP
    }

    /// What ends a process that was killed.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    ProbeStage(SandboxOptions options) {
        sandbox = new Sandbox(options, now);
        jobsBefore = sandbox.jobs();
        runsBefore = sandbox.runs().size();
    }

    static SandboxOptions options() {
        var pace =
                new Pace(
                        Pace.Range.seconds(5, 10),
                        Pace.Range.seconds(60, 90),
                        Pace.Range.seconds(40, 60),
                        Pace.Range.seconds(2, 8),
                        Duration.ZERO,
                        0);
        return SandboxOptions.defaults()
                .token(CommandProcess.CANARY)
                .schedules(false)
                .earlierRuns(150)
                .pace(pace);
    }

    /// With this answer, on a plan where it shows.
    static SandboxOptions options(Assumption constant) {
        return options()
                .plan(
                        constant instanceof Assumption.CiTriggerOnTrial
                                ? "trial_2025"
                                : "starter_2025")
                .with(constant);
    }

    long job() {
        return sandbox.world().ciJobId();
    }

    ProbeStage strike(Trouble trouble, int write) {
        this.trouble = trouble;
        this.at = writes + write;
        return this;
    }

    int writes() {
        return writes;
    }

    DbtCloudClient client() {
        return new DbtCloudClient(
                ClientOptions.defaults()
                        .host("https://ab123.us1.dbt.com")
                        .token(CommandProcess.CANARY)
                        .system(this)
                        .transport(this::send));
    }

    private Response send(Request request) throws IOException, InterruptedException {
        if (trouble == Trouble.KILL && writes >= at) {
            throw new Killed();
        }
        now = now.plus(CALL);
        Response response = sandbox.handle(request, now);
        now = now.plus(CALL);
        boolean written = !request.method().equals("GET");
        writes += written ? 1 : 0;
        if (trouble == Trouble.KILL && writes >= at) {
            throw new Killed();
        }
        if (trouble == Trouble.LOSE && written && writes == at) {
            throw new IOException("connection reset");
        }
        if (trouble == Trouble.STOP && written && writes == at) {
            stopping = true;
            throw new InterruptedException();
        }
        return response;
    }

    Probe.Outcome probe() {
        return probe(job());
    }

    Probe.Outcome probe(long job) {
        try {
            return new Probe(client(), this, said::add, 1, job, List.of("dbt parse"))
                    .run(() -> stopping);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The rows of a report, held against what this sandbox does.
    List<ProbeReport.Row> rows() {
        AssumptionSet inForce = sandbox.switches();
        return probe().report().rows(inForce);
    }

    /// A new process, later.
    ProbeStage restart(Duration later) {
        trouble = Trouble.NONE;
        stopping = false;
        sleep(later);
        return this;
    }

    void assertThatNothingIsLeft() {
        sandbox.advanceTo(now);
        assertThat(sandbox.jobs().stream().filter(job -> job.state() == 1).toList())
                .isEqualTo(jobsBefore);
        assertThat(ownRuns()).allMatch(RunView::isTerminal);
    }

    /// Runs made since the beginning; nothing else starts any.
    List<RunView> ownRuns() {
        List<RunView> all = sandbox.runs();
        return all.subList(runsBefore, all.size());
    }

    /// Which runs were asked to be cancelled.
    List<Long> cancelled() {
        return sandbox.history().stream()
                .filter(SandboxEvent.CancelRequested.class::isInstance)
                .map(SandboxEvent.CancelRequested.class::cast)
                .map(event -> event.run().id())
                .toList();
    }

    List<SandboxEvent.Requested> requests() {
        return sandbox.history().stream()
                .filter(SandboxEvent.Requested.class::isInstance)
                .map(SandboxEvent.Requested.class::cast)
                .toList();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    @Override
    public void sleep(Duration duration) {
        now = duration.isPositive() ? now.plus(duration) : now;
    }

    @Override
    public long random() {
        return writes;
    }
}
