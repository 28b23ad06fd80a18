package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.option.SeededWorld;
import io.github.dbtc4j.sandbox.platform.EnvironmentRecord;
import io.github.dbtc4j.sandbox.platform.JobDefinition;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.Node;
import io.github.dbtc4j.sandbox.platform.ProjectRecord;
import io.github.dbtc4j.sandbox.platform.RunPlan;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.Scheduler;
import io.github.dbtc4j.sandbox.platform.SeededRandom;
import io.github.dbtc4j.sandbox.platform.TriggerRecord;
import io.github.dbtc4j.sandbox.platform.Variable;
import io.github.dbtc4j.sandbox.platform.World;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The world a sandbox begins with.
///
/// Account 1, project 1 and job 1 are the example of the autoscaling guide; a second project and
/// scheduled production jobs use the run slots of the same account.
public final class Seeding {

    private static final long PROJECT = 1;
    private static final long OTHER_PROJECT = 2;
    private static final long CI_ENVIRONMENT = 1;
    private static final long PRODUCTION = 2;
    private static final long OTHER_PRODUCTION = 3;
    private static final long CI_JOB = 1;
    private static final long NEW_CI_JOB = 5;
    private static final List<Long> PRODUCTION_JOBS = List.of(2L, 3L, 4L);

    private final World world;
    private final JobWrites writes;
    private final Instant start;

    private Seeding(World world, JobWrites writes) {
        this.world = world;
        this.writes = writes;
        this.start = world.now();
    }

    public static SeededWorld plant(World world, JobWrites writes) {
        var seeding = new Seeding(world, writes);
        seeding.places();
        seeding.jobs();
        seeding.earlierRuns();
        return new SeededWorld(
                world.accountId,
                world.options.token(),
                PROJECT,
                OTHER_PROJECT,
                CI_ENVIRONMENT,
                PRODUCTION,
                CI_JOB,
                NEW_CI_JOB,
                PRODUCTION_JOBS);
    }

    private void places() {
        Instant created = start.minus(Duration.ofDays(390));
        ProjectRecord shop = project(PROJECT, "jaffle_shop", created);
        ProjectRecord finance = project(OTHER_PROJECT, "finance", created);
        environment(CI_ENVIRONMENT, shop, "CI", null, created);
        environment(PRODUCTION, shop, "Production", "production", created);
        environment(OTHER_PRODUCTION, finance, "Production", "production", created);
        for (Map.Entry<String, String> variable :
                Map.of("DBT_WAREHOUSE", "small", "DBT_ENV_SECRET_GIT_TOKEN", "s3cret").entrySet()) {
            long id = variable.getKey().equals("DBT_WAREHOUSE") ? 101 : 102;
            world.variables.put(
                    id,
                    new Variable(
                            id,
                            PROJECT,
                            variable.getKey(),
                            "project",
                            null,
                            null,
                            variable.getValue(),
                            created,
                            created));
        }
    }

    private void jobs() {
        job(
                CI_JOB,
                "CI",
                CI_ENVIRONMENT,
                PROJECT,
                List.of("dbt build -s state:modified+"),
                "ci",
                null);
        job(
                2,
                "Daily build",
                PRODUCTION,
                PROJECT,
                List.of("dbt build"),
                "scheduled",
                "0 6 * * 0,1,2,3,4,5,6");
        job(
                3,
                "Hourly orders",
                PRODUCTION,
                PROJECT,
                List.of("dbt build -s orders+"),
                "scheduled",
                "6 */1 * * 0,1,2,3,4,5,6");
        job(
                4,
                "Month end",
                OTHER_PRODUCTION,
                OTHER_PROJECT,
                List.of("dbt source freshness", "dbt build"),
                "scheduled",
                "30 */4 * * 1,2,3,4,5");
        job(
                NEW_CI_JOB,
                "CI, made lately",
                CI_ENVIRONMENT,
                PROJECT,
                List.of("dbt build -s state:modified+"),
                "ci",
                null);
    }

    /// Runs that ended before the world begins, so that lists are not empty and ids not new.
    private void earlierRuns() {
        int count = world.options.earlierRuns();
        List<Long> jobs = List.of(2L, 3L, 3L, 4L, CI_JOB, 3L);
        for (int i = 0; i < count; i++) {
            JobRecord job = Objects.requireNonNull(world.jobs.get(jobs.get(i % jobs.size())));
            earlierRun(job, start.minus(Duration.ofMinutes(47L * (count - i) + 60)));
        }
    }

