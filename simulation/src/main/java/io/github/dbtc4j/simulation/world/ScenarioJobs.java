package io.github.dbtc4j.simulation.world;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Jobs that the seeded world does not have.
public final class ScenarioJobs {

    private ScenarioJobs() {}

    /// Creates a job without triggers in an environment that `project` has.
    ///
    /// @return its id
    public static long create(Sandbox sandbox, long project, String name, String type) {
        AssumptionSet switches = sandbox.switches();
        // the people who set the platform up were allowed to
        sandbox.switches(switches.with(Assumption.OneMoreJob.ALLOWED));
        Response response = request(sandbox, sandbox.world().token(), project, name, type, "");
        sandbox.switches(switches);
        if (response.status() >= 300) {
            throw new IllegalStateException("job " + name + ": " + response.text());
        }
        return sandbox.jobs().getLast().id();
    }

    /// Asks for such a job, and takes no for an answer.
    public static Response request(
            Sandbox sandbox,
            String token,
            long project,
            String name,
            String type,
            String description) {
        long environment =
                sandbox.jobs().stream()
                        .filter(job -> job.projectId() == project)
                        .findFirst()
                        .orElseThrow()
                        .environmentId();
        var definition = new LinkedHashMap<String, @Nullable Object>();
        definition.put("id", null);
        definition.put("account_id", sandbox.world().accountId());
        definition.put("project_id", project);
        definition.put("environment_id", environment);
        definition.put("name", name);
        definition.put("description", description);
        definition.put("job_type", type);
        definition.put("state", 1);
        definition.put("execute_steps", List.of("dbt build --select state:modified+"));
        definition.put("execution", Map.of("timeout_seconds", 0));
        definition.put("settings", inOrder(Map.of("threads", 4, "target_name", "default")));
        definition.put(
                "schedule",
                inOrder(
                        Map.of(
                                "date",
                                Map.of("type", "every_day"),
                                "time",
                                inOrder(Map.of("type", "every_hour", "interval", 1)))));
        definition.put("triggers", triggers(false));
        for (String off :
                List.of(
                        "generate_docs",
                        "run_generate_sources",
                        "run_lint",
                        "errors_on_lint_failure",
                        "run_compare_changes",
                        "lifecycle_webhooks")) {
            definition.put(off, false);
        }
        var request =
                new Request(
                        "POST",
                        URI.create(
                                "https://cloud.getdbt.com/api/v2/accounts/%d/jobs/"
                                        .formatted(sandbox.world().accountId())),
                        Map.of("Authorization", "Bearer " + token),
                        Json.write(definition),
                        Duration.ofSeconds(30));
        return sandbox.handle(request, sandbox.now());
    }

    /// What triggers a job by itself: at most its schedule.
    public static Map<String, Object> triggers(boolean schedule) {
        return inOrder(
                Map.of(
                        "github_webhook",
                        false,
                        "git_provider_webhook",
                        false,
                        "schedule",
                        schedule));
    }

    /// The same in the same order in every process, which `Map.of` is not.
    private static Map<String, Object> inOrder(Map<String, ?> map) {
        return new TreeMap<>(map);
    }
}
