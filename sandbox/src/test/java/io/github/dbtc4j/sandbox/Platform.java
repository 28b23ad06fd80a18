package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.NullUnmarked;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A sandbox, a clock that the test moves, and JSON in and out.
@NullUnmarked
public final class Platform {

    public static final Instant START = Instant.parse("2026-03-02T09:00:00.123456Z");
    public static final String V2 = "/api/v2/accounts/1";
    public static final String V3 = "/api/v3/accounts/1";

    public final Sandbox sandbox;
    final long ciJob;
    Instant now = START;
    public String token;

    public Platform(SandboxOptions options) {
        sandbox = new Sandbox(options, START);
        ciJob = sandbox.world().ciJobId();
        token = options.token();
    }

    /// Nothing happens by itself and nothing fails unless ordered.
    public static SandboxOptions quiet() {
        return SandboxOptions.defaults()
                .schedules(false)
                .earlierRuns(0)
                .pace(Pace.realistic().failureRate(0));
    }

    public static Platform with(Assumption... answers) {
        SandboxOptions options = quiet();
        for (Assumption answer : answers) {
            options = options.with(answer);
        }
        return new Platform(options);
    }

    public Platform after(Duration time) {
        now = now.plus(time);
        sandbox.advanceTo(now);
        return this;
    }

    public Platform afterSeconds(long seconds) {
        return after(Duration.ofSeconds(seconds));
    }

    /// Lets every run come to its end.
    public void settle() {
        for (var next = sandbox.nextEvent(); next.isPresent(); next = sandbox.nextEvent()) {
            now = next.get();
            sandbox.advanceTo(now);
        }
    }

    public Response send(String method, String path, String body, Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Authorization", "Token " + token);
        return sandbox.handle(
                new Request(
                        method,
                        URI.create(
                                "https://sandbox.test"
                                        + path.replace(" ", "%20")
                                                .replace("[", "%5B")
                                                .replace("]", "%5D")
                                                .replace("\"", "%22")),
                        all,
                        body,
                        Duration.ofSeconds(30)),
                now);
    }

    public Response get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Response post(String path, Object body) {
        return send(
                "POST",
                path,
                body == null ? null : Json.write(body),
                Map.of("Content-Type", "application/json"));
    }

    Response delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    public static Map<String, Object> json(Response response) {
        return Json.readObject(response.text());
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> data(Response response) {
        if (response.status() / 100 != 2) {
            throw new AssertionError(response.status() + " " + response.text());
        }
        return (Map<String, Object>) json(response).get("data");
    }

    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> rows(Response response) {
        if (response.status() != 200) {
            throw new AssertionError(response.status() + " " + response.text());
        }
        return (List<Map<String, Object>>) json(response).get("data");
    }

    public static List<Long> ids(Response response) {
        return rows(response).stream().map(row -> (Long) row.get("id")).toList();
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.get(key);
    }

    public Map<String, Object> run(long id) {
        return data(get(V2 + "/runs/" + id + "/"));
    }

    public long status(long id) {
        return (Long) run(id).get("status");
    }

    /// Triggers the job and gives the run's id.
    public long trigger(long job, Object... fields) {
        return (Long) data(post(V2 + "/jobs/" + job + "/run/", body(fields))).get("id");
    }

    public static Map<String, Object> body(Object... fields) {
        var body = new LinkedHashMap<String, Object>();
        body.put("cause", "test");
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return body;
    }

    /// A body that creates a job.
    static Map<String, Object> jobBody() {
        return Json.readObject(
                """
                {"id": null, "account_id": 1, "project_id": 1, "environment_id": 1,
                 "name": "A job", "description": "", "execute_steps": ["dbt build"],
                 "dbt_version": null, "state": 1,
                 "triggers": {"github_webhook": false, "git_provider_webhook": false,
                              "schedule": false, "on_merge": false},
                 "settings": {"threads": 4, "target_name": "default"},
                 "execution": {"timeout_seconds": 0},
                 "schedule": {"cron": "0 0 1 1 *",
                              "date": {"type": "custom_cron", "cron": "0 0 1 1 *"},
                              "time": {"type": "every_hour", "interval": 1}},
                 "generate_docs": false, "run_generate_sources": false,
                 "run_compare_changes": false, "run_lint": false,
                 "errors_on_lint_failure": true, "lifecycle_webhooks": false}
                """);
    }

    static Map<String, Object> jobBody(Object... changes) {
        Map<String, Object> body = jobBody();
        for (int i = 0; i < changes.length; i += 2) {
            body.put((String) changes[i], changes[i + 1]);
        }
        return body;
    }

    public long createJob(Object... changes) {
        return (Long) data(post(V2 + "/jobs/", jobBody(changes))).get("id");
    }

    /// The next run prepares for `prep` and executes for `execution` seconds.
    public Platform nextTakes(long prep, long execution) {
        sandbox.decide(
                RunRule.next(
                        ScriptedOutcome.success()
                                .preparing(Duration.ofSeconds(prep))
                                .executing(Duration.ofSeconds(execution))
                                .cancelling(Duration.ofSeconds(3))));
        return this;
    }
}
