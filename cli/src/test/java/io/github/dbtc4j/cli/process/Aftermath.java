package io.github.dbtc4j.cli.process;

import io.github.dbtc4j.cli.process.Storm.Ran;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Holds what every process did and said against what truly happened on the platform. Each check is
/// of something that must hold however the processes interleaved.
final class Aftermath {

    private static final Pattern WRITE =
            Pattern.compile(
                    "POST /api/v2/accounts/1/jobs/(?<triggered>\\d+)/run/"
                            + "|POST /api/v2/accounts/1/runs/(?<cancelled>\\d+)/cancel/"
                            + "|POST /api/v2/accounts/1/jobs/"
                            + "|DELETE /api/v2/accounts/1/jobs/(?<deleted>\\d+)/");

    private static final int SUCCESS = 10;
    private static final int ERROR = 20;
    private static final int CANCELLED = 30;

    private final Storm storm;
    private final List<Ran> processes;
    private final Map<Long, RunView> runs = new TreeMap<>();
    private final Map<Long, JobView> jobs = new TreeMap<>();
    private final Map<Long, Instant> deleted = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private Aftermath(Storm storm, List<Ran> processes) {
        this.storm = storm;
        this.processes = processes;
        storm.sandbox.runs().forEach(run -> runs.put(run.id(), run));
        storm.sandbox.jobs().forEach(job -> jobs.put(job.id(), job));
        for (SandboxEvent event : storm.sandbox.history()) {
            if (event instanceof SandboxEvent.JobDeleted(Instant at, JobView job, _)) {
                deleted.put(job.id(), at);
            }
        }
    }

    /// What must not be, in English.
    static List<String> violations(Storm storm, List<Ran> processes) {
        var aftermath = new Aftermath(storm, processes);
        aftermath.check();
        return aftermath.violations;
    }

    private void check() {
        foreignersAreAsTheyWere();
        noJobChanged();
        tokenIsNowhere();
        noRunWasMadeTwice();
        for (Ran process : processes) {
            for (Gate.Call call : process.calls()) {
                if (!call.method().equals("GET")) {
                    judge(process, call);
                }
            }
            if (!isHonest(process)) {
                blame(process, "exit code %d is not honest".formatted(process.exitCode()));
            }
        }
    }

    private void foreignersAreAsTheyWere() {
        for (long id : storm.foreign.runs()) {
            RunView run = Objects.requireNonNull(runs.get(id));
            if (run.status() == CANCELLED) {
                violations.add("an unrelated run was cancelled: " + run);
            }
        }
        for (long id : storm.foreign.jobs()) {
            if (Objects.requireNonNull(jobs.get(id)).state() != 1) {
                violations.add("an unrelated job was deleted: " + jobs.get(id));
            }
        }
    }

    private void noJobChanged() {
        storm.sandbox.history().stream()
                .filter(SandboxEvent.JobUpdated.class::isInstance)
                .forEach(event -> violations.add("a job was changed: " + event));
    }

    private void tokenIsNowhere() {
        Stream.of(
                        runs.values().stream().map(RunView::cause),
                        jobs.values().stream().map(job -> job.name() + job.description()),
                        processes.stream().map(ran -> ran.out() + ran.err()),
                        processes.stream().map(ran -> String.join(" ", ran.pipeline().args())),
                        processes.stream()
                                .flatMap(ran -> ran.calls().stream())
                                .map(call -> call.path() + call.body()))
                .flatMap(stream -> stream)
                .filter(text -> text.contains(CommandProcess.CANARY))
                .forEach(text -> violations.add("a token is in: " + text));
    }

    /// Nothing takes effect long after its answer here, so a lost answer is always found.
    private void noRunWasMadeTwice() {
        var nonces = new HashMap<String, RunView>();
        for (RunView run : runs.values()) {
            Claim.parse(run.cause())
                    .map(claim -> nonces.put(claim.nonce(), run))
                    .ifPresent(other ->
                            violations.add("one wish, two runs: " + other + " and " + run));
        }
    }

    private void judge(Ran process, Gate.Call call) {
        Matcher write = WRITE.matcher(call.method() + " " + call.path());
        if (!write.matches()) {
            blame(process, "sent " + call);
        } else if (write.group("cancelled") != null) {
            cancelled(process, runs.get(Long.valueOf(write.group("cancelled"))));
        } else if (write.group("deleted") != null) {
            deleted(process, call, jobs.get(Long.valueOf(write.group("deleted"))));
        } else if (write.group("triggered") != null) {
            triggered(process, jobs.get(Long.valueOf(write.group("triggered"))));
        }
    }

    private void triggered(Ran process, @Nullable JobView job) {
        if (job == null || !(job.id() == storm.base || isCloneOfBase(job))) {
            blame(process, "triggered a job that is no lane of the base job: " + job);
        }
    }

    private void cancelled(Ran process, @Nullable RunView run) {
        Pipeline canceller = process.pipeline();
        Optional<Pipeline> of = run == null ? Optional.empty() : pipelineOf(run);
        if (run == null || of.isEmpty() || of.get().pullRequest() != canceller.pullRequest()) {
            blame(process, "cancelled an unrelated run: " + run);
        } else if (canceller.ordered() && sequence(run).filter(canceller::isBefore).isPresent()) {
            blame(process, "cancelled a run of a newer commit or attempt: " + run);
        }
    }

