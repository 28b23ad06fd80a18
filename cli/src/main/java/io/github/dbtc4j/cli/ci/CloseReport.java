package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.autoscaler.close.CloseResult;
import io.github.dbtc4j.autoscaler.close.PullRequestResources;
import io.github.dbtc4j.cli.narration.VerdictText;
import io.github.dbtc4j.cli.report.ReportPublisher;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.pipeline.report.Closing;
import io.github.dbtc4j.pipeline.report.SchemaDrop;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What `dbtc ci close` did, for people and as JSON: `{"pull_request": "github:50", "job": 73797,
/// "dry_run": false, "cancelled_run_ids": [101], "unfinished_run_ids": [], "deleted_job_ids":
/// [70471824000001], "kept_jobs": [{"job": …, "why": "…"}], "schema": "dbt_cloud_pr_73797_50",
/// "drop": {"run_id": 112, "status": "Success", "url": "…"}}`.
///
/// @param reports null when none were asked for
/// @param drop null when no schema is to be dropped
record CloseReport(
        Session session,
        @Nullable ReportPublisher reports,
        long account,
        long base,
        PullRequest pullRequest,
        @Nullable SchemaDrop drop) {

    /// Says why nothing is dropped.
    void nothingToDrop() {
        session.narration()
                .say(
                        "%s had no run, so there is no schema of it to drop; --drop-schemas drops in any case."
                                .formatted(pullRequest.label()));
    }

    /// Shows what would be done.
    ///
    /// @param drops whether schemas would be dropped
    int dryRun(PullRequestResources remains, long dropJob, boolean drops) throws IOException {
        List<Long> runs = remains.runs().stream().map(Run::id).toList();
        List<Long> clones = remains.clones().stream().map(Job::id).toList();
        session.narration()
                .say(
                        "Would cancel %s of %s and delete %s."
                                .formatted(
                                        listed("run", runs),
                                        pullRequest.label(),
                                        listed("clone", clones)));
        if (drop != null && !drops) {
            nothingToDrop();
        } else if (drop != null) {
            session.narration().say("Would run on job %d: %s".formatted(dropJob, drop.command()));
        }
        Map<String, @Nullable Object> json = head(true, runs);
        json.put("unfinished_run_ids", List.of());
        json.put("deleted_job_ids", clones);
        json.put("kept_jobs", List.of());
        return session.printTold(Json.write(tail(json, null)));
    }

    /// Says what was cancelled and deleted.
    void tell(CloseResult closed) {
        if (closed.cancelled().isEmpty() && closed.deleted().isEmpty() && closed.kept().isEmpty()) {
            session.narration()
                    .say(
                            "No run of %s is in progress, and it has no clone."
                                    .formatted(pullRequest.label()));
        }
        closed.going()
                .forEach(run ->
                        session.narration()
                                .say(
                                        "Run %d is still in status %s although the platform was"
                                                        .formatted(run.id(), run.status().label())
                                                + " asked to cancel it: no clone was deleted and no"
                                                + " schema dropped. Try again later."
                                                + VerdictText.link(run)));
    }

    /// Tells how it ended.
    ///
    /// @param dropped null when no schema was dropped
    int finish(CloseResult closed, @Nullable Outcome dropped) throws IOException {
        if (dropped != null) {
            session.narration().ended(dropped, VerdictText.of(dropped));
            if (drop != null && dropped.verdict() instanceof Verdict.Failed) {
                session.narration().say(notDropped(drop, dropped));
            }
        }
        Map<String, @Nullable Object> json =
                head(false, closed.cancelled().stream().map(RunId::value).toList());
        json.put("unfinished_run_ids", closed.going().stream().map(Run::id).toList());
        json.put("deleted_job_ids", closed.deleted().stream().map(JobId::value).toList());
        json.put(
                "kept_jobs",
                closed.kept().stream()
                        .map(kept -> Map.of("job", kept.job().value(), "why", kept.why()))
                        .toList());
        session.printTold(Json.write(tail(json, dropped)));
        ExitCode code = exitCode(closed, dropped);
        if (reports == null) {
            return code.code();
        }
        Closing closing = closing(closed, dropped != null);
        if (dropped == null) {
            reports.closed(closing);
        } else {
            reports.dropped(session, dropped, closing, account);
        }
        return reports.exitCode(code).code();
    }

    private String notDropped(SchemaDrop drop, Outcome dropped) {
        Run run = dropped.answer() == null ? null : dropped.answer().data();
        boolean atTheMacro =
                VerdictText.failedStep(run).filter(step -> step.contains(drop.macro())).isPresent();
        return "The schemas of %s may still exist. ".formatted(pullRequest.label())
                + (atTheMacro
                        ? "The project needs the macro %s on the branch that was checked out; docs/drop-schemas.md has it."
                                .formatted(drop.macro())
                        : "The run failed outside the macro %s: correct what failed, then repeat dbtc ci close."
                                .formatted(drop.macro()));
    }

    private Closing closing(CloseResult closed, boolean dropped) {
        var lines = new ArrayList<String>();
        closed.cancelled().forEach(run -> lines.add("Cancelled run " + run + "."));
        closed.deleted().forEach(job -> lines.add("Deleted clone " + job + "."));
        closed.kept().stream()
                .filter(kept -> !kept.byPlatform())
                .forEach(kept -> lines.add(kept(kept)));
        if (lines.isEmpty()) {
            lines.add("No run of it was in progress, and it had no clone.");
        }
        var problems = new ArrayList<String>();
        closed.going().forEach(run -> problems.add("Run " + run.id() + " is still in progress."));
        closed.kept().stream()
                .filter(CloseResult.Kept::byPlatform)
                .map(CloseReport::kept)
                .forEach(problems::add);
        String sentence =
                (problems.isEmpty() ? "Cleaned up after " : "Could not clean up after ")
                        + pullRequest.label()
                        + (dropped || drop == null ? "." : "; no schema was dropped.");
        return new Closing(
                sentence,
                lines,
                problems,
                base,
                closed.cancelled().stream().map(RunId::value).toList());
    }

    private static String kept(CloseResult.Kept kept) {
        return "Clone %s was kept: %s".formatted(kept.job(), kept.why());
    }

    private static ExitCode exitCode(CloseResult closed, @Nullable Outcome dropped) {
        if (!closed.going().isEmpty()) {
            return ExitCode.DEADLINE;
        }
        ExitCode code = dropped == null ? ExitCode.SUCCESS : ExitCode.of(dropped.verdict());
        return code == ExitCode.SUCCESS
                        && closed.kept().stream().anyMatch(CloseResult.Kept::byPlatform)
                ? ExitCode.PLATFORM
                : code;
    }

    private Map<String, @Nullable Object> head(boolean dryRun, List<Long> cancelled) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pull_request", pullRequest.label());
        json.put("job", base);
        json.put("dry_run", dryRun);
        json.put("cancelled_run_ids", cancelled);
        return json;
    }

    private Map<String, @Nullable Object> tail(
            Map<String, @Nullable Object> json, @Nullable Outcome dropped) {
        json.put("schema", drop == null ? null : drop.schema());
        Map<String, @Nullable Object> run = null;
        if (dropped != null && dropped.answer() != null) {
            run = new LinkedHashMap<>();
            run.put("run_id", dropped.answer().data().id());
            run.put("status", dropped.answer().data().status().label());
            run.put("url", dropped.answer().data().href());
        }
        json.put("drop", run);
        return json;
    }

    private static String listed(String noun, List<Long> ids) {
        return switch (ids.size()) {
            case 0 -> "no " + noun;
            case 1 -> noun + " " + ids.getFirst();
            default ->
                    noun
                            + "s "
                            + ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
        };
    }
}
