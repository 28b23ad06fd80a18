package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.property.Violation;
import io.github.dbtc4j.simulation.strategy.Pipeline;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;
import io.github.dbtc4j.simulation.world.Repository;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A history made by hand. Times are seconds since its beginning; what an invocation does is of
/// pull request 50 unless said otherwise.
public final class HandMade {

    public static final long BASE = 1;
    public static final long CLONE = 9;

    /// The status of a run that ended well.
    public static final int SUCCESS = 10;

    /// The status of a run that was cancelled.
    public static final int CANCELLED = 30;

    public static final String TOKEN = "dbtc_canary";

    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Actor ROBOT = new Actor("7", "service_token", "ci");

    private final List<InvocationRecord> invocations = new ArrayList<>();
    private final List<HistoryEvent> acts = new ArrayList<>();
    private final List<RunView> runs = new ArrayList<>();
    private final List<JobView> jobs = new ArrayList<>();
    private Options options = Options.defaults().pollInterval(Pipeline.POLL);
    private Strategy strategy = Strategy.BASE_FIRST;
    private double epilogue = 9_000;
    private Map<String, String> overrides = Map.of();
    private Map<String, @Nullable Object> definition = Map.of();
    private @Nullable String head;
    private boolean hidden;
    private int calls;
    private @Nullable String schema;

    public static Instant at(double seconds) {
        return NINE.plusMillis(Math.round(seconds * 1_000));
    }

    public HandMade options(Options options) {
        this.options = options;
        return this;
    }

    /// The variables that the base job has of its own; no run here has any.
    public HandMade overrides(Map<String, String> overrides) {
        this.overrides = overrides;
        return this;
    }

    /// What the base job is; clones are nothing.
    public HandMade defined(Map<String, @Nullable Object> definition) {
        this.definition = definition;
        return this;
    }

    /// Further runs check out `commit`, even if they are asked for another one.
    public HandMade checkingOut(String commit) {
        this.head = commit;
        return this;
    }

    /// Lists do not show the runs of deleted jobs.
    public HandMade hiding() {
        this.hidden = true;
        return this;
    }

    private JobView base() {
        return new JobView(BASE, "CI", "", "ci", 1, 1, false, definition, 1);
    }

    public HandMade strategy(Strategy strategy) {
        this.strategy = strategy;
        return this;
    }

    /// What every further run is triggered to build into.
    public HandMade schema(String name) {
        this.schema = name;
        return this;
    }

    public HandMade epilogue(double seconds) {
        this.epilogue = seconds;
        return this;
    }

    /// An invocation that waits, from the beginning to `ended`.
    public HandMade pipeline(int order, double ended, InvocationRecord.Ending ending) {
        return pipeline(order, 50, true, true, ended, ending);
    }

    /// The same of another project's pull request of equal number.
    public HandMade theirs(int order, double ended, InvocationRecord.Ending ending) {
        return pipeline(Repository.THEIRS, order, 50, true, true, ended, ending);
    }

    public HandMade pipeline(
            int order,
            @Nullable Integer pullRequest,
            boolean sequenced,
            boolean waits,
            double ended,
            InvocationRecord.Ending ending) {
        return pipeline(Repository.OURS, order, pullRequest, sequenced, waits, ended, ending);
    }

    private HandMade pipeline(
            Repository repository,
            int order,
            @Nullable Integer pullRequest,
            boolean sequenced,
            boolean waits,
            double ended,
            InvocationRecord.Ending ending) {
        invocations.add(
                new InvocationRecord(
                        invocations.size() + 1,
                        pullRequest,
                        sha(order),
                        Pipeline.payload(BASE, pullRequest, sha(order)),
                        new Sequence("-", order, 1),
                        sequenced,
                        waits,
                        repository,
                        at(0),
                        at(ended),
                        ending));
        return this;
    }

    public static InvocationRecord.Ending success(long run) {
        return new InvocationRecord.Ended(new Verdict.Succeeded(new RunId(run)));
    }

    public static InvocationRecord.Ending cancelled(long run) {
        return new InvocationRecord.Ended(new Verdict.Cancelled(new RunId(run)));
    }

