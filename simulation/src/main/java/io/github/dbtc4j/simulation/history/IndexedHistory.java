package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A [History], sorted: which run is whose, which request had which response.
public final class IndexedHistory {

    /// After that, everything is in everybody's lists.
    public static final Duration LAG = Duration.ofSeconds(5);

    private static final Pattern NONCE = Pattern.compile("dbtc4j/1 .* n=([0-9a-f]{16})");

    public final History history;
    final Map<Integer, List<Exchange>> exchanges = new LinkedHashMap<>();
    final Map<Integer, List<HistoryEvent.Paused>> pauses = new HashMap<>();
    public final Map<Long, MadeClone> clones = new LinkedHashMap<>();
    public final List<HistoryEvent.Happened> events = new ArrayList<>();
    public final List<HistoryEvent.Told> told = new ArrayList<>();

    /// The runs on lanes of the base job and those our pipelines triggered elsewhere.
    public final List<OwnedRun> runs;

    private final Map<Integer, InvocationRecord> invocations = new LinkedHashMap<>();
    private final Map<String, Integer> intents = new HashMap<>();
    private final Map<Long, Integer> triggeredBy = new HashMap<>();
    private final Map<Long, Map<String, @Nullable Object>> forged = new LinkedHashMap<>();

    public IndexedHistory(History history) {
        this.history = history;
        history.invocations()
                .forEach(invocation -> invocations.put(invocation.number(), invocation));
        sort();
        runs =
                history.runs().stream()
                        .map(run -> new OwnedRun(run, owner(run)))
                        .filter(this::isOurs)
                        .toList();
    }

    private void sort() {
        Map<Integer, HistoryEvent.Sent> open = new LinkedHashMap<>();
        for (HistoryEvent act : history.acts()) {
            switch (act) {
                case HistoryEvent.Sent it -> {
                    open.put(it.call(), it);
                    nonce(it.body()).ifPresent(nonce -> intents.put(nonce, it.invocation()));
                }
                case HistoryEvent.Answered it ->
                        close(open.remove(it.call()), it.at(), it.status(), it.retryAfter());
                case HistoryEvent.Unanswered it -> close(open.remove(it.call()), it.at(), 0, null);
                case HistoryEvent.Happened it -> happened(it);
                case HistoryEvent.Paused it ->
                        pauses.computeIfAbsent(it.invocation(), _ -> new ArrayList<>()).add(it);
                case HistoryEvent.Told it -> told.add(it);
                case HistoryEvent.Forged it -> forged.put(it.run(), it.body());
                case HistoryEvent.Done _ -> {}
            }
        }
        open.values().forEach(sent -> close(sent, history.end(), 0, null));
        exchanges.values().forEach(list -> list.sort(Comparator.comparing(Exchange::at)));
    }

    private void close(
            HistoryEvent.@Nullable Sent sent,
            Instant end,
            int status,
            @Nullable Duration retryAfter) {
        if (sent != null) {
            exchanges
                    .computeIfAbsent(sent.invocation(), _ -> new ArrayList<>())
                    .add(new Exchange(sent, end, status, retryAfter));
        }
    }

    private void happened(HistoryEvent.Happened act) {
        events.add(act);
        Integer by = act.invocation();
        if (act.event() instanceof SandboxEvent.JobCreated it) {
            clones.put(it.job().id(), new MadeClone(it.job(), by, it.at()));
        } else if (act.event() instanceof SandboxEvent.RunQueued it && by != null) {
            triggeredBy.put(it.run().id(), by);
        }
    }

    /// The invocation that meant to have `run`: by its nonce; without one, whose request made it,
    /// if it is of the same commit; else the first of its commit. A forged run has no owner.
    private @Nullable InvocationRecord owner(RunView run) {
        if (forged.containsKey(run.id())) {
            return null;
        }
        Integer meant = nonce(run.cause()).map(intents::get).orElse(null);
        if (meant != null) {
            return invocations.get(meant);
        }
        InvocationRecord by = invocations.get(triggeredBy.get(run.id()));
        if (by != null && by.sha().equals(run.gitSha())) {
            return by;
        }
        return run.gitSha() == null
                ? null
                : history.invocations().stream()
                        .filter(invocation -> invocation.sha().equals(run.gitSha()))
                        .findFirst()
                        .orElse(null);
    }

    private boolean isOurs(OwnedRun run) {
        InvocationRecord owner = run.owner();
        return owner == null ? isLane(run.run().jobId()) : owner.isOurs();
    }

