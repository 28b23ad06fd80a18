package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.client.model.Include.*;

import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.JobQuery;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.client.model.RunStatus;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.webhook.Webhooks;

import org.jspecify.annotations.NullUnmarked;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything a client can ask a sandbox, asked once, and recorded.
@NullUnmarked // JSON is read by casts
final class Conversation {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /// What published clients leave out although the specification requires it.
    static final List<String> DEFAULTED =
            List.of(
                    "errors_on_lint_failure",
                    "execution",
                    "lifecycle_webhooks",
                    "run_compare_changes",
                    "run_generate_sources",
                    "run_lint");

    final List<Exchange> exchanges = new ArrayList<>();

    /// The client's methods that were called, with their group: `jobs.get`.
    final Set<String> methods = new LinkedHashSet<>();

    private final VirtualTime time = new VirtualTime(START);
    private final Sandbox sandbox = new Sandbox(SandboxOptions.defaults().schedules(false), START);
    private final long account = sandbox.world().accountId();
    private final long project = sandbox.world().projectId();
    private final long ciJob = sandbox.world().ciJobId();
    private final DbtCloudClient client = client(sandbox.world().token());

    Conversation() {
        new Webhooks(sandbox, 1, (target, headers, body) -> 200);
        readTheAccount();
        readWhatOtherClientsRead();
        Run failed = runAndFail();
        retry(failed);
        long waiting = runAndCancel();
        readRuns(failed.id(), waiting);
        readArtifacts(failed.id());
        long clone = cloneTheJob();
        setVariables(clone);
        changeAndDelete(clone);
        subscribe();
        goWrong();
    }

    private void readTheAccount() {
        called("accounts.list", client.accounts().list());
        called("accounts.get", client.accounts().get(account));
        called("jobs.list", client.jobs().list(account, JobQuery.all()));
        client.jobs()
                .list(
                        account,
                        JobQuery.all()
                                .projectId(project)
                                .environmentId(sandbox.world().ciEnvironmentId())
                                .nameContains("c")
                                .state(JobQuery.State.ALL)
                                .orderBy("-id")
                                .include(ENVIRONMENT, MOST_RECENT_RUN, MOST_RECENT_COMPLETED_RUN));
        client.jobs().list(account, JobQuery.all().projectIdIn(List.of(project)));
        called("jobs.get", client.jobs().get(account, ciJob));
        for (long job : sandbox.world().productionJobIds()) {
            client.jobs().get(account, job);
        }
    }

    /// dbt-cloud-cli and dbtc read these.
    private void readWhatOtherClientsRead() {
        for (String path :
                List.of(
                        "v2/accounts/%d/licenses/",
                        "v2/accounts/%d/notifications/",
                        "v3/accounts/%d/users/",
                        "v3/accounts/%d/groups/",
                        "v3/accounts/%d/audit-logs/",
                        "v3/accounts/%d/projects/1/repositories/",
                        "v3/accounts/%d/projects/1/connections/",
                        "v3/accounts/%d/projects/1/credentials/",
                        "v3/accounts/%d/projects/1/environment-variables/environment/")) {
            client.raw("GET", "/api/" + path.formatted(account), null);
        }
    }

    private Run runAndFail() {
        Map<String, Object> asDbtCloudCliDoes = payload("github_pull_request_id", "c0ffee");
        asDbtCloudCliDoes.put("account_id", account);
        asDbtCloudCliDoes.put("job_id", ciJob);
        client.jobs().trigger(account, sandbox.world().newCiJobId(), asDbtCloudCliDoes);
        sandbox.decide(
                RunRule.next(ScriptedOutcome.any().ending(ScriptedOutcome.Ending.FAILING_NODE)));
        Run run =
                called(
                                "jobs.trigger",
                                client.jobs()
                                        .trigger(
                                                account,
                                                ciJob,
                                                payload("github_pull_request_id", "a1b2c3d4e5f6")))
                        .data();
        client.runs().page(account, RunQuery.all().statusIn(RunStatus.Known.QUEUED));
        time.sleep(Duration.ofSeconds(40));
        client.runs().get(account, run.id(), TRIGGER, JOB, RUN_STEPS);
        time.sleep(Duration.ofHours(2));
        client.raw(
                "GET",
                "/api/v2/accounts/%d/jobs/%d/artifacts/run_results.json".formatted(account, ciJob),
                null);
        return client.runs().get(account, run.id()).data();
    }

