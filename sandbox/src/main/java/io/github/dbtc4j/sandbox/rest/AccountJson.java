package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.platform.EnvironmentRecord;
import io.github.dbtc4j.sandbox.platform.ProjectRecord;
import io.github.dbtc4j.sandbox.platform.Scheduler;
import io.github.dbtc4j.sandbox.platform.World;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The account, its projects and environments as the API shows them (recorded: dbt-cloud-cli 2022;
/// fields since then from the specification).
final class AccountJson {

    private AccountJson() {}

    static Map<String, @Nullable Object> account(World world) {
        var shape = new LinkedHashMap<String, @Nullable Object>(96);
        shape.put("docs_job_id", null);
        shape.put("freshness_job_id", null);
        shape.put("lock_reason", null);
        shape.put("lock_cause", null);
        shape.put("unlock_if_subscription_renewed", false);
        shape.put("read_only_seats", 10);
        shape.put("it_seats", 0);
        shape.put("explorer_seats", 0);
        shape.put("analyst_seats", 0);
        shape.put("id", world.accountId);
        shape.put("name", "Jaffle Company");
        shape.put("state", 1);
        shape.put("plan", world.options.plan());
        shape.put("pending_cancel", false);
        shape.put("run_slots", world.runSlots);
        shape.put("developer_seats", 5);
        shape.put("queue_limit", Scheduler.QUEUE_LIMIT);
        shape.put("pod_memory_request_mebibytes", 600);
        shape.put("develop_pod_memory_request_mebibytes", 0);
        shape.put("run_duration_limit_seconds", Scheduler.ACCOUNT_TIMEOUT.toSeconds());
        shape.put("enterprise_authentication_method", null);
        shape.put("enterprise_login_slug", null);
        shape.put("enterprise_unique_identifier", null);
        shape.put("business_critical", false);
        shape.put("billing_email_address", null);
        shape.put("locked", false);
        shape.put("develop_file_system", true);
        shape.put("unlocked_at", null);
        shape.put("created_at", TimestampFormat.iso(world.accountCreatedAt));
        shape.put("updated_at", TimestampFormat.iso(world.accountCreatedAt));
        shape.put("starter_repo_url", null);
        shape.put("sso_reauth", false);
        shape.put("git_auth_level", "personal");
        shape.put("identifier", "act_2sandbox");
        shape.put("static_subdomain", "abc12");
        shape.put("vanity_subdomain", null);
        shape.put("run_locked_until", null);
        shape.put("trial_end_date", null);
        shape.put("copilot_locked_until", null);
        shape.put("agent_credit_locked", false);
        shape.put("account_migration_events", List.of());
        shape.put("groups", List.of());
        shape.put("docs_job", null);
        shape.put("freshness_job", null);
        shape.put("enterprise_login_url", "https://cloud.getdbt.com/enterprise-login/None/");
        return shape;
    }

    static Map<String, @Nullable Object> project(ProjectRecord project, World world) {
        var shape = new LinkedHashMap<String, @Nullable Object>(64);
        shape.put("name", project.name());
        shape.put("account_id", world.accountId);
        shape.put("description", null);
        shape.put("repository_id", project.repositoryId());
        shape.put("connection_id", project.connectionId());
        shape.put("id", project.id());
        shape.put("created_at", TimestampFormat.spaced(project.createdAt()));
        shape.put("updated_at", TimestampFormat.spaced(project.createdAt()));
        shape.put("skipped_setup", false);
        shape.put("state", 1);
        shape.put("type", 0);
        shape.put("semantic_layer_config_id", null);
        shape.put("dbt_project_subdirectory", null);
        shape.put("connection", null);
        shape.put("repository", null);
        shape.put("environments", null);
        shape.put("group_permissions", List.of());
        shape.put("docs_job_id", null);
        shape.put("freshness_job_id", null);
        shape.put("docs_job", null);
        shape.put("freshness_job", null);
        shape.put("fusion_readiness", null);
        shape.put("default_version", null);
        return shape;
    }

    static Map<String, @Nullable Object> environmentV2(EnvironmentRecord environment, World world) {
        Map<String, @Nullable Object> shape = environment(environment, world);
        shape.put("repository", null);
        shape.put("connection", null);
        shape.put("jobs", List.of());
        shape.put("custom_environment_variables", List.of());
        return shape;
    }

    static Map<String, @Nullable Object> environmentV3(EnvironmentRecord environment, World world) {
        Map<String, @Nullable Object> shape = environment(environment, world);
        shape.put("enable_model_query_history", false);
        shape.put("enable_dbt_state", false);
        shape.put("primary_profile_id", null);
        return shape;
    }

    private static Map<String, @Nullable Object> environment(
            EnvironmentRecord environment, World world) {
        ProjectRecord project = environment.project();
        var shape = new LinkedHashMap<String, @Nullable Object>(64);
        shape.put("dbt_project_subdirectory", null);
        shape.put("project_id", project.id());
        shape.put("id", environment.id());
        shape.put("account_id", world.accountId);
        shape.put("connection_id", project.connectionId());
        shape.put("repository_id", project.repositoryId());
        shape.put("credentials_id", 1_000 + environment.id());
        shape.put("extended_attributes_id", null);
        shape.put("created_by_id", null);
        shape.put("name", environment.name());
        shape.put("use_custom_branch", environment.customBranch() != null);
        shape.put("custom_branch", environment.customBranch());
        shape.put("dbt_version", environment.dbtVersion());
        shape.put("raw_dbt_version", environment.dbtVersion());
        shape.put("supports_docs", true);
        shape.put("deployment_type", environment.deploymentType());
        shape.put("type", "deployment");
        shape.put("state", 1);
        shape.put("created_at", TimestampFormat.iso(environment.createdAt()));
        shape.put("updated_at", TimestampFormat.iso(environment.createdAt()));
        return shape;
    }
}