    /// The nonce a text carries within a claim of ours.
    public static Optional<String> nonce(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = NONCE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// Whether `job` is the base job or a clone of it.
    public boolean isLane(long job) {
        MadeClone clone = clones.get(job);
        return job == history.baseJob() || (clone != null && isClone(clone));
    }

    /// Whether a pipeline of ours made it, or its marker says so where the maker is unknown.
    public boolean isClone(MadeClone clone) {
        return clone.creator() == null
                ? clone.isMarkedFor(history.baseJob())
                : invocation(clone.creator()).isOurs();
    }

    public InvocationRecord invocation(int number) {
        return Objects.requireNonNull(invocations.get(number), "an unknown invocation");
    }

    /// The invocations of our repository.
    public Stream<InvocationRecord> ours() {
        return history.invocations().stream().filter(InvocationRecord::isOurs);
    }

    /// What `invocation` sent, oldest first.
    public List<Exchange> exchanges(InvocationRecord invocation) {
        return exchanges.getOrDefault(invocation.number(), List.of());
    }

    /// What our repository's invocations sent.
    public Stream<Exchange> exchanges() {
        return ours().flatMap(invocation -> exchanges(invocation).stream());
    }

    /// Whether lists do not show `run` at `moment`, because its job was deleted.
    public boolean isHidden(OwnedRun run, Instant moment) {
        return history.hidden()
                && deleted(run.run().jobId()).filter(each -> each.isBefore(moment)).isPresent();
    }

    /// Whether a list that `invocation` read showed `run`, before it was hidden with its job: who
    /// saw a run can ask for it by its number.
    public boolean couldSee(InvocationRecord invocation, OwnedRun run) {
        Instant deleted = deleted(run.run().jobId()).orElse(history.end());
        return exchanges(invocation).stream()
                .filter(exchange -> exchange.isListOfPullRequest() && exchange.status() == 200)
                .anyMatch(exchange ->
                        run.visible().isBefore(exchange.at()) && exchange.end().isBefore(deleted));
    }

    /// Whether a list that `invocation` read could show that `run` had ended, before it was hidden
    /// with its job.
    public boolean couldSeeEnd(InvocationRecord invocation, OwnedRun run) {
        Instant deleted = deleted(run.run().jobId()).orElse(history.end());
        return exchanges(invocation).stream()
                .filter(exchange -> exchange.isListOfPullRequest() && exchange.status() == 200)
                .anyMatch(exchange ->
                        run.finished().isBefore(exchange.at()) && exchange.end().isBefore(deleted));
    }

    /// Whether `invocation` was stopped when it was about to do what it did at `moment`: what it
    /// had made sure of may have changed, and it could not notice.
    public boolean wasStoppedUntil(InvocationRecord invocation, Instant moment) {
        return pauses.getOrDefault(invocation.number(), List.of()).stream()
                .anyMatch(paused -> paused.at().plus(paused.howLong()).equals(moment));
    }

    /// When `job` was deleted.
    Optional<Instant> deleted(long job) {
        return events.stream()
                .filter(happened ->
                        happened.event() instanceof SandboxEvent.JobDeleted deleted
                                && deleted.job().id() == job)
                .map(HistoryEvent.Happened::at)
                .findFirst();
    }

    public Optional<OwnedRun> run(long id) {
        return runs.stream().filter(run -> run.id() == id).findFirst();
    }

    public boolean isForged(OwnedRun run) {
        return forged.containsKey(run.id());
    }

    /// The run `id` if it was triggered under a forged claim.
    public Optional<ForgedRun> forged(long id) {
        return forgeries().filter(run -> run.run().id() == id).findFirst();
    }

    /// Every run that was triggered under a forged claim.
    public Stream<ForgedRun> forgeries() {
        return forged.isEmpty()
                ? Stream.empty()
                : history.runs().stream()
                        .filter(run -> forged.containsKey(run.id()))
                        .map(run ->
                                new ForgedRun(
                                        run,
                                        Objects.requireNonNull(forged.get(run.id())),
                                        isLane(run.jobId()),
                                        isInProject(run)));
    }

    private boolean isInProject(RunView run) {
        return history.jobs().stream()
                .filter(job -> job.id() == history.baseJob())
                .allMatch(job -> job.projectId() == run.projectId());
    }

    /// The runs for the pull request of `invocation`.
    public Stream<OwnedRun> runsFor(InvocationRecord invocation) {
        return runs.stream().filter(run -> run.isOf(invocation));
    }

    /// The last list of runs `invocation` read before `moment`.
    public Optional<Exchange> lastLook(InvocationRecord invocation, Instant moment) {
        return last(Exchange::isRunList, invocation, moment);
    }

    /// The same of more than one job's runs, on which a verdict can rest.
    public Optional<Exchange> lastLookAtPullRequest(InvocationRecord invocation, Instant moment) {
        return last(Exchange::isListOfPullRequest, invocation, moment);
    }

    /// When `invocation` last read `job` before `moment`.
    public Optional<Exchange> lastRead(InvocationRecord invocation, long job, Instant moment) {
        return last(exchange -> Long.valueOf(job).equals(exchange.read()), invocation, moment);
    }

    private Optional<Exchange> last(
            Predicate<Exchange> wanted, InvocationRecord invocation, Instant moment) {
        return exchanges(invocation).stream()
                .filter(exchange ->
                        wanted.test(exchange)
                                && exchange.status() == 200
                                && !exchange.end().isAfter(moment))
                .reduce((_, later) -> later);
    }
}