    private void retry(Run failed) {
        called("runs.retryDetails", client.runs().retryDetails(account, failed.id()));
        called("runs.retry", client.runs().retry(account, failed.id()));
        time.sleep(Duration.ofHours(2));
        called("jobs.rerun", client.jobs().rerun(account, ciJob));
    }

    private long runAndCancel() {
        for (String field :
                List.of(
                        "azure_pull_request_id",
                        "gitlab_merge_request_id",
                        "non_native_pull_request_id")) {
            client.jobs().trigger(account, ciJob, payload(field, "0f0f0f0f0f0f"));
        }
        time.sleep(Duration.ofSeconds(50));
        List<Run> active =
                called(
                                "runs.page",
                                client.runs()
                                        .page(
                                                account,
                                                RunQuery.all()
                                                        .jobId(ciJob)
                                                        .statusIn(
                                                                RunStatus.Known.QUEUED,
                                                                RunStatus.Known.STARTING,
                                                                RunStatus.Known.RUNNING)
                                                        .include(TRIGGER, JOB, AUDIT)
                                                        .orderBy("-id")
                                                        .limit(50)
                                                        .offset(0)))
                        .data();
        called("runs.cancel", client.runs().cancel(account, active.getFirst().id()));
        client.runs().cancel(account, active.getLast().id());
        time.sleep(Duration.ofMinutes(1));
        return active.getFirst().id();
    }

    private void readRuns(long failed, long cancelled) {
        called("runs.list", client.runs().list(account, RunQuery.all().include(TRIGGER)));
        client.runs()
                .page(
                        account,
                        RunQuery.all()
                                .projectId(project)
                                .environmentId(sandbox.world().ciEnvironmentId())
                                .idGreaterThan(1));
        client.runs().page(account, RunQuery.all().projectIdIn(List.of(project)));
        called(
                "runs.get",
                client.runs()
                        .get(
                                account,
                                failed,
                                TRIGGER,
                                JOB,
                                ENVIRONMENT,
                                REPOSITORY,
                                RUN_STEPS,
                                RUN_RETRIES,
                                AUDIT,
                                DEBUG_LOGS));
        client.runs().get(account, cancelled, TRIGGER, AUDIT, RUN_STEPS);
        var withSteps = Json.readObject(client.runs().get(account, failed, RUN_STEPS).json());
        Map<?, ?> run = (Map<?, ?>) withSteps.get("data");
        Map<?, ?> step = (Map<?, ?>) ((List<?>) run.get("run_steps")).getFirst();
        client.raw("GET", "/api/v2/accounts/" + account + "/steps/" + step.get("id") + "/", null);
    }

    private void readArtifacts(long run) {
        called("artifacts.list", client.artifacts().list(account, run, null));
        client.artifacts().list(account, run, 4);
        called("artifacts.get", client.artifacts().get(account, run, "run_results.json", null));
        client.artifacts().get(account, run, "manifest.json", 4);
    }

    private long cloneTheJob() {
        Map<String, Object> asTerraformDoes = definition(null);
        asTerraformDoes.keySet().removeAll(DEFAULTED);
        client.jobs().create(account, asTerraformDoes);
        return called("jobs.create", client.jobs().create(account, definition(null))).data().id();
    }

    private void setVariables(long job) {
        called(
                "variables.create",
                client.variables().create(account, project, job, "DBT_TARGET_DAYS", "7"));
        client.variables().create(account, project, job, "DBT_ENV_SECRET_TOKEN", "not for you");
        called("variables.list", client.variables().list(account, project, job));
    }

