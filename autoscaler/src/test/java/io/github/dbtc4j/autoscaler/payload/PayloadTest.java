package io.github.dbtc4j.autoscaler.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class PayloadTest {

    @Test
    void takesThePagesExampleAsItStands() {
        Payload payload =
                Payload.of(
                        Map.of(
                                "cause", "Autoscaling CI",
                                "schema_override", "dbt_cloud_pr_1_50",
                                "github_pull_request_id", 50,
                                "git_sha", "jkafjdkfjallakjf"));

        assertThat(payload.pullRequest()).contains(new PullRequest(Provider.GITHUB, 50));
        assertThat(payload.hasOddGitSha()).isTrue();
        assertThat(payload.fields())
                .containsOnly(
                        Map.entry("cause", "Autoscaling CI"),
                        Map.entry("schema_override", "dbt_cloud_pr_1_50"),
                        Map.entry("github_pull_request_id", 50L),
                        Map.entry("git_sha", "jkafjdkfjallakjf"));
    }

    @ParameterizedTest
    @CsvSource({
        "github_pull_request_id, GITHUB, github_pull_request_id",
        "gitlab_merge_request_id, GITLAB, gitlab_merge_request_id",
        "azure_pull_request_id, AZURE, azure_pull_request_id",
        "azure_devops_pull_request_id, AZURE, azure_pull_request_id",
        "non_native_pull_request_id, NON_NATIVE, non_native_pull_request_id"
    })
    void knowsEveryProvidersField(String given, Provider provider, String sent) {
        Payload payload = Payload.parse("{\"cause\": \"x\", \"" + given + "\": \"50\"}");

        assertThat(payload.pullRequest()).contains(new PullRequest(provider, 50));
        assertThat(payload.fields()).containsEntry(sent, 50L).hasSize(2);
    }

    @Test
    void aPayloadWithoutPullRequestIsFine() {
        assertThat(Payload.parse("{\"cause\": \"by hand\"}").pullRequest()).isEmpty();
    }

    @Test
    void keepsEveryOtherFieldAsGiven() {
        Payload payload =
                Payload.parse(
                        """
                        {"cause": "x", "git_branch": "feature/a", "threads_override": 8,
                         "timeout_seconds_override": 3600, "generate_docs_override": false,
                         "target_name_override": "ci", "dbt_version_override": "1.9",
                         "steps_override": ["dbt build", "dbt test"], "schema_override": null}
                        """);

        assertThat(payload.fields())
                .containsEntry("threads_override", 8L)
                .containsEntry("generate_docs_override", false)
                .containsEntry("steps_override", List.of("dbt build", "dbt test"))
                .containsEntry("schema_override", null);
    }

    @Test
    void aPullRequestOfNullIsNone() {
        Payload payload =
                Payload.parse(
                        """
                        {"cause": "x", "github_pull_request_id": null,
                         "gitlab_merge_request_id": 5}
                        """);

        assertThat(payload.pullRequest()).contains(new PullRequest(Provider.GITLAB, 5));
        assertThat(
                        Payload.parse("{\"cause\": \"x\", \"azure_pull_request_id\": null}")
                                .pullRequest())
                .isEmpty();
    }

    @Test
    void aCommitMayBeShortOrLong() {
        assertThat(Payload.parse("{\"cause\": \"x\", \"git_sha\": \"1f3a6c0\"}").hasOddGitSha())
                .isFalse();
        assertThat(Payload.parse("{\"cause\": \"x\"}").hasOddGitSha()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "   ", "{", "{\"cause\": \"x\"", "{\"cause\": \"x\",}", "{cause: 'x'}",
                "{'cause': 'x'}", "{\"cause\": \"x\"} trailing", "[]", "\"cause\"", "null", "50"
            })
    void refusesWhatIsNotAJsonObject(String text) {
        assertThatThrownBy(() -> Payload.parse(text))
                .isInstanceOf(InvalidPayloadException.class)
                .hasMessageContaining("expected a JSON object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | cause is missing",
                "{\"cause\": null}                      | cause is null; expected some text",
                "{\"cause\": \"\"}                      | cause is empty; expected some text",
                "{\"cause\": \" \"}                     | cause is \" \"; expected some text",
                "{\"cause\": 5}                         | cause is 5; expected some text",
                "{\"cause\": [\"x\"]}                   | cause is a list; expected some text",
                "{\"cause\": \"x\", \"git_shaa\": \"1\"}| did you mean git_sha?",
                "{\"cause\": \"x\", \"github_pr_id\": 5} | did you mean github_pull_request_id?",
                "{\"cause\": \"x\", \"threads\": 5} | did you mean threads_override?",
                "{\"cause\": \"x\", \"sha\": \"1\"}     | sha is not a field of the trigger",
                "{\"cause\": \"x\", \"pull_request_id\": 5} | did you mean azure_pull_request_id?",
                "{\"cause\": \"x\", \"git_sha\": \"a b\"}  | git_sha is \"a b\"; expected text"
                        + " without white space",
                "{\"cause\": \"x\", \"git_sha\": \"\"}     | git_sha is empty",
                "{\"cause\": \"x\", \"git_sha\": 12}       | git_sha is 12",
                "{\"cause\": \"x\", \"git_branch\": \"a\\tb\"} | git_branch is \"a\\tb\"",
                "{\"cause\": \"x\", \"schema_override\": \"a; drop\"} | schema_override is \"a;"
                        + " drop\"; expected a schema name",
                "{\"cause\": \"x\", \"schema_override\": \"\"} | schema_override is empty",
                "{\"cause\": \"x\", \"github_pull_request_id\": \"\"} | github_pull_request_id is"
                        + " empty",
                "{\"cause\": \"x\", \"github_pull_request_id\": 0} | github_pull_request_id is 0",
                "{\"cause\": \"x\", \"github_pull_request_id\": -5} | github_pull_request_id is -5",
                "{\"cause\": \"x\", \"github_pull_request_id\": 5.5} | github_pull_request_id is"
                        + " 5.5",
                "{\"cause\": \"x\", \"github_pull_request_id\": \" 5\"} | github_pull_request_id is"
                        + " \" 5\"",
                "{\"cause\": \"x\", \"github_pull_request_id\": \"0x5\"} | github_pull_request_id"
                        + " is \"0x5\"",
                "{\"cause\": \"x\", \"github_pull_request_id\": true} | github_pull_request_id is"
                        + " true",
                "{\"cause\": \"x\", \"github_pull_request_id\": 99999999999999999999} |"
                        + " github_pull_request_id is 99999999999999999999",
                "{\"cause\": \"x\", \"github_pull_request_id\": 5, \"gitlab_merge_request_id\": 5}"
                        + " | are both given",
                "{\"cause\": \"x\", \"azure_pull_request_id\": 5, \"azure_devops_pull_request_id\":"
                        + " 5} | are the same field",
                "{\"cause\": \"x\", \"threads_override\": \"8\"} | threads_override is \"8\";"
                        + " expected a whole number, not in quotes",
                "{\"cause\": \"x\", \"threads_override\": 1.5} | threads_override is 1.5",
                "{\"cause\": \"x\", \"timeout_seconds_override\": -1} | timeout_seconds_override is"
                        + " -1",
                "{\"cause\": \"x\", \"timeout_seconds_override\": 4294967296} |"
                        + " timeout_seconds_override is 4294967296",
                "{\"cause\": \"x\", \"generate_docs_override\": \"true\"} | generate_docs_override"
                        + " is \"true\"; expected true or false, not in quotes",
                "{\"cause\": \"x\", \"steps_override\": \"dbt build\"} | steps_override is \"dbt"
                        + " build\"; expected a list of dbt commands",
                "{\"cause\": \"x\", \"steps_override\": []} | steps_override is an empty list",
                "{\"cause\": \"x\", \"steps_override\": [\"dbt build\", \"\"]} | steps_override is"
                        + " empty; expected only dbt commands",
                "{\"cause\": \"x\", \"steps_override\": [5]} | steps_override is 5",
                "{\"cause\": \"x\", \"dbt_version_override\": 1} | dbt_version_override is 1",
                "{\"cause\": \"x\", \"target_name_override\": {}} | target_name_override is an"
                        + " object"
            })
    void namesTheFieldTheValueAndWhatWasExpected(String json, String message) {
        assertThatThrownBy(() -> Payload.parse(json.strip()))
                .isInstanceOf(InvalidPayloadException.class)
                .hasMessageStartingWith("payload: ")
                .hasMessageContaining(message.strip());
    }

    @Test
    void messagesStayShortAndOnOneLine() {
        assertThatThrownBy(
                        () -> Payload.of(Map.of("cause", "x", "x".repeat(500) + "\u001b[31m\n", 1)))
                .message()
                .hasSizeLessThan(200)
                .doesNotContain("\u001b", "\n");
    }
}
