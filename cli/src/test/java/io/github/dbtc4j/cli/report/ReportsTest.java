package io.github.dbtc4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.JsonOutput;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.xml.parsers.DocumentBuilderFactory;

/// What a failing model leads to in each place a person looks at.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class ReportsTest {

    @TempDir private Path folder;

    @Test
    void standardErrorNamesStepModelAndFileAndEndsWithTheLink() {
        try (var platform = Platform.starter()) {
            var prompt = trigger(platform, Map.of(), "failing", 1);

            List<String> lines = prompt.err().lines().toList();
            assertThat(lines.subList(lines.size() - 5, lines.size()))
                    .satisfiesExactly(
                            line -> assertThat(line).matches("Run \\d+ failed after [\\d:]+\\."),
                            line ->
                                    assertThat(line)
                                            .startsWith("In step 4, \"Invoke dbt with `dbt build"),
                            line ->
                                    assertThat(line)
                                            .isEqualTo(
                                                    "  model orders (models/orders.sql): Database"
                                                        + " Error: Unrecognized name: order_total"),
                            line ->
                                    assertThat(line)
                                            .isEqualTo(
                                                    "Nodes: 3 passed, 1 failed, 11" + " skipped."),
                            line -> assertThat(line).matches("See https://.*/runs/\\d+/"));
            assertThat(prompt.out()).startsWith("{").hasLineCount(1);
        }
    }

    @Test
    void gitHubGetsAnnotationsSummaryAndOutputs() throws Exception {
        try (var platform = Platform.starter()) {
            Path summary = Files.writeString(folder.resolve("summary.md"), "# Mine\n");
            Path outputs = folder.resolve("outputs");
            var prompt =
                    trigger(
                            platform,
                            Map.of(
                                    "GITHUB_ACTIONS", "true",
                                    "GITHUB_STEP_SUMMARY", summary.toString(),
                                    "GITHUB_OUTPUT", outputs.toString()),
                            "failing",
                            1);

            long run = platform.runsOfPullRequest50().getFirst().id();
            assertThat(prompt.err())
                    .contains(
                            "\n::error file=models/orders.sql,title=model orders::Database Error in"
                                    + " model orders (models/orders.sql)%0A  Unrecognized name:"
                                    + " order_total%0Ahttps://");
            assertThat(prompt.err()).doesNotContain("::add-mask", CommandProcess.CANARY);
            assertThat(Files.readString(summary))
                    .startsWith("# Mine\n### Run " + run + " failed after ")
                    .contains("[Run " + run + "](<https://", "commit `1f3a6c0b9d2e`")
                    .contains("- Job 1 is idle: triggering job 1.\n")
                    .contains(
                            "| model `orders` | `models/orders.sql` | Database Error: Unrecognized"
                                    + " name: order\\_total |");
            assertThat(Files.readString(outputs))
                    .contains("run_id<<end_of_run_id\n" + run + "\nend_of_run_id\n")
                    .contains("status<<end_of_status\nerror\n")
                    .contains("decision<<end_of_decision\nbase\n")
                    .contains("git_sha<<end_of_git_sha\n1f3a6c0b9d2e\n")
                    .doesNotContain(CommandProcess.CANARY);
        }
    }

    @Test
    void azureGetsIssuesVariablesAndASummary() throws Exception {
        try (var platform = Platform.starter()) {
            var prompt =
                    trigger(
                            platform,
                            Map.of("TF_BUILD", "True", "AGENT_TEMPDIRECTORY", folder.toString()),
                            "failing",
                            1);

            Path summary = folder.resolve("dbtc-summary.md");
            assertThat(prompt.err())
                    .contains("\n##vso[task.logissue type=error;sourcepath=models/orders.sql]model")
                    .contains("\n##vso[task.setvariable variable=status;isOutput=true]error\n")
                    .endsWith("\n##vso[task.uploadsummary]" + summary + "\n");
            assertThat(Files.readString(summary)).startsWith("### Run ");
        }
    }

    @Test
    void gitLabGetsAJunitReportAndVariables() throws Exception {
        try (var platform = Platform.starter()) {
            trigger(
                    platform,
                    Map.of("GITLAB_CI", "true", "CI_PROJECT_DIR", folder.toString()),
                    "failing",
                    1);

            var xml =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(folder.resolve("dbtc-junit.xml").toFile());
            assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(1);
            assertThat(xml.getElementsByTagName("testcase").getLength()).isGreaterThan(2);
            assertThat(Files.readString(folder.resolve("dbtc.env")))
                    .contains("DBTC_STATUS=error\nDBTC_JOB_ID=1\n")
                    .contains("DBTC_VERDICT=failed\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"})
    void saysNothingToTheCiSystemWhenItShouldNot(String variable) throws Exception {
        try (var platform = Platform.starter()) {
            var environment = new HashMap<String, String>(Map.of(variable, "true"));
            for (String place :
                    List.of(
                            "GITHUB_STEP_SUMMARY",
                            "GITHUB_OUTPUT",
                            "AGENT_TEMPDIRECTORY",
                            "CI_PROJECT_DIR")) {
                environment.put(place, folder.resolve(place).toString());
            }
            var prompt = trigger(platform, environment, "failing", 1, "--no-ci-output");

            assertThat(prompt.err()).doesNotContain("::", "##").contains("model orders");
            try (var files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void writesEveryFileThatIsAskedForAnywhere() throws Exception {
        try (var platform = Platform.starter()) {
            Path artifacts = folder.resolve("artifacts");
            trigger(
                    platform,
                    Map.of("DBTC_DOTENV", folder.resolve("x.env").toString()),
                    "quick",
                    0,
                    "--junit=" + folder.resolve("junit.xml"),
                    "--summary=" + folder.resolve("summary.md"),
                    "--artifacts=" + artifacts);

            assertThat(Files.readString(folder.resolve("junit.xml")))
                    .contains("<testcase classname=\"run\" name=\"run\"", "classname=\"model\"")
                    .doesNotContain("<failure", "<error");
            assertThat(Files.readString(folder.resolve("summary.md"))).contains("succeeded");
            assertThat(Files.readString(folder.resolve("x.env"))).contains("DBTC_STATUS=success");
            assertThat(artifacts.resolve("run_results.json")).exists();
            assertThat(artifacts.resolve("manifest.json")).exists();
            assertThat(artifacts.resolve("compiled")).isDirectory();
        }
    }

    @Test
    void savesNoArtifactOutsideItsFolderAndGoesOnWhenOneIsMissing() throws Exception {
        try (var platform = Platform.starter()) {
            platform.sandbox.addRoute((request, now) ->
                    request.uri().getPath().endsWith("/artifacts/")
                            ? Optional.of(
                                    Response.of(
                                            200,
                                            Map.of(),
                                            """
                                            {"status": {"is_success": true}, "data":
                                             ["../evil", "/etc/evil", "a/../../evil", "a\\\\b",
                                              "", "link/evil", "gone.json", "manifest.json"]}
                                            """))
                            : Optional.empty());
            Path artifacts = Files.createDirectory(folder.resolve("artifacts"));
            Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
            Files.createSymbolicLink(artifacts.resolve("link"), elsewhere);

            var prompt = trigger(platform, Map.of(), "quick", 0, "--artifacts=" + artifacts);

            assertThat(prompt.err())
                    .contains("Artifact \"../evil\" was left out: its name is no plain path")
                    .contains("Saved 1 of 8 artifacts of run ");
            assertThat(artifacts.resolve("manifest.json")).exists();
            assertThat(elsewhere).isEmptyDirectory();
            assertThat(folder.resolve("evil")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--junit=/nowhere/x.xml",
                "--summary=/",
                "--dotenv=/nowhere/x.env",
                "--artifacts=/dev/null",
                "--artifacts=/nowhere/a/b",
                "--junit=same --summary=./same"
            })
    void refusesWhatCannotBeWrittenBeforeAnythingIsSent(String options) {
        try (var platform = Platform.starter()) {
            var prompt = trigger(platform, Map.of(), "quick", 2, options.split(" "));

            assertThat(prompt.err()).contains(options.substring(0, options.indexOf('=')));
            assertThat(platform.requests()).isEmpty();
        }
    }

    @Test
    void aFailureToSayWhyChangesNoExitCode() {
        try (var platform = Platform.starter()) {
            platform.sandbox.addRoute((request, now) ->
                    request.uri().getPath().contains("/artifacts/")
                            ? Optional.of(Response.of(403, Map.of(), "{}"))
                            : Optional.empty());
            var prompt =
                    trigger(
                            platform,
                            Map.of("GITLAB_CI", "true", "CI_PROJECT_DIR", "/nowhere"),
                            "failing",
                            1,
                            "--artifacts=" + folder.resolve("a"));

            assertThat(prompt.err())
                    .contains("  | Done. PASS=")
                    .contains("(run_results.json of step 4 could not be read: ")
                    .contains("The artifacts could not be saved: ");
        }
    }

    @Test
    void aRunThatFailedBeforeItsFirstStepSaysSo() {
        try (var platform = Platform.starter()) {
            platform.sandbox.decide(
                    RunRule.next(
                            ScriptedOutcome.any().ending(ScriptedOutcome.Ending.INTERNAL_ERROR)));
            var prompt = trigger(platform, Map.of(), "x", 1);

            assertThat(prompt.err()).contains("No step of it failed").contains("\nSee https://");
        }
    }

    @Test
    void everyPlaceSaysWhyThereIsNoVerdict() throws Exception {
        try (var platform = Platform.starter()) {
            platform.sandbox.addRoute((request, now) ->
                    Optional.of(Response.of(401, Map.of(), "{\"status\": {\"code\": 401}}")));
            var prompt =
                    trigger(
                            platform,
                            Map.of(
                                    "GITHUB_ACTIONS",
                                    "true",
                                    "GITHUB_STEP_SUMMARY",
                                    folder.resolve("github.md").toString(),
                                    "TF_BUILD",
                                    "True",
                                    "AGENT_TEMPDIRECTORY",
                                    folder.toString()),
                            "quick",
                            6,
                            "--summary=" + folder.resolve("mine.md"),
                            "--junit=" + folder.resolve("junit.xml"));

            String message =
                    prompt.err()
                            .lines()
                            .filter(text -> text.startsWith("dbtc: "))
                            .toList()
                            .getFirst()
                            .substring("dbtc: ".length());
            assertThat(message).contains("401", "DBT_CLOUD_HOST");
            assertThat(prompt.err())
                    .contains("\n::error title=dbtc::" + message + "\n")
                    .contains("\n##vso[task.logissue type=error]dbtc: " + message + "\n")
                    .endsWith("\n##vso[task.uploadsummary]" + folder + "/dbtc-summary.md\n");
            for (String file : List.of("github.md", "mine.md", "dbtc-summary.md")) {
                assertThat(Files.readString(folder.resolve(file)))
                        .startsWith("### dbtc could not tell how this commit builds\n\n")
                        .contains("401");
            }
            assertThat(Files.readString(folder.resolve("junit.xml")))
                    .contains("errors=\"1\"", "401");
        }
    }

    @Test
    void gitHubShowsWhyAPipelineIsRefused() {
        try (var platform = Platform.starter()) {
            var environment = new HashMap<>(platform.environment());
            environment.put("GITHUB_ACTIONS", "true");
            environment.put("GITHUB_EVENT_NAME", "push");
            var prompt = new Prompt(environment);

            assertThat(prompt.dbtc("ci", "run")).isEqualTo(2);
            assertThat(prompt.err()).contains("\n::error title=dbtc::", "GITHUB_EVENT_NAME");
        }
    }

    @Test
    void aPlainTriggerSaysWhyToo() {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(platform.environment());
            int exitCode =
                    prompt.dbtc(
                            "jobs",
                            "trigger",
                            "--poll-interval=0.3",
                            "-d",
                            Platform.payload("failing"));

            assertThat(exitCode).as(prompt.err()).isEqualTo(1);
            assertThat(prompt.err()).contains("  model orders (models/orders.sql): ");
        }
    }

    @Test
    void standardOutputHoldsNoCommandThatAModelMayHaveLogged() {
        for (String variable : List.of("TF_BUILD", "GITHUB_ACTIONS")) {
            var prompt = new Prompt(Map.of(variable, "true"));
            write(prompt, "{\"logs\": \"##vso[task.setvariable variable=x]y \\\\##[add-mask]\"}");

            assertThat(prompt.out())
                    .doesNotContain("##")
                    .isEqualTo(
                            "{\"logs\": \"#\\u0023vso[task.setvariable variable=x]y"
                                    + " \\\\#\\u0023[add-mask]\"}\n");
            assertThat(Json.read(prompt.out()))
                    .isEqualTo(
                            Map.of("logs", "##vso[task.setvariable variable=x]y \\##[add-mask]"));
        }
    }

    private static void write(Prompt prompt, String json) {
        try {
            new JsonOutput(new Dbtc(prompt.shell())).write(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void linesForPeopleHoldNoCommandEither() {
        var prompt = new Prompt(Map.of());
        prompt.stderr().line("##vso[task.complete]x ##[error]y a##teamcity[z]");

        assertThat(prompt.err()).isEqualTo("# #vso[task.complete]x # #[error]y a# #teamcity[z]\n");
    }

    private static Prompt trigger(
            Platform platform,
            Map<String, String> environment,
            String cause,
            int exitCode,
            String... options) {
        var all = new HashMap<>(platform.environment());
        all.putAll(environment);
        var prompt = new Prompt(all);
        var args =
                new ArrayList<>(
                        List.of(
                                "trigger-autoscaling-ci-job",
                                "--should-poll",
                                "--poll-interval=0.3",
                                "--payload=" + Platform.payload(cause)));
        args.addAll(List.of(options));
        assertThat(prompt.dbtc(args.toArray(String[]::new))).as(prompt.err()).isEqualTo(exitCode);
        return prompt;
    }
}
