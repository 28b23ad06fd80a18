package io.github.dbtc4j.cli;

import static java.util.Objects.requireNonNull;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.server.SandboxServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A sandbox over HTTP in which a platform minute takes a second.
///
/// Runs whose cause contains `slow` run until they are ended; all others succeed after a platform
/// minute.
public final class Platform implements AutoCloseable {

    private static final double SPEED = 60;

    public final Sandbox sandbox;
    public final SandboxServer server;
    public final long job;

    /// What other pipelines use.
    public final DbtCloudClient client;

    private Platform(SandboxOptions options) throws IOException {
        SystemContext machine = SystemContext.real();
        sandbox = new Sandbox(options, Instant.parse("2026-03-02T09:00:00Z"));
        server = new SandboxServer(sandbox, 0, SPEED, 1, machine);
        job = sandbox.world().ciJobId();
        client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .transport(request -> sandbox.handle(request, server.now()))
                                .host(server.uri().toString())
                                .token(CommandProcess.CANARY));
        ScriptedOutcome quick =
                ScriptedOutcome.success()
                        .preparing(Duration.ofSeconds(5))
                        .executing(Duration.ofSeconds(55))
                        .cancelling(Duration.ofSeconds(3));
        sandbox.decide(RunRule.always(quick.executing(Duration.ofHours(20))).containing("slow"));
        sandbox.decide(RunRule.always(quick).containing("quick"));
        sandbox.decide(
                RunRule.always(ScriptedOutcome.failureAt("model.jaffle_shop.orders"))
                        .containing("failing"));
    }

    public static SandboxOptions options() {
        return SandboxOptions.defaults()
                .token(CommandProcess.CANARY)
                .schedules(false)
                .earlierRuns(0);
    }

    /// On the Starter plan with 5 run slots.
    public static Platform starter() {
        return of(options());
    }

    public static Platform of(SandboxOptions options) {
        try {
            return new Platform(options);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// What a pipeline has in its environment.
    public Map<String, String> environment() {
        return Map.of(
                "DBT_CLOUD_HOST",
                server.uri().toString(),
                "DBT_CLOUD_SERVICE_TOKEN",
                CommandProcess.CANARY,
                "DBT_CLOUD_ACCOUNT_ID",
                "1",
                "DBT_CLOUD_JOB_ID",
                Long.toString(job));
    }

    /// Starts `dbtc` on this platform, looking often.
    public CommandProcess dbtc(String... args) {
        return CommandProcess.dbtc(environment(), args);
    }

    /// Starts `dbtc trigger-autoscaling-ci-job` for pull request 50.
    public CommandProcess trigger(String cause, String... args) {
        var all = new java.util.ArrayList<String>();
        all.add("trigger-autoscaling-ci-job");
        all.add("--poll-interval=0.3");
        all.add("--payload=" + payload(cause));
        all.addAll(List.of(args));
        return dbtc(all.toArray(String[]::new));
    }

    public static String payload(String cause) {
        return "{\"cause\": \"%s\", \"git_sha\": \"1f3a6c0b9d2e\", \"github_pull_request_id\": 50}"
                .formatted(cause);
    }

    /// Another pipeline triggers a run.
    public long triggerElsewhere(long jobId, String cause, long pullRequest) {
        return client.jobs()
                .trigger(1, jobId, Map.of("cause", cause, "github_pull_request_id", pullRequest))
                .data()
                .id();
    }

    /// Creates a job that looks like this.
    long create(String name, String description) {
        return create(client, name, description);
    }

    public static long create(DbtCloudClient client, String name, String description) {
        Map<String, @Nullable Object> definition =
                Json.readObject(
                        """
                        {"id": null, "account_id": 1, "project_id": 1, "environment_id": 1,
                         "execute_steps": ["dbt build"], "state": 1,
                         "triggers": {"github_webhook": false, "git_provider_webhook": false,
                                      "schedule": false, "on_merge": false},
                         "settings": {"threads": 4, "target_name": "default"},
                         "execution": {"timeout_seconds": 0}, "dbt_version": null,
                         "generate_docs": false, "run_generate_sources": false,
                         "run_compare_changes": false, "run_lint": false,
                         "errors_on_lint_failure": true, "lifecycle_webhooks": false,
                         "schedule": {"cron": "0 0 1 1 *",
                                      "date": {"type": "custom_cron", "cron": "0 0 1 1 *"},
                                      "time": {"type": "every_hour", "interval": 1}}}
                        """);
        definition.put("name", name);
        definition.put("description", description);
        return client.jobs().create(1, definition).data().id();
    }

    /// Waits until the run is in this status.
    public void await(long run, int status) {
        Await.until(
                "run " + run + " has status " + status,
                () -> run(run).status() == status,
                () -> sandbox.history().toString());
    }

    public RunView run(long id) {
        return sandbox.run(id).orElseThrow();
    }

    /// The commands that a run executes instead of its job's.
    public List<String> stepsOverride(long run) {
        var trigger = requireNonNull(client.runs().get(1, run, Include.TRIGGER).data().trigger());
        return requireNonNull(trigger.stepsOverride());
    }

    /// The runs of pull request 50, oldest first.
    public List<RunView> runsOfPullRequest50() {
        return sandbox.runs().stream().filter(run -> run.pullRequest().containsValue(50L)).toList();
    }

    /// Waits until there are so many runs of pull request 50, and returns the last.
    public RunView awaitRunOfPullRequest50(int number, CommandProcess process) {
        Await.until(
                "run number " + number + " of pull request 50",
                () -> runsOfPullRequest50().size() >= number,
                process::err);
        return runsOfPullRequest50().get(number - 1);
    }

    /// Clones that were ever made.
    public List<JobView> clones() {
        return sandbox.jobs().stream().filter(job -> job.name().contains("[CLONED")).toList();
    }

    /// Requests that were answered, those of [#client] included.
    public List<SandboxEvent.Requested> requests() {
        return sandbox.history().stream()
                .filter(SandboxEvent.Requested.class::isInstance)
                .map(SandboxEvent.Requested.class::cast)
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