    public static InvocationRecord.Ending superseded(long by) {
        return new InvocationRecord.Ended(new Verdict.Superseded(null, new RunId(by)));
    }

    static String sha(int order) {
        return "%040d".formatted(order);
    }

    /// A run that invocation `owner` triggered on `job`; it executes five seconds after it was
    /// created. The nonce is that of its number.
    public HandMade run(long id, long job, int owner, double created, double finished, int status) {
        return run(id, job, owner, created, finished, status, "%016x".formatted(id));
    }

    public HandMade run(
            long id,
            long job,
            int owner,
            double created,
            double finished,
            int status,
            String nonce) {
        InvocationRecord invocation = invocations.get(owner - 1);
        String cause = "CI dbtc4j/1 b=1 r=- p=- k=- s=- n=" + nonce;
        var body = new LinkedHashMap<>(invocation.payload());
        body.put("cause", invocation.payload().get("cause") + cause.substring(2));
        sent(created - 0.1, owner, "POST", "/jobs/" + job + "/run/", Json.write(body));
        answered(created + 0.1, 200);
        Map<String, Long> pullRequest =
                invocation.pullRequest() == null
                        ? Map.of()
                        : Map.of("github_pull_request_id", (long) invocation.pullRequest());
        return run(id, job, cause, "api", invocation.sha(), pullRequest, status, created, finished);
    }

    /// A run that none of our pipelines triggered, for no pull request.
    public HandMade foreignRun(long id, long job, double created, double finished) {
        return run(id, job, "By hand", "ui", null, Map.of(), 10, created, finished);
    }

    private HandMade run(
            long id,
            long job,
            String cause,
            String category,
            @Nullable String sha,
            Map<String, Long> pullRequest,
            int status,
            double created,
            double finished) {
        return run(
                new RunView(
                        id,
                        job,
                        "CI",
                        1,
                        "Shop",
                        1,
                        "CI",
                        "latest",
                        cause,
                        category,
                        sha,
                        null,
                        pullRequest,
                        schema,
                        Map.of(),
                        head == null ? sha : head,
                        status,
                        null,
                        true,
                        at(created),
                        at(created + 1),
                        at(created + 5),
                        at(finished),
                        null));
    }

    /// A run on `job` that a forger triggered under a claim of invocation `owner`, with `lie` in
    /// place of what that asks for.
    public HandMade forged(long id, long job, int owner, double created, Map<String, Object> lie) {
        InvocationRecord invocation = invocations.get(owner - 1);
        var body =
                new LinkedHashMap<String, @Nullable Object>(
                        Pipeline.payload(BASE, invocation.pullRequest(), invocation.sha()));
        body.putAll(lie);
        String cause =
                "CI dbtc4j/1 b=1 r=- p=github:50 k=%s s=%s n=%016x"
                        .formatted(invocation.order(), invocation.sha().substring(0, 12), id);
        run(
                new RunView(
                        id,
                        job,
                        "CI",
                        1,
                        "Shop",
                        1,
                        "CI",
                        "latest",
                        cause,
                        "api",
                        String.valueOf(body.get("git_sha")),
                        null,
                        Map.of("github_pull_request_id", 50L),
                        String.valueOf(body.get("schema_override")),
                        Map.of(),
                        String.valueOf(body.get("git_sha")),
                        10,
                        null,
                        true,
                        at(created),
                        at(created + 1),
                        at(created + 5),
                        at(created + 10),
                        null));
        acts.add(new HistoryEvent.Forged(at(created), id, body));
        return this;
    }

    private HandMade run(RunView run) {
        runs.add(run);
        acts.add(
                new HistoryEvent.Happened(
                        run.createdAt(), null, new SandboxEvent.RunQueued(run.createdAt(), run)));
        return this;
    }

    public HandMade sent(
            double at, int invocation, String method, String path, @Nullable String body) {
        acts.add(
                new HistoryEvent.Sent(
                        at(at), invocation, ++calls, method, "/api/v2/accounts/1" + path, body));
        return this;
    }

