package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.simulation.history.Exchange;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.history.MadeClone;
import io.github.dbtc4j.simulation.history.OwnedRun;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// S7: whether every trigger asks for what its pipeline was told, and whether the clone it goes to
/// is what the base job is, variables included.
final class LikenessCheck {

    static final String PAYLOAD = "another payload";
    static final String DEFINITION = "unlike the base job";
    static final String VARIABLES = "without the base job's variables";

    /// What a clone has of its own: what it is called, when it starts, how long it may take, and
    /// what follows from another field.
    private static final Set<String> OWN =
            Set.of(
                    "id",
                    "name",
                    "description",
                    "state",
                    "triggers",
                    "schedule",
                    "execution",
                    "lifecycle_webhooks",
                    "job_completion_trigger_condition",
                    "force_node_selection");

    /// What an invocation may add to its payload.
    private static final Set<String> ADDED =
            Set.of("cause", "timeout_seconds_override", "schema_override");

    private LikenessCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        var violations = new ArrayList<Violation>();
        if (evidence.history.strategy().isOurs()) {
            evidence.ours().forEach(invocation -> check(evidence, invocation, violations));
        }
        return violations;
    }

    private static void check(
            IndexedHistory evidence, InvocationRecord invocation, List<Violation> violations) {
        for (Exchange trigger : evidence.exchanges(invocation)) {
            Long job = trigger.triggered();
            if (job == null) {
                continue;
            }
            if (!isPayload(invocation.payload(), trigger.sent().body())) {
                violations.add(violation(invocation, trigger.at(), PAYLOAD, "job " + job));
            }
        }
        for (OwnedRun run : evidence.runs) {
            MadeClone clone = evidence.clones.get(run.run().jobId());
            if (clone == null || !invocation.equals(run.owner())) {
                continue;
            }
            if (!isLikeBase(evidence, invocation, clone, run.created())) {
                violations.add(violation(invocation, run.created(), DEFINITION, run.toString()));
            }
            if (!run.run().variables().equals(evidence.history.overrides())) {
                violations.add(violation(invocation, run.created(), VARIABLES, run.toString()));
            }
        }
    }

    private static boolean isPayload(Map<String, @Nullable Object> told, @Nullable String body) {
        Map<String, @Nullable Object> sent = body == null ? Map.of() : Json.readObject(body);
        Object cause = sent.get("cause");
        return cause instanceof String text
                && text.startsWith(String.valueOf(told.get("cause")))
                && told.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("cause"))
                        .allMatch(entry -> isSame(entry.getValue(), sent.get(entry.getKey())))
                && sent.keySet().stream()
                        .allMatch(each -> told.containsKey(each) || ADDED.contains(each));
    }

    private static boolean isSame(@Nullable Object told, @Nullable Object sent) {
        return (told instanceof Number number && sent instanceof Number other)
                ? number.longValue() == other.longValue()
                : Objects.equals(told, sent);
    }

    /// Whether `clone` is as the base job was at some time since the invocation last asked for it.
    private static boolean isLikeBase(
            IndexedHistory evidence, InvocationRecord invocation, MadeClone clone, Instant at) {
        long base = evidence.history.baseJob();
        Instant read =
                evidence.lastRead(invocation, base, at)
                        .map(Exchange::at)
                        .orElse(invocation.began());
        Map<String, @Nullable Object> wanted = what(clone.job());
        JobView then = evidence.history.base();
        for (HistoryEvent.Happened it : evidence.events) {
            if (it.event() instanceof SandboxEvent.JobUpdated update && update.job().id() == base) {
                if (it.at().isAfter(at)) {
                    break;
                }
                if (it.at().isAfter(read) && wanted.equals(what(then))) {
                    return true;
                }
                then = update.job();
            }
        }
        return wanted.equals(what(then));
    }

    private static Map<String, @Nullable Object> what(JobView job) {
        var fields = new HashMap<String, @Nullable Object>(job.definition());
        fields.keySet().removeAll(OWN);
        return fields;
    }

    private static Violation violation(
            InvocationRecord invocation, Instant at, String kind, String what) {
        return new Violation(
                Property.S7,
                kind,
                at,
                invocation.number(),
                "#%s %s triggered %s"
                        .formatted(invocation.pullRequest(), invocation.order(), what));
    }
}
