package io.github.dbtc4j.pipeline.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.FileNotFoundException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What is found in the recorded environments, and in variations of them.
class DetectionTest {

    private static final String SHA = "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80";
    private static final JobId JOB = new JobId(73797);
    private static final String SCOPE = "github/jaffle/shop/jaffle/shop/.github/workflows/dbt.yml";

    /// All that an author of a pull request can choose begins with one of these.
    private static final List<String> HOSTILE = List.of("zzz", "::", "##", "\u001B");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    github    | GITHUB_ACTIONS      | GITHUB     | GitHub Actions: pull request 50, commit 1f3a6c0b9d2e
                    gitlab    | GITLAB_CI           | GITLAB     | GitLab CI: merge request 50, commit 1f3a6c0b9d2e
                    azure     | AZURE_PIPELINES     | AZURE      | Azure Pipelines: pull request 50, commit 1f3a6c0b9d2e
                    bitbucket | BITBUCKET_PIPELINES | NON_NATIVE | Bitbucket Pipelines: pull request 50, commit 1f3a6c0b9d2e
                    buildkite | BUILDKITE           | GITHUB     | Buildkite: pull request 50, commit 1f3a6c0b9d2e
                    circleci  | CIRCLECI            | GITHUB     | CircleCI: pull request 50, commit 1f3a6c0b9d2e
                    jenkins   | JENKINS             | NON_NATIVE | Jenkins: pull request 50, commit 1f3a6c0b9d2e
                    codebuild | CODEBUILD           | GITHUB     | AWS CodeBuild: pull request 50, commit 1f3a6c0b9d2e
                    """)
    void makesThePayloadOfTheHead(
            String recorded, CiSystem system, Provider provider, String cause) {
        var found = found(recorded);

        assertThat(found.system()).isEqualTo(system);
        assertThat(found.pullRequest()).isEqualTo(new PullRequest(provider, 50));
        assertThat(found.headBranch()).isEqualTo("zzz\";echo${IFS}hello;#");
        assertThat(found.draft()).isFalse();
        assertThat(found.payload(JOB, "dbt_cloud_pr"))
                .containsExactly(
                        Map.entry("cause", cause),
                        Map.entry(
                                "git_sha",
                                recorded.equals("bitbucket") ? SHA.substring(0, 12) : SHA),
                        Map.entry("schema_override", "dbt_cloud_pr_73797_50"),
                        Map.entry(provider.field(), 50L));
        assertThat(Json.write(found.payload(JOB, "ci")))
                .contains("\"ci_73797_50\"")
                .doesNotContain(HOSTILE)
                .doesNotContain("ffff");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
                    github    | 17.2    | github/jaffle/shop/jaffle/shop/.github/workflows/dbt.yml
                    gitlab    | 17.4711 | gitlab/jaffle/shop
                    azure     | 17.2    | azure/Jaffle/shop/3
                    bitbucket | 17.2    | bitbucket/jaffle/shop
                    buildkite | 17.0    | buildkite/jaffle/shop
                    jenkins   | 17.0    | jenkins/shop/PR-50-head
                    codebuild | 17.0    | codebuild/arn:aws:codebuild:eu-west-1:911074024513:build/shop-pr
                    circleci  | none    | none
                    """)
    void ordersPipelinesByTheNumbersOfOneNamespace(String recorded, String sequence, String scope) {
        Sequence expected =
                sequence == null ? null : Sequence.parse(sequence).orElseThrow().within(scope);

        assertThat(found(recorded).sequence()).isEqualTo(expected);
    }

    @Test
    void buildsAMergeGroupAsANewerCommitOfItsPullRequestIntoASchemaOfItsOwn() {
        var found = found("github-queue");
        var earlier = found("github");

        assertThat(found.mergeGroup()).isTrue();
        assertThat(earlier.mergeGroup()).isFalse();
        assertThat(found.payload(JOB, "dbt_cloud_pr"))
                .containsExactly(
                        Map.entry(
                                "cause",
                                "GitHub Actions: merge group of pull request 50, commit"
                                        + " 444444444444"),
                        Map.entry("git_sha", "4".repeat(40)),
                        Map.entry("schema_override", "dbt_cloud_pr_73797_50_mq_50"),
                        Map.entry("github_pull_request_id", 50L));
        assertThat(Objects.requireNonNull(found.sequence()))
                .isEqualTo(Sequence.parse("20.1").orElseThrow().within(SCOPE));
        assertThat(scope(earlier)).isEqualTo(scope(found));
        assertThat(Detection.identify(Recorded.environment("github-queue"), DetectionTest::event))
                .isEqualTo(
                        new Detection.Identified(
                                CiSystem.GITHUB_ACTIONS, new PullRequest(Provider.GITHUB, 50)));
    }

    @Test
    void comparesNumbersOfOneWorkflowOfOneRepositoryOnly() {
        Set<String> scopes = new HashSet<>();
        for (String change :
                List.of(
                        "GITHUB_REPOSITORY=jaffle/shop",
                        "GITHUB_REPOSITORY=jaffle/other",
                        "GITHUB_WORKFLOW_REF=jaffle/shop/.github/workflows/b.yml@refs/pull/50/merge",
                        "-GITHUB_WORKFLOW_REF")) {
            scopes.add(scope(found("github", change)));
        }
        assertThat(scopes).hasSize(4).doesNotContain(Sequence.NO_SCOPE);
        assertThat(
                        scope(
                                found(
                                        "github",
                                        "GITHUB_WORKFLOW_REF=jaffle/shop/.github/workflows/dbt.yml@refs/heads/main")))
                .as("with any ref")
                .isEqualTo(scope(found("github")));
    }

    private static String scope(Detection.Found found) {
        return Objects.requireNonNull(found.sequence()).scope();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    github    | GITHUB_EVENT_NAME=pull_request_target
                    gitlab    | CI_MERGE_REQUEST_EVENT_TYPE=merged_result & CI_COMMIT_SHA=ffffffffffffffffffffffffffffffffffffffff & CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80
                    gitlab    | -CI_MERGE_REQUEST_DRAFT
                    buildkite | BUILDKITE_REPO=https://github.com/Jaffle/shop/
                    buildkite | BUILDKITE_RETRY_COUNT=3
                    codebuild | CODEBUILD_WEBHOOK_EVENT=PULL_REQUEST_REOPENED
                    """)
    void readsTheSameWhereAPipelineLooksAnotherWay(String recorded, String changes) {
        var found = found(recorded, changes.split(" & "));

        assertThat(found.commit()).isEqualTo(SHA);
        assertThat(found.pullRequest().number()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    azure     | BUILD_REPOSITORY_PROVIDER=GitHub & SYSTEM_PULLREQUEST_PULLREQUESTID=289498677 & SYSTEM_PULLREQUEST_PULLREQUESTNUMBER=50 | github:50
                    azure     | BUILD_REPOSITORY_PROVIDER=GitHubEnterprise & SYSTEM_PULLREQUEST_PULLREQUESTNUMBER=50 | github:50
                    azure     | BUILD_REPOSITORY_PROVIDER=Bitbucket | other:50
                    buildkite | BUILDKITE_PIPELINE_PROVIDER=gitlab_ee | gitlab:50
                    buildkite | BUILDKITE_PIPELINE_PROVIDER=bitbucket | other:50
                    circleci  | CIRCLE_PULL_REQUEST=https://bitbucket.org/jaffle/shop/pull-requests/50 | other:50
                    jenkins   | CHANGE_URL=https://github.example.com/jaffle/shop/pull/50 | github:50
                    jenkins   | CHANGE_URL=https://gitlab.com/a/b/shop/-/merge_requests/50 | gitlab:50
                    jenkins   | CHANGE_URL=https://dev.azure.com/jaffle/Jaffle/_git/shop/pullrequest/50 | azure:50
                    jenkins   | CHANGE_URL=https://git.example.com/projects/J/repos/shop/pull-requests/50/overview | other:50
                    jenkins   | CHANGE_URL=https://codeberg.org/jaffle/shop/pulls/50 | other:50
                    codebuild | CODEBUILD_SOURCE_REPO_URL=https://bitbucket.org/jaffle/shop.git | other:50
                    codebuild | CODEBUILD_SOURCE_REPO_URL=https://gitlab.com/jaffle/shop.git | gitlab:50
                    codebuild | CODEBUILD_SOURCE_REPO_URL=https://github.example.com/jaffle/shop.git | github:50
                    """)
    void tellsWhoseNumberItIs(String recorded, String changes, String pullRequest) {
        assertThat(found(recorded, changes.split(" & ")).pullRequest().label())
                .isEqualTo(pullRequest);
    }

    @ParameterizedTest
    @CsvSource({
        "github, GITHUB_EVENT_PATH=draft.json",
        "gitlab, CI_MERGE_REQUEST_DRAFT=true",
        "buildkite, BUILDKITE_PULL_REQUEST_DRAFT=true"
    })
    void buildsADraftOnlyWhenAskedTo(String recorded, String change) {
        Map<String, String> environment = Recorded.environment(recorded, change);

        assertThat(Detection.of(environment, DetectionTest::event, Given.NOTHING))
                .isInstanceOfSatisfying(
                        Detection.Refused.class,
                        refused -> assertThat(refused.message()).contains("draft", "--drafts"));
        assertThat(
                        Detection.of(
                                environment,
                                DetectionTest::event,
                                new Given(null, null, null, true)))
                .isInstanceOfSatisfying(
                        Detection.Found.class, found -> assertThat(found.draft()).isTrue());
    }

    @Test
    void looksForNothingThatIsGiven() {
        var pullRequest = new PullRequest(Provider.NON_NATIVE, 7);
        Sequence sequence = Sequence.parse("3.1").orElseThrow();
        var given = new Given(pullRequest, SHA, sequence, false);

        for (Map<String, String> environment :
                List.of(
                        Map.<String, String>of(),
                        Map.of("GITHUB_ACTIONS", "true", "GITHUB_EVENT_NAME", "push"),
                        Map.of("GITLAB_CI", "true"),
                        Map.of("TF_BUILD", "True", "BUILD_REASON", "Manual"),
                        Map.of("BITBUCKET_BUILD_NUMBER", "5"),
                        Map.of("BUILDKITE", "true", "BUILDKITE_PULL_REQUEST", "false"),
                        Map.of("CIRCLECI", "true"),
                        Map.of("JENKINS_URL", "https://jenkins.example.com/"),
                        Map.of("CODEBUILD_BUILD_ID", "shop:1"))) {
            assertThat(Detection.of(environment, DetectionTest::event, given))
                    .isInstanceOfSatisfying(
                            Detection.Found.class,
                            found -> {
                                assertThat(found.pullRequest()).isEqualTo(pullRequest);
                                assertThat(found.commit()).isEqualTo(SHA);
                                assertThat(found.sequence()).isEqualTo(sequence);
                            });
        }
    }

    @Test
    void refusesForksAlways() {
        var given = new Given(new PullRequest(Provider.GITHUB, 50), SHA, null, true);
        var environment = Recorded.environment("jenkins", "CHANGE_FORK=mallory");

        assertThat(Detection.of(environment, DetectionTest::event, given))
                .isInstanceOf(Detection.Refused.class);
    }

    @Test
    void findsTheSystemThatRunsOnAnothersMachines() {
        var environment = Recorded.environment("codebuild");
        environment.putAll(Recorded.environment("github"));

        assertThat(Detection.of(environment, DetectionTest::event, Given.NOTHING))
                .isInstanceOfSatisfying(
                        Detection.Found.class,
                        found -> assertThat(found.system()).isEqualTo(CiSystem.GITHUB_ACTIONS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zzz\";echo${IFS}hello;#",
                "a\nb",
                "::set-output name=x::y",
                "##vso[task.setvariable variable=x]y",
                "##[add-mask]x",
                "\u001B[31mred",
                "a\u2028b\u202Ec\u0085d",
                "x::::y###[z"
            })
    void stripsControlCharacters(String value) {
        for (String recorded : List.of("github", "gitlab", "azure", "bitbucket", "codebuild")) {
            Map<String, String> environment = Recorded.environment(recorded);
            environment.replaceAll(
                    (name, old) -> old.equals("50") || old.equals("pr/50") ? value : old);
            environment.replaceAll((name, old) -> old.equals("pull_request") ? value : old);

            assertThat(Detection.of(environment, DetectionTest::event, Given.NOTHING))
                    .isInstanceOfSatisfying(
                            Detection.Refused.class,
                            refused ->
                                    assertThat(refused.message())
                                            .doesNotContain("::", "##")
                                            .matches("[ -~]+"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "github, https://github.com/jaffle/shop/pull/50",
        "gitlab, https://gitlab.com/jaffle/shop/-/merge_requests/50",
        "azure, https://dev.azure.com/jaffle/Jaffle/_git/shop/pullrequest/50",
        "bitbucket, https://bitbucket.org/jaffle/shop/pull-requests/50",
        "circleci, https://github.com/jaffle/shop/pull/50",
        "jenkins, https://bitbucket.org/jaffle/shop/pull-requests/50",
    })
    void knowsWherePeopleReadThePullRequest(String recorded, String page) {
        assertThat(
                        found(
                                        recorded,
                                        "CI_MERGE_REQUEST_PROJECT_URL=https://gitlab.com/jaffle/shop")
                                .page())
                .isEqualTo(page);
    }

    private static Detection.Found found(String recorded, String... changes) {
        Detection detection =
                Detection.of(
                        Recorded.environment(recorded, changes),
                        DetectionTest::event,
                        Given.NOTHING);
        return switch (detection) {
            case Detection.Found found -> found;
            case Detection.Refused refused -> throw new AssertionError(refused.message());
        };
    }

    private static String event(String path) throws FileNotFoundException {
        return switch (path) {
            case "github-event.json", "github-queue-event.json" -> Recorded.text(path);
            case "draft.json" ->
                    Recorded.text("github-event.json")
                            .replace("\"draft\": false", "\"draft\": true");
            default -> throw new FileNotFoundException(path);
        };
    }
}