    /// The response to the last request that was sent.
    public HandMade answered(double at, int status) {
        HistoryEvent.Sent last =
                acts.stream()
                        .filter(HistoryEvent.Sent.class::isInstance)
                        .map(HistoryEvent.Sent.class::cast)
                        .reduce((_, later) -> later)
                        .orElseThrow();
        acts.add(new HistoryEvent.Answered(at(at), last.invocation(), last.call(), status, null));
        return this;
    }

    /// A list of runs that takes 0.2 s.
    public HandMade look(double at, int invocation) {
        return sent(at, invocation, "GET", "/runs/?limit=100", null).answered(at + 0.2, 200);
    }

    /// Reads a job, which takes 0.2 s.
    public HandMade read(double at, int invocation, long id) {
        return sent(at, invocation, "GET", "/jobs/" + id + "/", null).answered(at + 0.2, 200);
    }

    /// Asks for the cancellation of a run, which the platform takes note of.
    public HandMade cancel(double at, int invocation, long run) {
        sent(at, invocation, "POST", "/runs/" + run + "/cancel/", null).answered(at + 0.2, 200);
        return cancelled(at + 0.1, invocation, run, ROBOT);
    }

    public HandMade cancelled(double at, @Nullable Integer invocation, long run, Actor by) {
        runs.stream()
                .filter(each -> each.id() == run)
                .forEach(each ->
                        acts.add(
                                new HistoryEvent.Happened(
                                        at(at),
                                        invocation,
                                        new SandboxEvent.CancelRequested(at(at), each, by))));
        return this;
    }

    /// Creates a job of which the description says that it is a clone of `base`.
    public HandMade create(double at, int invocation, long id, long base) {
        sent(at, invocation, "POST", "/jobs/", "{}").answered(at + 0.2, 201);
        JobView job = clone(id, base, false, 1);
        jobs.add(job);
        acts.add(
                new HistoryEvent.Happened(
                        at(at + 0.1),
                        invocation,
                        new SandboxEvent.JobCreated(at(at + 0.1), job, ROBOT)));
        return this;
    }

    static JobView clone(long id, long base, boolean triggered, int state) {
        return new JobView(
                id,
                "CI [CLONED] pr-50",
                "{\"dbtc4j\":1,\"base\":%d,\"pr\":\"github:50\"}".formatted(base),
                "ci",
                1,
                1,
                triggered,
                Map.of(),
                state);
    }

    /// A user turns on a trigger of a clone.
    public HandMade schedule(double at, long id) {
        acts.add(
                new HistoryEvent.Happened(
                        at(at),
                        null,
                        new SandboxEvent.JobUpdated(at(at), clone(id, BASE, true, 1), Actor.USER)));
        return this;
    }

    public HandMade delete(double at, int invocation, long id) {
        sent(at, invocation, "DELETE", "/jobs/" + id + "/", null).answered(at + 0.2, 200);
        jobs.removeIf(job -> job.id() == id);
        JobView deleted = clone(id, BASE, false, 2);
        jobs.add(deleted);
        acts.add(
                new HistoryEvent.Happened(
                        at(at + 0.1),
                        invocation,
                        new SandboxEvent.JobDeleted(at(at + 0.1), deleted, ROBOT)));
        return this;
    }

    public HandMade paused(double at, int invocation, long seconds) {
        acts.add(new HistoryEvent.Paused(at(at), invocation, Duration.ofSeconds(seconds)));
        return this;
    }

    public HandMade told(double at, int invocation, Event event) {
        acts.add(new HistoryEvent.Told(at(at), invocation, event));
        return this;
    }

    public History history() {
        List<HistoryEvent> inOrder = new ArrayList<>(acts);
        inOrder.sort(Comparator.comparing(HistoryEvent::at));
        return new History(
                7,
                Profile.RACES,
                strategy,
                BASE,
                base(),
                overrides,
                options,
                5,
                hidden,
                Set.of(TOKEN),
                at(0),
                at(0),
                at(epilogue),
                at(10_000),
                invocations,
                inOrder,
                runs,
                jobs);
    }

    /// The kinds in which `rule` is broken.
    public List<String> broken(Property rule) {
        return rule.violations(history()).stream().map(Violation::kind).toList();
    }
}
