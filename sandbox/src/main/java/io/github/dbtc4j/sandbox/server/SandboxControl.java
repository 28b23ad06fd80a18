package io.github.dbtc4j.sandbox.server;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.fault.Fault;
import io.github.dbtc4j.sandbox.fault.FaultJson;
import io.github.dbtc4j.sandbox.fault.Faults;
import io.github.dbtc4j.sandbox.json.ControlFields;
import io.github.dbtc4j.sandbox.json.InvalidFieldException;
import io.github.dbtc4j.sandbox.json.Members;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The paths under `/sandbox/`, described at [SandboxServer].
final class SandboxControl {

    private static final Pattern PATH =
            Pattern.compile("/sandbox/(\\w+)(?:/(\\d{1,18}))?(?:/(\\w+))?/?");

    private final Sandbox sandbox;
    private final Faults faults;
    private final PlatformClock clock;

    SandboxControl(Sandbox sandbox, Faults faults, PlatformClock clock) {
        this.sandbox = sandbox;
        this.faults = faults;
        this.clock = clock;
    }

    Response handle(Request request) {
        String token = sandbox.world().token();
        String sent = request.headers().getOrDefault("Authorization", "");
        if (!sent.equals("Token " + token) && !sent.equals("Bearer " + token)) {
            return refused(401, "Invalid token.");
        }
        Matcher path = PATH.matcher(request.uri().getPath());
        if (!path.matches()) {
            return refused(404, "No such control path; SandboxServer's documentation lists them.");
        }
        sandbox.advanceTo(clock.instant());
        try {
            return answer(
                    request.method() + " " + path.group(1) + part("/", path.group(3)),
                    path.group(2) == null ? 0 : Long.parseLong(path.group(2)),
                    request);
        } catch (InvalidFieldException e) {
            return json(400, Map.of(e.field, e.problem));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return refused(400, String.valueOf(e.getMessage()));
        }
    }

    private Response answer(String call, long id, Request request) {
        return switch (call) {
            case "GET faults" -> ok(faultList());
            case "POST faults" -> {
                faults.add(Fault.parse(body(request)));
                yield ok(faultList());
            }
            case "DELETE faults" -> {
                faults.clear();
                yield ok(faultList());
            }
            case "GET history" -> ok(history(request.uri().getQuery()));
            case "GET clock" -> ok(time());
            case "POST clock" -> {
                skip(new ControlFields(body(request)));
                yield ok(time());
            }
            case "POST rules" -> {
                sandbox.decide(rule(new ControlFields(body(request))));
                yield ok(Map.of());
            }
            case "POST run_slots" -> {
                var fields = new ControlFields(body(request));
                sandbox.runSlots(fields.whole("run_slots"));
                fields.nothingElse();
                yield ok(Map.of());
            }
            case "POST jobs" -> {
                sandbox.editAsUser(id, body(request));
                yield ok(Map.of());
            }
            case "DELETE jobs" -> {
                sandbox.deleteAsUser(id);
                yield ok(Map.of());
            }
            case "POST jobs/run" -> {
                var fields = new ControlFields(body(request));
                String cause = fields.text("cause", "a text", text -> text);
                fields.nothingElse();
                yield ok(
                        Map.of(
                                "run_id",
                                sandbox.runAsUser(
                                        id, ControlFields.or(cause, "Kicked off by hand"))));
            }
            case "POST runs/cancel" -> {
                sandbox.cancelAsUser(id);
                yield ok(Map.of());
            }
            default -> refused(404, "No such control call: " + call + ".");
        };
    }

    private Map<String, @Nullable Object> faultList() {
        return Map.of(
                "faults",
                faults.struck().stream()
                        .map(struck -> {
                            var json = FaultJson.write(struck.fault());
                            json.put("struck", struck.times());
                            return json;
                        })
                        .toList());
    }

    private Map<String, @Nullable Object> history(@Nullable String query) {
        Instant since =
                query != null && query.startsWith("since=")
                        ? Instant.parse(query.substring("since=".length()))
                        : Instant.MIN;
        return Map.of(
                "events",
                sandbox.history().stream()
                        .filter(event -> !event.at().isBefore(since))
                        .map(EventJson::write)
                        .toList());
    }

    private Map<String, @Nullable Object> time() {
        return Members.of("now", clock.instant().toString(), "speed", clock.speed());
    }

    private void skip(ControlFields fields) {
        Duration ahead = fields.required("advance_seconds");
        fields.nothingElse();
        clock.skip(ahead);
        Instant now = clock.instant();
        faults.advanceTo(now);
        sandbox.advanceTo(now);
    }

    private static RunRule rule(ControlFields fields) {
        Long job = fields.id("job_id");
        String contains = fields.text("contains", "a text", text -> text);
        Integer times = fields.whole("times");
        var outcome =
                new ScriptedOutcome(
                        fields.choice("ending", List.of(ScriptedOutcome.Ending.values())),
                        fields.text("failing_node", "a text", text -> text),
                        fields.duration("prep_seconds"),
                        fields.duration("execution_seconds"),
                        fields.duration("cancel_seconds"));
        fields.nothingElse();
        return new RunRule(job, contains, outcome, ControlFields.or(times, 1));
    }

    private static Map<String, @Nullable Object> body(Request request) {
        String body = request.body();
        return body == null ? Map.of() : Json.readObject(body);
    }

    private static String part(String before, @Nullable String text) {
        return text == null ? "" : before + text;
    }

    private static Response ok(Map<String, ? extends @Nullable Object> data) {
        return json(200, data);
    }

    private static Response refused(int status, String message) {
        return json(status, Map.of("detail", message));
    }

    private static Response json(int status, Map<String, ? extends @Nullable Object> body) {
        return Response.of(status, Map.of("content-type", "application/json"), Json.write(body));
    }
}