    private void changeAndDelete(long job) {
        called("jobs.update", client.jobs().update(account, job, definition(job)));
        called("jobs.delete", client.jobs().delete(account, job));
    }

    private void subscribe() {
        String base = "/api/v3/accounts/" + account + "/webhooks/subscription";
        String body =
                """
                {"name": "to the chat", "event_types": ["job.run.completed"], "job_ids": [%d],
                 "client_url": "https://chat.example.com/hook", "active": true}\
                """
                        .formatted(ciJob);
        Response created = called("raw", client.raw("POST", base + "s", body));
        String one = base + "/" + data(created).get("id");
        client.raw("GET", base + "s?limit=5&offset=0", null);
        client.raw("GET", one, null);
        client.raw("PUT", one, body);
        client.raw("GET", one + "/test", null);
        client.raw("GET", one + "/events", null);
        client.raw("DELETE", one, null);
        client.raw("GET", one, null);
    }

    private void goWrong() {
        refused(() -> client.runs().get(account, 999_999_999));
        refused(() -> client.jobs().get(account, 999_999_999));
        refused(() ->
                client.jobs()
                        .trigger(
                                account,
                                ciJob,
                                Map.of("cause", "x", "github_pull_request_id", "12")));
        refused(() -> client.jobs().create(account, Map.of("name", "half a job")));
        refused(() -> client("another-token").accounts().get(account));
    }

    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (DbtCloudException expected) {
            return;
        }
        throw new AssertionError("the sandbox accepted what it should refuse");
    }

    private static Map<String, Object> payload(String pullRequestField, String sha) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("cause", "Autoscaling CI");
        payload.put("git_sha", sha);
        payload.put("git_branch", "feature");
        payload.put("schema_override", "dbt_cloud_pr_1_12");
        payload.put(pullRequestField, 12);
        payload.put("steps_override", List.of("dbt build -s state:modified+"));
        return payload;
    }

    private Map<String, Object> definition(Long id) {
        Map<String, Object> job = new HashMap<>();
        job.put("id", id);
        job.put("account_id", account);
        job.put("project_id", project);
        job.put("environment_id", sandbox.world().ciEnvironmentId());
        job.put("name", "CI [CLONED]");
        job.put("description", "a clone");
        job.put("state", 1);
        job.put("job_type", "ci");
        job.put("execute_steps", List.of("dbt build -s state:modified+"));
        job.put("settings", Map.of("threads", 8, "target_name", "default"));
        job.put("execution", Map.of("timeout_seconds", 3600));
        job.put(
                "triggers",
                Map.of(
                        "github_webhook",
                        false,
                        "git_provider_webhook",
                        false,
                        "schedule",
                        false,
                        "on_merge",
                        false));
        job.put(
                "schedule",
                Map.of(
                        "cron",
                        "0 0 1 1 *",
                        "date",
                        Map.of("type", "custom_cron", "cron", "0 0 1 1 *"),
                        "time",
                        Map.of("type", "every_hour", "interval", 1)));
        for (String flag :
                List.of(
                        "generate_docs",
                        "run_generate_sources",
                        "lifecycle_webhooks",
                        "run_compare_changes",
                        "run_lint",
                        "errors_on_lint_failure",
                        "triggers_on_draft_pr")) {
            job.put(flag, false);
        }
        return job;
    }

    private <T> T called(String method, T result) {
        methods.add(method);
        return result;
    }

    private DbtCloudClient client(String token) {
        return new DbtCloudClient(
                ClientOptions.defaults()
                        .host("http://127.0.0.1:1")
                        .token(token)
                        .transport(recorder())
                        .system(time));
    }

    private Transport recorder() {
        return (Request request) -> {
            Response response = sandbox.handle(request, time.now());
            exchanges.add(new Exchange(request, response));
            return response;
        };
    }

    private static Map<?, ?> data(Response response) {
        return (Map<?, ?>) Json.readObject(response.text()).get("data");
    }
}
