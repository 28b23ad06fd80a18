package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;

/// A pipeline passed on the name of a variable that it does not have. Nothing listens at the host:
/// a command that sent something would end with 6.
class UnfilledValuesTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "DBT_CLOUD_HOST", "http://127.0.0.1:9",
                    "DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY,
                    "DBT_CLOUD_ACCOUNT_ID", "1",
                    "DBT_CLOUD_JOB_ID", "1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    git_sha                | ${GIT_SHA}
                    git_sha                | $(Build.SourceVersion)
                    git_sha                | $CI_COMMIT_SHA
                    git_sha                | %GIT_SHA%
                    git_sha                | <+codebase.commitSha>
                    git_branch             | $CI_COMMIT_BRANCH
                    schema_override        | $SCHEMA
                    cause                  | ${GIT_SHA}
                    github_pull_request_id | ${PULL_REQUEST_ID}
                    """)
    void areRefusedInAPayload(String field, String value) {
        var environment = new HashMap<>(ENVIRONMENT);
        var payload = new HashMap<String, Object>(Map.of("cause", "x"));
        payload.put(field, value);
        environment.put("DBTC_PAYLOAD", Json.write(payload));

        assertRefused(environment, field + " is the text " + value, "trigger-autoscaling-ci-job");
        assertRefused(environment, field + " is the text " + value, "plan");
    }

    @ParameterizedTest
    @CsvSource({
        "DBTC_GIT_SHA, ${GIT_SHA}",
        "DBTC_PULL_REQUEST, $(System.PullRequest.PullRequestId)",
        "DBTC_SCHEMA_OVERRIDE, $SCHEMA",
        "DBT_CLOUD_HOST, ${DBT_CLOUD_HOST}",
        "DBT_CLOUD_ACCOUNT_ID, $ACCOUNT",
        "DBT_CLOUD_SERVICE_TOKEN, $(DBT_CLOUD_TOKEN)",
    })
    void areRefusedInAVariable(String name, String value) {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.put("DBTC_PULL_REQUEST", "github:50");
        environment.put("DBTC_GIT_SHA", "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80");
        environment.put(name, value);

        assertRefused(environment, name.equals("DBT_CLOUD_HOST") ? "host" : value, "ci", "run");
    }

    @ParameterizedTest
    @CsvSource({
        "DBT_CLOUD_SERVICE_TOKEN, $(DBT_CLOUD_TOKEN)",
        "DBT_CLOUD_HOST, ${DBT_CLOUD_HOST}",
    })
    void areNotWellToTheDoctor(String name, String value) {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.put(name, value);

        assertRefused(environment, "not filled in", "doctor");
    }

    private static void assertRefused(
            Map<String, String> environment, String message, String... args) {
        var prompt = new Prompt(environment);

        assertThat(prompt.dbtc(args)).as(prompt.err()).isEqualTo(2);
        assertThat(prompt.err()).contains(message);
        assertThat(prompt.out()).isEmpty();
    }
}
