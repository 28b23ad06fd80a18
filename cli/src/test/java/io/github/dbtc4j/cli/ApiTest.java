package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `dbtc api` sends what its arguments say, to the configured host alone.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class ApiTest {

    @Test
    void fillsInTheIdsAndPrintsTheBody() {
        try (var platform = Platform.starter()) {
            for (String path :
                    List.of(
                            "/api/v2/accounts/{account_id}/jobs/1/",
                            "api/v2/accounts/{account_id}/jobs/1/",
                            "v2/accounts/1/jobs/1/",
                            "v3/accounts/{account_id}/projects/{project_id}/environments/")) {
                var prompt = api(platform, 0, "GET", path, "--project-id=1");
                assertThat(Json.readObject(prompt.out())).containsKey("data");
                assertThat(prompt.err()).isEmpty();
            }
        }
    }

    @Test
    void putsTheFieldsOfAGetInTheQuery() {
        try (var platform = Platform.starter()) {
            var prompt =
                    api(
                            platform,
                            0,
                            "get",
                            "v2/accounts/1/jobs/?limit=1",
                            "-f",
                            "name__icontains=Month end",
                            "-F",
                            "offset=0");

            assertThat(data(prompt)).hasSize(1);
            assertThat(prompt.out()).contains("Month end");
        }
    }

    @Test
    void putsTheFieldsOfAPostInTheBody() {
        try (var platform = Platform.starter()) {
            api(
                    platform,
                    0,
                    "POST",
                    "v2/accounts/{account_id}/jobs/1/run/",
                    "-f",
                    "cause=50",
                    "-F",
                    "github_pull_request_id=50",
                    "-F",
                    "git_sha=null",
                    "-F",
                    "generate_docs_override=false",
                    "-f",
                    "steps_override[]=dbt build",
                    "-f",
                    "steps_override[]=dbt test");

            var run = platform.sandbox.runs().getLast();
            assertThat(run.cause()).isEqualTo("50");
            assertThat(run.pullRequest()).containsEntry("github_pull_request_id", 50L);
            assertThat(platform.stepsOverride(run.id())).containsExactly("dbt build", "dbt test");
        }
    }

    @Test
    void takesTheBodyFromAFileOrFromStandardInput(@TempDir Path folder) throws IOException {
        try (var platform = Platform.starter()) {
            Path body = Files.writeString(folder.resolve("body.json"), "{\"cause\": \"quick 1\"}");
            api(platform, 0, "POST", "v2/accounts/1/jobs/1/run/", "--input=" + body);
            var piped = new Prompt(platform.environment(), "{\"cause\": \"quick 2\"}", false);
            assertThat(piped.dbtc("api", "POST", "v2/accounts/1/jobs/1/run/", "--input", "-"))
                    .as(piped.err())
                    .isZero();
            Path cause = Files.writeString(folder.resolve("cause.txt"), "quick 3");
            api(platform, 0, "POST", "v2/accounts/1/jobs/1/run/", "-F", "cause=@" + cause);

            assertThat(platform.sandbox.runs())
                    .extracting(run -> run.cause())
                    .containsExactly("quick 1", "quick 2", "quick 3");
        }
    }

    @Test
    void printsAllPagesAsOne() {
        try (var platform = Platform.starter()) {
            var whole = api(platform, 0, "GET", "v2/accounts/1/jobs/");
            var paged = api(platform, 0, "GET", "v2/accounts/1/jobs/?limit=2", "--paginate");
            var single = api(platform, 0, "GET", "v2/accounts/1/jobs/", "--paginate");

            assertThat(data(whole)).hasSize(5);
            assertThat(data(paged)).isEqualTo(data(whole));
            assertThat(single.out()).isEqualTo(whole.out());
            assertThat(
                            data(
                                    api(
                                            platform,
                                            0,
                                            "GET",
                                            "v2/accounts/1/jobs/?offset=1&limit=2",
                                            "--paginate")))
                    .isEqualTo(data(whole).subList(1, data(whole).size()));
        }
    }

    @Test
    void printsWhatTheyAnsweredAndExplainsARefusal() {
        try (var platform = Platform.starter()) {
            var missing = api(platform, 6, "GET", "v2/accounts/1/jobs/999/");
            assertThat(missing.out()).contains("The requested resource was not found");
            assertThat(missing.err())
                    .contains("GET /api/v2/accounts/1/jobs/999/ was answered with HTTP 404.")
                    .contains("missing permission looks the same");

            var slashless = api(platform, 6, "POST", "v2/accounts/1/jobs/1/run", "-f", "cause=x");
            assertThat(slashless.err()).contains("Most paths end in a slash");

            var wrong = api(platform, 6, "POST", "v2/accounts/1/jobs/1/run/", "-f", "casue=x");
            assertThat(wrong.out()).contains("casue");
            assertThat(wrong.err()).contains("HTTP 400. Correct the request");

            var list = api(platform, 6, "GET", "v2/accounts/1/jobs/1/", "--paginate");
            assertThat(list.err()).contains("was not answered with a list; leave out --paginate");
            assertThat(platform.sandbox.runs()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    GET https://evil.example/api/v2/                 | it names a host
                    GET //evil.example/api/v2/                       | it names a host
                    GET api/v2/https://evil.example/                 | it names a host
                    GET /login/                                      | it is not under /api/
                    GET evil.example/api/v2/                         | it is not under /api/
                    GET @evil.example/api/                           | it is not under /api/
                    GET /api/../admin/                               | it contains a step such as ..
                    GET /api/v2/./x/                                 | it contains a step such as ..
                    GET /api/v2/%2e%2e/admin/                        | it contains an encoded dot
                    GET /api/v2/..%2fadmin/                          | it contains an encoded dot, slash
                    GET /api/v2/%252e%252e/x/                        | percent sign
                    GET /api/v2/..\\admin/                           | a backslash
                    GET /api//v2/                                    | two slashes in a row
                    GET /api/v2/#x                                   | a fragment
                    GET /api/v2/äpfel/                               | outside ASCII
                    GET /api/v2/"x"/                                 | percent-encoded
                    GET /api/v2/{job_id}/                            | no placeholders but {account_id} and {project_id}
                    GET /api/v2/{project_id}/                        | {project_id} has no value; give --project-id or set DBT_CLOUD_PROJECT_ID
                    HEAD /api/v2/                                    | 'HEAD' is not a method
                    /api/v2/ GET                                     | '/api/v2/' is not a method
                    GET /api/v2/ --input=x                           | a GET has no body
                    POST /api/v2/ --paginate                         | --paginate is for GET alone
                    POST /api/v2/ --input=/nowhere/x                 | --input: the file /nowhere/x cannot be read
                    POST /api/v2/ --input=/dev/null                  | --input: empty text
                    POST /api/v2/ -f cause                           | -f: 'cause' is not a field such as cause=CI
                    POST /api/v2/ -F =x                              | -F: '=x' is not a field
                    POST /api/v2/ -f a=1 -f a=2                      | the field a is given twice; for an array write a[]=VALUE
                    POST /api/v2/ -f a=1 -f a[]=2                    | is given twice
                    POST /api/v2/ -F a=@/nowhere/x                   | -F: the file /nowhere/x cannot be read
                    GET                                              | missing: PATH
                    """)
    void refusesWhatItWillNotSend(String args, String message) {
        try (var platform = Platform.starter()) {
            var prompt = api(platform, 2, args.strip().split(" "));

            assertThat(prompt.err()).contains(message).doesNotContain("\tat ");
            assertThat(prompt.out()).isEmpty();
            assertThat(platform.requests()).isEmpty();
        }
    }

    private static Prompt api(Platform platform, int exitCode, String... args) {
        var all = new ArrayList<>(List.of("api"));
        all.addAll(List.of(args));
        var prompt = new Prompt(platform.environment());
        assertThat(prompt.dbtc(all.toArray(String[]::new))).as(prompt.err()).isEqualTo(exitCode);
        return prompt;
    }

    private static List<?> data(Prompt prompt) {
        return Json.readObject(prompt.out()).get("data") instanceof List<?> rows
                ? rows.stream().map(row -> ((Map<?, ?>) row).get("id")).toList()
                : List.of();
    }
}
