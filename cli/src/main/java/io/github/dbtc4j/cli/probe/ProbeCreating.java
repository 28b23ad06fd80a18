package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What comes of creating throw-away jobs, one after another, and of deleting them.
final class ProbeCreating {

    private static final int TOO_LONG = 300;

    private final ProbeBench bench;
    private final ProbeReport report;

    ProbeCreating(ProbeBench bench) {
        this.bench = bench;
        this.report = bench.report;
    }

    /// Asks all of that.
    ///
    /// @return null when throw-away jobs can be created, else why not
    @Nullable String ask() throws InterruptedException {
        ProbeReply created = bare();
        oneMore(created);
        if (!created.succeeded()) {
            return "creating a job is refused with " + created.code();
        }
        type(created.data());
        features(created.data());
        deletion(ProbeBench.id(created));
        longName();
        longDescription();
        readOnlyKeys();
        return null;
    }

    /// Creates one without the keys that may be left out, with them if need be.
    private ProbeReply bare() {
        ProbeReply created = bench.create(bench.bareJob());
        if (created.status() != 400) {
            if (created.succeeded()) {
                report.found(Assumption.IdAndScheduleOnCreate.OPTIONAL);
            }
            return created;
        }
        Map<String, @Nullable Object> job = bench.job("other");
        job.remove("job_type");
        created = bench.create(job);
        if (created.succeeded()) {
            report.found(Assumption.IdAndScheduleOnCreate.REQUIRED);
        }
        return created;
    }

    private void oneMore(ProbeReply created) {
        switch (created.status()) {
            case 200, 201 -> report.found(Assumption.OneMoreJob.ALLOWED);
            case 402 -> report.found(Assumption.OneMoreJob.LIMIT_REACHED);
            case 403 -> report.found(Assumption.OneMoreJob.FORBIDDEN);
            default -> report.seen(Assumption.OneMoreJob.class, created.code());
        }
    }

    private void type(Map<String, @Nullable Object> job) {
        String type = job.get("job_type") instanceof String text ? text : "none";
        switch (type) {
            case "other" -> report.found(Assumption.TypeOfJobWithoutTriggers.OTHER);
            case "scheduled" -> report.found(Assumption.TypeOfJobWithoutTriggers.SCHEDULED);
            case "ci" -> report.found(Assumption.TypeOfJobWithoutTriggers.CI);
            default ->
                    report.seen(Assumption.TypeOfJobWithoutTriggers.class, ProbeReading.word(type));
        }
    }

    private void features(Map<String, @Nullable Object> job) {
        Object features = job.get("cost_optimization_features");
        if (List.of().equals(features)) {
            report.found(Assumption.OmittedCostOptimization.OFF);
        } else if (List.of("inherit_environment").equals(features)) {
            report.found(Assumption.OmittedCostOptimization.INHERIT);
        } else {
            report.seen(
                    Assumption.OmittedCostOptimization.class,
                    features == null ? "not told" : "another list");
        }
    }

    private void deletion(long job) throws InterruptedException {
        ProbeReply deleted = bench.delete(job);
        if (deleted.status() == 204) {
            report.found(Assumption.DeleteAnswer.NO_CONTENT);
        } else if (deleted.succeeded() && !deleted.data().isEmpty()) {
            report.found(Assumption.DeleteAnswer.JOB);
        } else {
            report.seen(Assumption.DeleteAnswer.class, deleted.code());
        }
        ProbeReply read = bench.platform.send(ProbeCall.READ_JOB, job);
        switch (read.status()) {
            case 404 -> report.found(Assumption.ReadOfDeletedJob.NOT_FOUND);
            case 200 -> report.found(Assumption.ReadOfDeletedJob.JOB);
            default -> report.seen(Assumption.ReadOfDeletedJob.class, read.code());
        }
        triggerOfDeleted(job);
    }

    private void triggerOfDeleted(long job) throws InterruptedException {
        ProbeReply triggered = bench.trigger(job);
        if (triggered.succeeded()) {
            long id = ProbeBench.id(triggered);
            ProbeRun run = bench.await(id, ProbeRun::isRunningOrOver, ProbeBench.START_LIMIT);
            if (run.is(Known.CANCELLED)) {
                report.found(Assumption.TriggerOfDeletedJob.ACCEPTED_THEN_CANCELLED);
            } else {
                report.seen(Assumption.TriggerOfDeletedJob.class, "accepted, then " + run.label());
                bench.end(id);
            }
        } else {
            switch (triggered.status()) {
                case 404 -> report.found(Assumption.TriggerOfDeletedJob.NOT_FOUND);
                case 400 -> report.found(Assumption.TriggerOfDeletedJob.REJECTED);
                default -> report.seen(Assumption.TriggerOfDeletedJob.class, triggered.code());
            }
        }
    }

    private void longName() {
        Map<String, @Nullable Object> job = bench.job("other");
        String name = padded(job, "name");
        ProbeReply created = bench.create(job);
        if (created.succeeded()) {
            String kept = String.valueOf(created.data().get("name"));
            bench.delete(ProbeBench.id(created));
            if (kept.equals(name)) {
                report.found(Assumption.LongJobName.ACCEPTED);
            } else {
                report.seen(
                        Assumption.LongJobName.class, "cut to " + kept.length() + " characters");
            }
            return;
        }
        switch (created.status()) {
            case 400 -> report.found(Assumption.LongJobName.REJECTED);
            case 500 -> report.found(Assumption.LongJobName.SERVER_ERROR);
            default -> report.seen(Assumption.LongJobName.class, created.code());
        }
    }

    private void longDescription() {
        Map<String, @Nullable Object> job = bench.job("other");
        padded(job, "description");
        ProbeReply created = bench.create(job);
        if (created.succeeded()) {
            bench.delete(ProbeBench.id(created));
            report.seen(Assumption.LongDescription.class, "accepted");
            return;
        }
        switch (created.status()) {
            case 400 -> report.found(Assumption.LongDescription.REJECTED);
            case 500 -> report.found(Assumption.LongDescription.SERVER_ERROR);
            default -> report.seen(Assumption.LongDescription.class, created.code());
        }
    }

    private void readOnlyKeys() {
        Map<String, @Nullable Object> job = bench.job("other");
        job.put("is_deferrable", false);
        job.put("run_failure_count", 0L);
        ProbeReply created = bench.create(job);
        if (created.succeeded()) {
            bench.delete(ProbeBench.id(created));
            report.found(Assumption.ReadOnlyKeysOnCreate.IGNORED);
        } else if (created.status() == 400) {
            report.found(Assumption.ReadOnlyKeysOnCreate.REJECTED);
        } else {
            report.seen(Assumption.ReadOnlyKeysOnCreate.class, created.code());
        }
    }

    /// Makes the text `field` too long; its beginning stays, and with it name and marker.
    private static String padded(Map<String, @Nullable Object> job, String field) {
        String text = job.get(field) + " ";
        String padded = text + "x".repeat(TOO_LONG - text.length());
        job.put(field, padded);
        return padded;
    }
}
