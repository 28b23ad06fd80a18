package io.github.dbtc4j.autoscaler.state;

import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.http.json.Fields;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.CancelRequest;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/// A [ReconcilerState] as JSON. What is null or empty is left out.
///
/// A later version may add fields; one that means something else by an old field has another
/// number.
final class StateJson {

    private static final long VERSION = 1;

    private StateJson() {}

    static String write(ReconcilerState state) {
        var json = new Members();
        json.put("version", VERSION);
        json.put("began", state.began());
        own(json, state.own());
        json.put("coverage", state.coverage().name());
        json.put("sending", write(state.sending()));
        json.put("equipped", state.equipped());
        Budgets budgets = state.budgets();
        json.put("lanes_lost", budgets.lanesLost());
        json.put("refusals", budgets.refusals());
        json.put("answers_lost", budgets.answersLost());
        json.put("memory", MemoryJson.of(state.memory()));
        json.put("verdict", verdict(state.verdict()));
        return Json.write(json.all());
    }

    static ReconcilerState read(String text) {
        Fields state = Fields.of("state", Json.readObject(text));
        long version = state.number("version");
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "state.version is %d, and only %d is known here: a newer version of dbtc4j wrote"
                                    .formatted(version, VERSION)
                            + " it; resume with that");
        }
        return new ReconcilerState(
                state.parsed("began", Instant::parse),
                own(state),
                state.parsed("coverage", Coverage::valueOf),
                state.object("sending", StateJson::write),
                id(state.numberOrNull("equipped"), JobId::new),
                new Budgets(
                        state.integer("lanes_lost"),
                        state.integer("refusals"),
                        state.integer("answers_lost")),
                MemoryJson.read(state.required("memory")),
                state.object("verdict", StateJson::verdict));
    }

    private static void own(Members json, InvocationState own) {
        json.put("nonce", own.nonce());
        json.put("run", own.run());
        json.put("own_clone", own.ownClone());
        json.put("unconfirmed_write", write(own.unconfirmedWrite()));
        json.put(
                "cancel_requests",
                own.cancelRequests().entrySet().stream()
                        .map(entry ->
                                new Members()
                                        .put("run", entry.getKey())
                                        .put("first", entry.getValue().first())
                                        .put("last", entry.getValue().last())
                                        .all())
                        .toList());
        json.put("cancelled_since", own.cancelledSince());
        json.put("triggered_runs", own.triggeredRuns());
        json.put("deleted_lanes", own.deletedLanes());
        json.put("kept", own.kept());
        json.put("clones_refused", own.clonesRefused());
    }

    private static InvocationState own(Fields state) {
        Map<RunId, CancelRequest> cancelRequests =
                state.objects("cancel_requests", StateJson::cancelRequest).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new InvocationState(
                state.text("nonce"),
                id(state.numberOrNull("run"), RunId::new),
                id(state.numberOrNull("own_clone"), JobId::new),
                state.object("unconfirmed_write", StateJson::write),
                cancelRequests,
                state.parsedOrNull("cancelled_since", Instant::parse),
                ids(state.numbers("triggered_runs"), RunId::new),
                ids(state.numbers("deleted_lanes"), JobId::new),
                ids(state.numbers("kept"), JobId::new),
                state.flag("clones_refused"));
    }

    private static Map.Entry<RunId, CancelRequest> cancelRequest(Fields request) {
        return Map.entry(
                new RunId(request.number("run")),
                new CancelRequest(
                        request.parsed("first", Instant::parse),
                        request.parsed("last", Instant::parse)));
    }

    private static @Nullable Map<String, Object> write(@Nullable UnconfirmedWrite write) {
        return switch (write) {
            case null -> null;
            case UnconfirmedWrite.Trigger(JobId lane, Instant sentAt) ->
                    new Members().put("lane", lane).put("sent_at", sentAt).all();
            case UnconfirmedWrite.CreateClone(Instant sentAt) ->
                    new Members().put("sent_at", sentAt).all();
        };
    }

    private static UnconfirmedWrite write(Fields write) {
        Instant sentAt = write.parsed("sent_at", Instant::parse);
        JobId lane = id(write.numberOrNull("lane"), JobId::new);
        return lane == null
                ? new UnconfirmedWrite.CreateClone(sentAt)
                : new UnconfirmedWrite.Trigger(lane, sentAt);
    }

    private static @Nullable Map<String, Object> verdict(@Nullable Verdict verdict) {
        if (verdict == null) {
            return null;
        }
        RunId by =
                switch (verdict) {
                    case Verdict.Superseded(var _, RunId newer) -> newer;
                    case Verdict.Conflicted(var _, RunId other) -> other;
                    case Verdict.Triggered _,
                            Verdict.Succeeded _,
                            Verdict.Failed _,
                            Verdict.Cancelled _,
                            Verdict.DeadlinePassed _ ->
                            null;
                };
        return new Members()
                .put("name", verdict.label())
                .put("run", verdict.run())
                .put("by", by)
                .all();
    }

    private static Verdict verdict(Fields verdict) {
        RunId run = id(verdict.numberOrNull("run"), RunId::new);
        return switch (verdict.text("name")) {
            case "superseded" -> new Verdict.Superseded(run, new RunId(verdict.number("by")));
            case "deadline_passed" -> new Verdict.DeadlinePassed(run);
            case String name -> ofRun(name, new RunId(verdict.number("run")), verdict);
        };
    }

    private static Verdict ofRun(String name, RunId run, Fields verdict) {
        return switch (name) {
            case "triggered" -> new Verdict.Triggered(run);
            case "succeeded" -> new Verdict.Succeeded(run);
            case "failed" -> new Verdict.Failed(run);
            case "cancelled" -> new Verdict.Cancelled(run);
            case "conflicted" -> new Verdict.Conflicted(run, new RunId(verdict.number("by")));
            default -> throw new IllegalArgumentException("verdict.name is not known: " + name);
        };
    }

    static <T> @Nullable T id(@Nullable Long value, LongFunction<T> of) {
        return value == null ? null : of.apply(value);
    }

    static <T> Set<T> ids(List<Long> values, LongFunction<T> of) {
        var ids = new LinkedHashSet<T>();
        values.forEach(value -> ids.add(of.apply(value)));
        return ids;
    }
}