    private void earlierRun(JobRecord job, Instant at) {
        int number = world.nextRunNumber();
        long id = World.runId(number);
        SeededRandom chance = world.chance(id, SeededRandom.Topic.HISTORY);
        boolean ci = job.id == CI_JOB;
        Map<String, Object> fields =
                ci
                        ? Map.of(
                                "cause",
                                "Autoscaling CI",
                                "git_sha",
                                "%016x%016x%08x"
                                        .formatted(chance.nextLong(), chance.nextLong(), number),
                                "github_pull_request_id",
                                40L + number % 7,
                                "schema_override",
                                "dbt_cloud_pr_1_" + (40 + number % 7))
                        : Map.of("cause", "scheduled");
        var trigger =
                new TriggerRecord(
                        World.triggerId(number),
                        fields,
                        ci ? "api" : "scheduled",
                        at,
                        ci ? Actor.holding(world.token) : Actor.SYSTEM);
        RunPlan plan =
                RunPlan.of(
                        ScriptedOutcome.any(),
                        ci,
                        RunPlan.commands(job.definition, trigger),
                        Pace.realistic(),
                        world.chance(id, SeededRandom.Topic.RUN));
        var run =
                new RunRecord(
                        id,
                        number,
                        job,
                        world.environmentOf(job),
                        trigger,
                        plan,
                        null,
                        false,
                        Map.of(),
                        at,
                        at);
        run.status = plan.status();
        run.dequeuedAt = at.plusMillis(72);
        run.startedAt = run.dequeuedAt.plus(plan.prep());
        run.finishedAt = run.startedAt.plus(plan.execution());
        run.updatedAt = run.finishedAt;
        run.commit = ci ? trigger.text("git_sha") : Scheduler.commitOf(run, world);
        run.deferredTo = world.deferredTo(job.definition);
        if (run.status == RunRecord.SUCCESS) {
            world.succeeded(run);
        } else {
            job.failures++;
        }
        world.add(run);
    }

    private ProjectRecord project(long id, String name, Instant created) {
        var project =
                new ProjectRecord(
                        id,
                        name,
                        "jaffle-company/" + name,
                        200 + id,
                        100 + id,
                        created,
                        Node.ofProject(name));
        world.projects.put(id, project);
        return project;
    }

    private void environment(
            long id, ProjectRecord project, String name, @Nullable String type, Instant created) {
        world.environments.put(
                id, new EnvironmentRecord(id, project, name, "latest", type, null, created));
    }

    private void job(
            long id,
            String name,
            long environment,
            long project,
            List<String> steps,
            String type,
            @Nullable String cron) {
        var triggers = new LinkedHashMap<String, @Nullable Object>();
        triggers.put("github_webhook", false);
        triggers.put("git_provider_webhook", false);
        triggers.put("schedule", cron != null);
        triggers.put("on_merge", false);
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("id", null);
        body.put("account_id", world.accountId);
        body.put("project_id", project);
        body.put("environment_id", environment);
        body.put("name", name);
        body.put("description", "");
        body.put("execute_steps", steps);
        body.put("state", 1L);
        body.put("job_type", type);
        body.put("deferring_environment_id", type.equals("ci") ? PRODUCTION : null);
        body.put("triggers", triggers);
        body.put("settings", ordered("threads", 4L, "target_name", "default"));
        body.put("execution", ordered("timeout_seconds", 0L));
        body.put("generate_docs", id == 2);
        body.put("run_generate_sources", false);
        body.put("run_compare_changes", false);
        body.put("run_lint", false);
        body.put("errors_on_lint_failure", true);
        body.put("lifecycle_webhooks", false);
        body.put("schedule", cron == null ? Schedules.everyHour() : interval(cron));
        JobDefinition definition = JobRequest.create(body, world);
        if (id == CI_JOB) {
            definition = asOld(definition);
        }
        Instant created = start.minus(Duration.ofDays(200));
        writes.add(new JobRecord(id, definition, created, created), Actor.USER);
    }

    /// The first CI job is an old one: it still shows a trigger that the platform rejects today
    /// (dbt-jobs-as-code#91).
    private static JobDefinition asOld(JobDefinition definition) {
        var fields = new LinkedHashMap<String, @Nullable Object>(definition.fields());
        var triggers = new LinkedHashMap<String, @Nullable Object>(definition.object("triggers"));
        triggers.put("custom_branch_only", false);
        fields.put("triggers", triggers);
        return new JobDefinition(fields);
    }

    private static Map<String, @Nullable Object> interval(String cron) {
        var schedule = new LinkedHashMap<String, @Nullable Object>();
        schedule.put("cron", cron);
        var days = new ArrayList<Long>();
        for (String day : cron.split(" ", -1)[4].split(",", -1)) {
            days.add(Long.valueOf(day));
        }
        schedule.put("date", ordered("type", "interval_cron", "days", days, "cron", cron));
        schedule.put("time", ordered("type", "every_hour", "interval", 1L));
        return schedule;
    }

    private static Map<String, @Nullable Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
