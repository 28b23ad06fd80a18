package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Asks an account what the sandbox can only assume, with throw-away jobs beside one of its jobs.
final class Probe {

    private static final String ADDRESS = "every call is refused: this address is not allowed";

    private final DbtCloudClient client;
    private final SystemContext system;
    private final Consumer<String> say;
    private final long account;
    private final long job;
    private final List<String> steps;
    private final ProbeReport report = new ProbeReport();
    private final ProbePlatform platform;

    /// @param report every question has an answer
    /// @param disturbed whether others deleted or used a throw-away job, so that nothing can be
    ///   relied on
    /// @param clean whether nothing is left on the platform
    record Outcome(ProbeReport report, boolean disturbed, boolean clean) {}

    /// @param say receives what is being done
    /// @param job beside which to create throw-away jobs; it is only read
    /// @param steps what runs of these execute
    Probe(
            DbtCloudClient client,
            SystemContext system,
            Consumer<String> say,
            long account,
            long job,
            List<String> steps) {
        this.client = client;
        this.system = system;
        this.say = say;
        this.account = account;
        this.job = job;
        this.steps = steps;
        this.platform = new ProbePlatform(client, account, job);
    }

    /// Asks everything and leaves nothing behind, even when an exception is thrown.
    ///
    /// @param hurried whether there is no time left to wait for the end of runs
    /// @throws UsageException when the job is none to probe beside
    Outcome run(BooleanSupplier hurried) throws InterruptedException {
        Job base = base();
        if (base == null) {
            report.restNotAsked(ADDRESS);
            return new Outcome(report, false, true);
        }
        platform.beside(base);
        var cleanUp = new ProbeCleanUp(platform, system, say);
        boolean clean;
        boolean used = false;
        try {
            cleanUp.clear(false);
            ask(base);
        } catch (ProbeBench.Used _) {
            used = true;
        } finally {
            boolean interrupted = Thread.interrupted();
            clean = cleanUp.clear(interrupted || hurried.getAsBoolean());
        }
        return new Outcome(report, platform.disturbed() || used, clean);
    }

    private void ask(Job base) throws InterruptedException {
        say.accept("Reading the account.");
        String plan = ProbeReading.ask(platform, report);
        var bench = new ProbeBench(platform, report, base, system, steps);
        say.accept("Trying what comes of throw-away jobs, one after another.");
        String refused = new ProbeCreating(bench).ask();
        if (refused == null) {
            say.accept("Running one three times, which takes some minutes.");
            runThree(bench);
            say.accept("Triggering one of type ci twice, where the plan makes that a question.");
            new ProbeNativeCi(bench).ask(plan);
        } else {
            report.restNotAsked(refused);
        }
        report.restNotAsked("nothing was seen that tells");
    }

    private void runThree(ProbeBench bench) throws InterruptedException {
        ProbeReply created = bench.create(bench.job("other"));
        if (created.succeeded()) {
            new ProbeRunning(bench, ProbeBench.id(created)).ask();
        } else {
            report.restNotAsked("creating a job is refused with " + created.code());
        }
    }

    /// The job to probe beside; null when this address is not allowed to read anything.
    private @Nullable Job base() {
        ProbeReply read = platform.send(ProbeCall.BASE);
        if (read.status() == 403
                && read.message().contains("Access denied")
                && !read.message().contains("scoped")) {
            report.found(Assumption.AddressNotAllowed.FORBIDDEN);
            report.seen(ProbeMeasure.FORBIDDEN_SHAPE, read.shape());
            return null;
        }
        Job base = read.succeeded() ? Job.of(read.data()) : client.jobs().get(account, job).data();
        report.found(Assumption.AddressNotAllowed.OFF);
        refuseProduction(base, read.data().get("environment"));
        return base;
    }

    /// Other jobs defer to the last run that succeeds in such an environment: it must not be ours.
    private void refuseProduction(Job base, @Nullable Object environment) {
        Map<String, @Nullable Object> place = ProbeReply.object(environment);
        if (place.isEmpty()) {
            throw unsuitable("the platform does not show which environment it is in");
        }
        if (place.get("deployment_type") instanceof String type
                && Set.of("production", "staging").contains(type)) {
            throw unsuitable("it is in an environment of type " + type);
        }
        if (Long.valueOf(base.environmentId()).equals(base.deferringEnvironmentId())) {
            throw unsuitable("jobs defer to the environment it is in");
        }
    }

    private UsageException unsuitable(String why) {
        return new UsageException(
                "probe: nothing was written, because job %d is none to probe beside: %s."
                                .formatted(job, why)
                        + " Other jobs could defer to a run of the probe. Name a CI job with an"
                        + " environment of its own.");
    }
}
