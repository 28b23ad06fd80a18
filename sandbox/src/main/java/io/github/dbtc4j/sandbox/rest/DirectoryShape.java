package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.platform.ProjectRecord;
import io.github.dbtc4j.sandbox.platform.World;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What [DirectoryApi] lists, as the specification declares it.
final class DirectoryShape {

    private static final List<String> NO =
            List.of(
                    "azure_active_directory_connected",
                    "azure_active_directory_token_retrieval_failure",
                    "enterprise_connected",
                    "github_token_retrieval_failure",
                    "gitlab_connected",
                    "gitlab_token_retrieval_failure",
                    "is_staff",
                    "sso_only_user");
    private static final List<String> YES =
            List.of("email_connected", "email_verified", "github_connected", "is_active");

    private DirectoryShape() {}

    static Map<String, Object> licenses() {
        return Map.of("developer", license(5, 2), "read_only", license(10, 0));
    }

    private static Map<String, Object> license(int total, int used) {
        var license = new LinkedHashMap<String, Object>();
        license.put("limited", true);
        license.put("over_limit", false);
        license.put("total", total);
        license.put("in_use", used);
        license.put("available", total - used);
        license.put("assigned", used);
        license.put("enterprise_plan", false);
        return license;
    }

    static List<Map<String, @Nullable Object>> users(World world) {
        return List.of(user(1, "Ada", "Analyst", world), user(2, "CI", "Robot", world));
    }

    private static Map<String, @Nullable Object> user(
            long id, String first, String last, World world) {
        String created = TimestampFormat.zulu(world.accountCreatedAt);
        var user = new LinkedHashMap<String, @Nullable Object>();
        user.put("id", id);
        user.put("first_name", first);
        user.put("last_name", last);
        user.put("email", (first + "." + last + "@example.com").toLowerCase(Locale.ROOT));
        user.put("apitoken_last_used", created);
        NO.forEach(name -> user.put(name, false));
        YES.forEach(name -> user.put(name, true));
        user.put("azure_active_directory_username", "");
        user.put("enterprise_authentication_method", "");
        user.put("github_username", first);
        user.put("gitlab_username", "");
        user.put("last_login", created);
        user.put("created_at", created);
        user.put("permissions", List.of(Map.of("license_type", "developer", "state", 1)));
        user.put("auth_provider_infos", Map.of());
        user.put("licenses", Map.of());
        return user;
    }

    static Map<String, @Nullable Object> owners(World world) {
        Map<String, @Nullable Object> group = owned(1, world);
        group.put("name", "Owner");
        group.put("assign_by_default", false);
        group.put("sso_mapping_groups", List.of());
        group.put("group_permissions", List.of());
        group.put("member_count", 2);
        group.put("scim_managed", false);
        return group;
    }

    static Map<String, @Nullable Object> repository(ProjectRecord project, World world) {
        Map<String, @Nullable Object> repository = owned(project.repositoryId(), world);
        repository.put("project_id", project.id());
        repository.put("full_name", project.repository());
        repository.put("remote_backend", "github");
        repository.put("git_clone_strategy", "github_app");
        repository.put("github_repo", project.repository());
        repository.put("name", project.name());
        repository.put("web_url", "https://github.com/" + project.repository());
        repository.put("deploy_key", null);
        repository.put("git_provider", Map.of());
        repository.put("gitlab", null);
        repository.put("is_private_link_enabled", false);
        return repository;
    }

    static Map<String, @Nullable Object> connection(ProjectRecord project, World world) {
        Map<String, @Nullable Object> connection = owned(project.connectionId(), world);
        connection.put("project_id", project.id());
        connection.put("name", "BigQuery");
        connection.put("type", "bigquery");
        connection.put("adapter_version", "bigquery_v0");
        connection.put("created_by_id", 1);
        connection.put("oauth_redirect_uri", "https://abc12.us1.dbt.com/complete/bigquery");
        return connection;
    }

    static Map<String, Object> credentials(ProjectRecord project, World world) {
        var credentials = new LinkedHashMap<String, Object>();
        credentials.put("account_id", world.accountId);
        credentials.put("project_id", project.id());
        credentials.put("type", "bigquery");
        credentials.put("state", 1);
        credentials.put("threads", 4);
        credentials.put("schema", "analytics");
        credentials.put("target_name", "default");
        return credentials;
    }

    private static Map<String, @Nullable Object> owned(long id, World world) {
        var shape = new LinkedHashMap<String, @Nullable Object>();
        shape.put("id", id);
        shape.put("account_id", world.accountId);
        shape.put("state", 1);
        shape.put("created_at", TimestampFormat.zulu(world.accountCreatedAt));
        shape.put("updated_at", TimestampFormat.zulu(world.accountCreatedAt));
        return shape;
    }
}