    private void deleted(Ran process, Gate.Call call, @Nullable JobView job) {
        if (job == null || !isCloneOfBase(job) || job.triggered()) {
            blame(process, "deleted what is no clone of the base job: " + job);
            return;
        }
        if (isKept(job) && !job.name().endsWith("pr-" + process.pipeline().pullRequest())) {
            blame(process, "deleted another pull request's clone, kept by --cleanup=never: " + job);
        }
        Instant at = deleted.get(job.id());
        Optional<Instant> looked =
                process.calls().stream()
                        .filter(each -> each.arrived().isBefore(call.arrived()))
                        .filter(each -> each.path().contains("/runs/?") && each.status() == 200)
                        .map(Gate.Call::arrived)
                        .reduce((former, latter) -> latter);
        if (at != null && !at.isBefore(call.arrived())) {
            runs.values().stream()
                    .filter(run -> run.jobId() == job.id())
                    .filter(run -> run.createdAt().isBefore(looked.orElse(at)))
                    .filter(run -> run.finishedAt() == null || !run.finishedAt().isBefore(at))
                    .forEach(run -> blame(process, "deleted the clone under " + run));
        }
    }

    private boolean isHonest(Ran process) {
        Pipeline pipeline = process.pipeline();
        return switch (process.exitCode()) {
            case 0 ->
                    waits(process)
                            ? hasRun(process, run -> run.status() == SUCCESS && isUndisturbed(run))
                            : hasRun(process, run -> true);
            case 1 -> hasRun(process, run -> run.status() == ERROR);
            case 3 -> hasRun(process, run -> run.status() == CANCELLED);
            case 4 -> isSuperseded(process);
            case 5 -> process.took().compareTo(Pipeline.TIMEOUT) >= 0;
            case 6 ->
                    process.err().contains("it took too long")
                            || process.calls().stream()
                                    .anyMatch(call -> call.status() == 0 || call.status() >= 400);
            case 7 -> hasRun(process, run -> run.status() == SUCCESS && !isUndisturbed(run));
            case 130 ->
                    pipeline.blow() instanceof Blow.Signal(String name, _, _) && name.equals("INT");
            case 143 ->
                    pipeline.blow() instanceof Blow.Signal(String name, _, _)
                            && name.equals("TERM");
            case 137 ->
                    pipeline.blow() instanceof Blow.Kill
                            || pipeline.blow() instanceof Blow.KillLater;
            default -> false;
        };
    }

    /// Whether it ended with the word of the platform about a run, not with the start of one.
    private static boolean waits(Ran process) {
        return process.pipeline().polls() || process.pipeline().cleanup() == Cleanup.AFTER_RUN;
    }

    private boolean hasRun(Ran process, Predicate<RunView> such) {
        return runsOf(process.pipeline().pullRequest())
                .filter(run -> process.pipeline().sha().equals(run.gitSha()))
                .filter(run -> run.createdAt().isBefore(process.ended()))
                .anyMatch(such);
    }

    private boolean isUndisturbed(RunView run) {
        Instant from = Objects.requireNonNull(run.startedAt());
        Instant to = Objects.requireNonNull(run.finishedAt());
        return runsOf(pullRequest(run))
                .filter(other -> other.id() != run.id() && other.startedAt() != null)
                .noneMatch(other ->
                        Objects.requireNonNull(other.startedAt()).isBefore(to)
                                && (other.finishedAt() == null
                                        || other.finishedAt().isAfter(from)));
    }

    /// Where pipelines have no numbers, every run triggered later than the own one is newer.
    private boolean isSuperseded(Ran process) {
        Pipeline own = process.pipeline();
        Stream<RunView> seen =
                runsOf(own.pullRequest()).filter(run -> run.createdAt().isBefore(process.ended()));
        return own.ordered()
                ? seen.anyMatch(run -> sequence(run).filter(own::isBefore).isPresent())
                : seen.filter(run -> run.createdAt().isAfter(process.started())).count() > 1;
    }

    private Stream<RunView> runsOf(long pullRequest) {
        return runs.values().stream()
                .filter(run -> pullRequest(run) == pullRequest && isLane(run.jobId()));
    }

    private boolean isLane(long job) {
        return job == storm.base || isCloneOfBase(Objects.requireNonNull(jobs.get(job)));
    }

    private Optional<Pipeline> pipelineOf(RunView run) {
        return isLane(run.jobId()) ? pipelinesOf(run).findFirst() : Optional.empty();
    }

    /// Those that may have triggered it: several for one commit.
    private Stream<Pipeline> pipelinesOf(RunView run) {
        return processes.stream()
                .map(Ran::pipeline)
                .filter(pipeline ->
                        pipeline.pullRequest() == pullRequest(run)
                                && pipeline.sha().equals(run.gitSha()));
    }

    private static Optional<Sequence> sequence(RunView run) {
        return Claim.parse(run.cause()).map(Claim::sequence);
    }

    private static long pullRequest(RunView run) {
        return run.pullRequest().getOrDefault("github_pull_request_id", 0L);
    }

    private boolean isCloneOfBase(JobView job) {
        return isCloneOf(storm.base, job);
    }

    static boolean isCloneOf(long base, JobView job) {
        return marker(job)
                .map(map -> map.get("base"))
                .filter(Long.valueOf(base)::equals)
                .isPresent();
    }

    static boolean isKept(JobView job) {
        return marker(job).map(map -> map.get("keep")).filter(Boolean.TRUE::equals).isPresent();
    }

    private static Optional<Map<String, @Nullable Object>> marker(JobView job) {
        return job.description().startsWith("{\"dbtc4j\":")
                ? Optional.of(Json.readObject(job.description()))
                : Optional.empty();
    }

    private void blame(Ran process, String what) {
        violations.add(what + "\n  by " + process.pipeline());
    }
}
