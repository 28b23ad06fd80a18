package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.autoscaler.event.JobWarning;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.pipeline.detection.Detection;
import io.github.dbtc4j.planner.Lane;
import io.github.dbtc4j.planner.Plan;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Step;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Decisions and their reasons in English.
public final class PlanText {

    private PlanText() {}

    /// `Job 73797 is busy with run 101 (pull request 51); 1 of 5 run slots in use: cloning it.`
    public static String of(Plan plan) {
        return of(plan.reasons(), plan);
    }

    /// The same with only some of the plan's reasons.
    static String of(List<Reason> reasons, Plan plan) {
        String why = reasons.stream().map(PlanText::of).collect(Collectors.joining("; "));
        String what =
                plan.steps().stream()
                        .flatMap(step -> of(step, plan).stream())
                        .collect(Collectors.joining(", then "));
        if (what.isEmpty() && reasons.stream().anyMatch(Reason.SameCommit.class::isInstance)) {
            what = "triggering nothing";
        }
        String colon = why.isEmpty() || what.isEmpty() ? "" : ": ";
        String text = why + colon + (what.isEmpty() && why.isEmpty() ? "nothing to do" : what);
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private static String of(Reason reason) {
        return switch (reason) {
            case Reason.StaleRun(var run, var job, var sameCommit) ->
                    "run %s of this pull request is ".formatted(run)
                            + (sameCommit
                                    ? "an earlier attempt at the same commit"
                                    : "for an older commit");
            case Reason.BaseIdle(var base) -> "job %s is idle".formatted(base);
            case Reason.BaseBusy(var base, var run, var pullRequest) ->
                    "job %s is busy with run %s".formatted(base, run)
                            + (pullRequest == null ? "" : " (" + of(pullRequest) + ")");
            case Reason.SlotsFree(var used, var runSlots) -> slots(used, runSlots);
            case Reason.SlotsExhausted(var used, var runSlots) -> slots(used, runSlots);
            case Reason.SlotsUnknown() -> "the account's number of run slots is unknown";
            case Reason.CapReached(var busy, var maxRunSlots) ->
                    "%s of it and its clones in progress, --max-run-slots is %d"
                            .formatted(Plural.of(busy, "run"), maxRunSlots);
            case Reason.PlatformRunsConcurrently(var base) ->
                    "the platform itself runs the pull requests of job %s concurrently"
                            .formatted(base);
            case Reason.NativeForced(var base) -> "--concurrency is native";
            case Reason.SecretsNotClonable(var names) ->
                    "a clone could not carry its secret "
                            + (names.size() == 1 ? "variable " : "variables ")
                            + String.join(", ", names);
            case Reason.SchemaShared(var schema, var run, var pullRequest) ->
                    "run %s%s builds into the same schema %s"
                            .formatted(
                                    run,
                                    pullRequest == null ? "" : " (" + of(pullRequest) + ")",
                                    schema);
            case Reason.CloneRefused() -> "the platform rejects clones of the job";
            case Reason.CloneExists(var job) ->
                    "clone %s of this pull request exists".formatted(job);
            case Reason.SlotFreed(var run, var behind) ->
                    "run %s is queued behind run %s while a slot is free".formatted(run, behind);
            case Reason.LaneDeleted(var job) -> "clone %s was deleted".formatted(job);
            case Reason.NewerRun(var run) -> "run %s of this pull request is newer".formatted(run);
            case Reason.SameCommit(var run) -> "run %s builds the same commit".formatted(run);
            case Reason.Conflict(var run, var by) ->
                    "run %s and run %s wrote into one schema at the same time".formatted(run, by);
            case Reason.CloneOutdated(var job) ->
                    "the base job has changed since clone %s was made".formatted(job);
            case Reason.LanesDedicated() -> "each pull request has its own clone";
        };
    }

    private static String slots(long used, int runSlots) {
        return "%d of %s in use".formatted(used, Plural.of(runSlots, "run slot"));
    }

    private static Optional<String> of(Step step, Plan plan) {
        return switch (step) {
            case Step.Cancel(var run) -> Optional.of("cancelling run " + run);
            case Step.AwaitCompletion(var runs) ->
                    Optional.of("waiting for the end of " + ofRuns(runs));
            case Step.DeleteClone(var job) -> Optional.of("deleting clone " + job);
            case Step.CreateClone() -> Optional.of("cloning the job");
            case Step.AwaitVisibility(var job) -> Optional.empty();
            case Step.Trigger(var lane) -> Optional.of(of(lane, queues(plan)));
            case Step.ResolveWrite(var lost) -> Optional.empty();
            case Step.Watch(var run) -> Optional.empty();
            case Step.VerifySuccess(var run) -> Optional.empty();
            case Step.Finish(var verdict) -> Optional.empty();
        };
    }

    private static String of(Lane lane, boolean queues) {
        return switch (lane) {
            case Lane.Base(var job) ->
                    "triggering job " + job + (queues ? ", where the run queues" : "");
            case Lane.Clone(var job) -> "triggering clone " + job;
            case Lane.NewClone() -> "triggering the clone";
        };
    }

    /// Whether a run that this plan triggers on the base job has to wait there.
    static boolean queues(Plan plan) {
        return plan.reasons().stream().anyMatch(Reason.BaseBusy.class::isInstance);
    }

    static String ofRuns(List<RunId> runs) {
        return (runs.size() == 1 ? "run " : "runs ")
                + runs.stream().map(RunId::toString).collect(Collectors.joining(", "));
    }

    /// `pull request 50, pull request 51`.
    public static String list(List<PullRequest> pullRequests) {
        return pullRequests.stream().map(PlanText::of).collect(Collectors.joining(", "));
    }

    static String of(PullRequest pullRequest) {
        return switch (pullRequest.provider()) {
            case GITHUB, AZURE, NON_NATIVE -> "pull request " + pullRequest.number();
            case GITLAB -> "merge request " + pullRequest.number();
        };
    }

    /// `GitHub Actions: pull request 50, commit 1f3a6c0b9d2e; sequence 17.2.`
    public static String of(Detection.Found pipeline) {
        Sequence sequence = pipeline.sequence();
        return pipeline.cause()
                + (sequence == null
                        ? "; no sequence: ordering commits by run creation time."
                        : "; sequence " + sequence + ".");
    }

    private static String starts(Job job) {
        var starts = new ArrayList<String>();
        if (job.triggers().schedule()) {
            starts.add("its schedule");
        }
        if (job.triggers().onMerge()) {
            starts.add("merges");
        }
        if (job.startsAfterAnotherJob()) {
            starts.add("the end of another job's run");
        }
        return String.join(" and ", starts);
    }

    /// What comes of a payload without a schema.
    static String withoutSchema(Job base) {
        return "The payload names no schema_override: unless a macro separates them, all pull"
                + " requests"
                + " build into one schema. Give each its own, such as dbt_cloud_pr_%d_50."
                        .formatted(base.id());
    }

    /// What is unusual about the base job and what to do about it.
    public static String of(Job base, JobWarning consideration) {
        String job = "Job %d (%s)".formatted(base.id(), base.name());
        return switch (consideration) {
            case ALSO_TRIGGERED_BY_PULL_REQUESTS ->
                    job
                            + " is also triggered by pull requests: every commit is built twice."
                            + " Switch that trigger off.";
            case ALSO_STARTED_OTHERWISE ->
                    job
                            + " is also started by "
                            + starts(base)
                            + ": pull requests wait for such runs, and those may build into"
                            + " schemas of production. Keep a job for CI alone.";
            case NO_DEFERRAL ->
                    job
                            + " defers to no environment: state:modified finds nothing to compare"
                            + " with.";
            case NO_STATE_SELECTION ->
                    job + " has no step that selects state:modified: it builds everything.";
            case DEACTIVATED ->
                    job
                            + " was deactivated by the platform after repeated failures: its runs"
                            + " may never start. Save its settings to activate it.";
        };
    }
}
