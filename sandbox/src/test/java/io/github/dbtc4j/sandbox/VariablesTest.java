package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V3;
import static io.github.dbtc4j.sandbox.Platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

@NullUnmarked
class VariablesTest {

    private static final String VARIABLES = V3 + "/projects/1/environment-variables/";

    private final Platform platform = Platform.with();

    @Test
    void allVariablesOfTheProjectAreListedByScopeAndSecretsAreMasked() {
        platform.sandbox.setVariableAsUser(1, "DBT_WAREHOUSE", "large");
        platform.sandbox.setVariableAsUser(1, "DBT_ENV_SECRET_GIT_TOKEN", "hush");
        Map<String, Object> variables = data(ofJob(1));

        assertThat(variables).containsOnlyKeys("DBT_WAREHOUSE", "DBT_ENV_SECRET_GIT_TOKEN");
        assertThat(value(variables, "DBT_WAREHOUSE", "project")).isEqualTo("small");
        assertThat(value(variables, "DBT_WAREHOUSE", "job")).isEqualTo("large");
        assertThat(value(variables, "DBT_ENV_SECRET_GIT_TOKEN", "project")).isEqualTo("********");
        assertThat(value(variables, "DBT_ENV_SECRET_GIT_TOKEN", "job")).isEqualTo("**********");
    }

    @Test
    void scopesWithoutAValueAreAbsent() {
        assertThat(Platform.map(data(ofJob(1)), "DBT_WAREHOUSE")).containsOnlyKeys("project");
    }

    @Test
    void anOverrideIsCreatedUpdatedAndDeleted() {
        long job = platform.createJob();
        Map<String, Object> created =
                data(platform.post(VARIABLES, body("DBT_WAREHOUSE", job, "huge")));
        assertThat(created)
                .containsEntry("name", "DBT_WAREHOUSE")
                .containsEntry("type", "job")
                .containsEntry("job_definition_id", job)
                .containsEntry("display_value", "huge")
                .containsEntry("environment_id", null)
                .containsEntry("created_at", "2026-03-02T09:00:00.123456+00:00");

        String one = VARIABLES + created.get("id") + "/";
        assertThat(data(platform.post(one, body("DBT_WAREHOUSE", job, "tiny"))))
                .containsEntry("display_value", "tiny");
        assertThat(value(data(ofJob(job)), "DBT_WAREHOUSE", "job")).isEqualTo("tiny");
        assertThat(platform.delete(one).status()).isEqualTo(204);
        assertThat(platform.delete(one).status()).isEqualTo(404);
        assertThat(Platform.map(data(ofJob(job)), "DBT_WAREHOUSE")).containsOnlyKeys("project");
    }

    @Test
    void overridesOfOtherJobsAreNotShown() {
        long job = platform.createJob();
        platform.sandbox.setVariableAsUser(job, "DBT_WAREHOUSE", "huge");

        assertThat(Platform.map(data(ofJob(1)), "DBT_WAREHOUSE")).containsOnlyKeys("project");
    }

    @Test
    void anEnvironmentsValueIsShownForItsJobsOnly() {
        Map<String, Object> body = body("DBT_WAREHOUSE", 1, "medium");
        body.put("type", "environment");
        body.put("environment_id", 1);
        body.put("job_definition_id", null);
        data(platform.post(VARIABLES, body));

        assertThat(value(data(ofJob(1)), "DBT_WAREHOUSE", "environment")).isEqualTo("medium");
        assertThat(Platform.map(data(ofJob(2)), "DBT_WAREHOUSE")).containsOnlyKeys("project");
    }

    @Test
    void wrongNamesScopesJobsAndDuplicatesAreRefused() {
        assertThat(status(body("WAREHOUSE", 1, "x"))).isEqualTo(400);
        assertThat(status(body("dbt_warehouse", 1, "x"))).isEqualTo(400);
        assertThat(status(body("DBT_X", 4, "x"))).isEqualTo(400);
        assertThat(status(body("DBT_X", 99, "x"))).isEqualTo(400);
        assertThat(status(body("DBT_X", 1, null))).isEqualTo(400);
        assertThat(status(body("DBT_X", 1, "x"))).isEqualTo(200);
        assertThat(status(body("DBT_X", 1, "x"))).isEqualTo(400);
        Map<String, Object> user = body("DBT_Y", 1, "x");
        user.put("type", "user");
        assertThat(status(user)).isEqualTo(400);
    }

    @Test
    void theJobMustBeNamedAndBelongToTheProject() {
        assertThat(platform.get(VARIABLES + "job/").status()).isEqualTo(400);
        assertThat(ofJob(4).status()).isEqualTo(404);
        assertThat(ofJob(99).status()).isEqualTo(404);
        assertThat(platform.get(Platform.V2 + "/projects/1/environment-variables/job/").status())
                .isEqualTo(404);
    }

    private Response ofJob(long job) {
        return platform.get(VARIABLES + "job/?job_definition_id=" + job);
    }

    private int status(Map<String, Object> body) {
        return platform.post(VARIABLES, body).status();
    }

    private static Object value(Map<String, Object> variables, String name, String scope) {
        return Platform.map(Platform.map(variables, name), scope).get("value");
    }

    private static Map<String, Object> body(String name, long job, String value) {
        var body = new LinkedHashMap<String, Object>();
        body.put("id", null);
        body.put("account_id", 1);
        body.put("project_id", 1);
        body.put("name", name);
        body.put("type", "job");
        body.put("job_definition_id", job);
        body.put("raw_value", value);
        return body;
    }
}
