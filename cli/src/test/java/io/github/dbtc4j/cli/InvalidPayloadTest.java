package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Payloads that the platform would refuse or misread are refused before anything is sent.
@Tag("gate")
class InvalidPayloadTest {

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.starter();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                          | empty text
                    ` `                                         | empty text
                    {                                           | not JSON
                    {'cause': 'CI'}                             | not JSON
                    {"cause": "CI"                              | not JSON
                    {"cause": "CI",}                            | not JSON
                    {"cause": "CI"} {}                          | more text after the JSON value
                    {"cause": "CI"})                            | not JSON
                    {"cause": "CI", "git_sha": $SHA}            | not JSON
                    []                                          | payload: is an empty list
                    "cause"                                     | payload: is "cause"; expected a JSON object
                    5                                           | payload: is 5; expected a JSON object
                    null                                        | payload: is null; expected a JSON object
                    true                                        | payload: is true; expected a JSON object
                    {}                                          | cause is missing
                    {"git_sha": "1f3a6c0"}                      | cause is missing
                    {"cause": ""}                               | cause is empty; expected some text
                    {"cause": "  "}                             | cause is "  "; expected some text
                    {"cause": null}                             | cause is null; expected some text
                    {"cause": 5}                                | cause is 5; expected some text
                    {"casue": "CI"}                             | casue is not a field of the trigger endpoint; did you mean cause?
                    {"cause": "CI", "github_pull_request": 50}  | did you mean github_pull_request_id?
                    {"cause": "CI", "gitsha": "1f3a6c0"}        | did you mean git_sha?
                    {"cause": "CI", "schema": "x"}              | schema is not a field
                    {"cause": "CI", "github_pull_request_id": ""}      | github_pull_request_id is empty
                    {"cause": "CI", "github_pull_request_id": 0}       | github_pull_request_id is 0
                    {"cause": "CI", "github_pull_request_id": -5}      | github_pull_request_id is -5
                    {"cause": "CI", "github_pull_request_id": 5.5}     | github_pull_request_id is 5.5
                    {"cause": "CI", "github_pull_request_id": "#50"}   | github_pull_request_id is "#50"
                    {"cause": "CI", "github_pull_request_id": " 50"}   | github_pull_request_id is " 50"
                    {"cause": "CI", "github_pull_request_id": true}    | github_pull_request_id is true
                    {"cause": "CI", "github_pull_request_id": [50]}    | github_pull_request_id is a list
                    {"cause": "CI", "github_pull_request_id": {}}      | github_pull_request_id is an object
                    {"cause": "CI", "github_pull_request_id": 99999999999999999999} | github_pull_request_id is 99999999999999999999
                    {"cause": "CI", "gitlab_merge_request_id": "!50"}  | gitlab_merge_request_id is "!50"
                    {"cause": "CI", "azure_devops_pull_request_id": "a"} | azure_devops_pull_request_id is "a"
                    {"cause": "CI", "non_native_pull_request_id": "a"} | non_native_pull_request_id is "a"
                    {"cause": "CI", "github_pull_request_id": 5, "gitlab_merge_request_id": 5} | are both given
                    {"cause": "CI", "azure_pull_request_id": 5, "azure_devops_pull_request_id": 5} | are the same field
                    {"cause": "CI", "git_sha": ""}              | git_sha is empty; expected text without white space
                    {"cause": "CI", "git_sha": "1f3a 6c0"}      | git_sha is "1f3a 6c0"
                    {"cause": "CI", "git_sha": 13}              | git_sha is 13
                    {"cause": "CI", "schema_override": "a b"}   | schema_override is "a b"; expected a schema name
                    {"cause": "CI", "schema_override": "a;drop"} | schema_override is "a;drop"
                    {"cause": "CI", "steps_override": "dbt build"} | steps_override is "dbt build"; expected a list
                    {"cause": "CI", "steps_override": []}       | steps_override is an empty list
                    {"cause": "CI", "steps_override": [5]}      | steps_override is 5
                    {"cause": "CI", "threads_override": "4"}    | threads_override is "4"; expected a whole number, not in quotes
                    {"cause": "CI", "timeout_seconds_override": -1} | timeout_seconds_override is -1
                    {"cause": "CI", "generate_docs_override": "true"} | generate_docs_override is "true"; expected true or false, not in quotes
                    @/nowhere/payload.json                      | the file /nowhere/payload.json cannot be read
                    @-                                          | empty text
                    """)
    void isRefusedBeforeAnythingIsSent(String payload, String message) {
        var prompt = new Prompt(platform.environment());

        int exitCode = prompt.dbtc("trigger-autoscaling-ci-job", "--payload=" + payload);

        assertThat(exitCode).isEqualTo(2);
        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err()).startsWith("dbtc: ").contains("payload").contains(message);
        assertThat(prompt.err().strip()).as("one line").doesNotContain("\n");
        assertThat(platform.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs trigger", "trigger-job", "jobs trigger-autoscaling", "plan"})
    void isRefusedByEveryCommandThatTakesOne(String command) {
        var prompt = new Prompt(platform.environment());
        String[] args = (command + " -d {}").split(" ");

        assertThat(prompt.dbtc(args)).isEqualTo(2);
        assertThat(prompt.err()).contains("cause is missing");
        assertThat(platform.requests()).isEmpty();
    }
}
