package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Map;

@Tag("gate")
class UsageTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "DBT_CLOUD_HOST", "http://127.0.0.1:9",
                    "DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY,
                    "DBT_CLOUD_ACCOUNT_ID", "1",
                    "DBT_CLOUD_JOB_ID", "1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    jobs                              | name one of its commands: trigger-autoscaling, trigger
                    ci                                | name one of its commands: run
                    job list                          | there is no command or argument 'job' here; did you mean jobs?
                    ci rnu                            | there is no command or argument 'rnu' here; did you mean run?
                    help nonsense                     | there is no command or argument 'nonsense' here
                    help dcotor                       | there is no command or argument 'dcotor' here; did you mean doctor?
                    help ci rnu                       | there is no command or argument 'rnu' here; did you mean run?
                    dcotor --help                     | there is no command or argument 'dcotor' here; did you mean doctor?
                    jobs trigger-auto                 | there is no command or argument 'trigger-auto' here; did you mean trigger-autoscaling?
                    runs list --stats=queued          | there is no option --stats; did you mean --status?
                    runs list --status=gone           | 'gone' is not one of queued
                    runs list --limit=many            | 'many' is not a whole number
                    runs list --limit=101             | limit 101: expected 1 to 100
                    runs list -i logs                 | Invalid value for option '--include-related'
                    runs get                          | missing: --run-id=ID
                    runs get --run-id                 | missing: --run-id=ID
                    runs get --run-id=1e3             | '1e3' is not an id, a positive whole number
                    runs get --run-id=0               | '0' is not an id
                    runs get --run-id=-1              | '-1' is not an id
                    jobs get --account-id=ab -j 1     | Invalid value for option '--account-id'
                    plan                              | No CI system was recognised
                    plan -d {} --timeout=soon         | 'soon' is not a duration such as 90, 90s, 15m or 24h
                    plan -d {} --timeout=0            | '0' is no time at all
                    plan -d {} --poll-interval=-3     | '-3' is not a duration
                    plan -d {} --max-run-slots=-1     | '-1' is not a whole number from 0 on
                    plan -d {} --concurrency=both     | Invalid value for option '--concurrency'
                    plan -d {} --should-poll=perhaps  | 'perhaps' is not a boolean
                    plan -d {} --cleanup=later        | 'later' is not one of after-run, idle, never
                    plan -d {} --lanes=fast           | 'fast' is not one of base-first, dedicated
                    plan -d {} --clone-ttl=5m         | '5m' is too short, the least is 15m
                    plan -d {} --clone-ttl=long       | 'long' is not a duration
                    plan -d {} --sequence=v7          | 'v7' is not a pipeline's number, or number and attempt, such as 7 or 7.2, of at most 16 digits each
                    plan -d {} --sequence=-7          | '-7' is not a pipeline's number
                    plan -d {} --sequence=7.2.1       | '7.2.1' is not a pipeline's number
                    plan -d {} --sequence-scope=a/b   | give --sequence (DBTC_SEQUENCE) too, or neither
                    plan -d {} --lanes=dedicated --max-run-slots=0 | leave one of them out
                    plan -d {} --cleanup=idle --no-delete-cloned-job | --cleanup=idle (DBTC_CLEANUP) contradicts --no-delete-cloned-job (DBTC_DELETE_CLONED_JOB), which means --cleanup=never; give one of them
                    trigger-autoscaling-ci-job -d {} --cleanup=never --delete-cloned-job | contradicts --delete-cloned-job
                    completion tcsh                   | Invalid value
                    jobs list --host=ftp://x          | the host cannot be used
                    jobs list --host=http://x.com     | http would send the token unencrypted
                    jobs list --output=/nowhere/x     | --output: the file /nowhere/x cannot be written
                    jobs list --output=/              | --output: the file / cannot be written
                    sandbox --run-slots=few           | 'few' is not a whole number
                    sandbox --port=99999              | port
                    sandbox --speed=0                 | speed
                    simulate --compare --trace=7      | --compare always plays the same with the same strategies; leave --trace out
                    simulate --sample --seed=7        | --sample always plays the same with the same strategies; leave --seed out
                    simulate --sample                 | --sample: name the page that has it with --report FILE
                    simulate --commit=main            | --commit main: expected the first digits of a commit's hash, in lower case
                    simulate --compare --profile=all  | leave --profile out
                    simulate --compare --report=pom.xml | --report pom.xml has no section for the comparison
                    simulate --compare --report=/nowhere/x | --report /nowhere/x cannot be written
                    """)
    void isExplainedOnStandardError(String args, String message) {
        var prompt = new Prompt(ENVIRONMENT);

        assertThat(prompt.dbtc(args.split(" "))).as(prompt.err()).isEqualTo(2);
        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void namesTheVariableThatWouldDo() {
        var prompt = new Prompt(Map.of());

        assertThat(prompt.dbtc("jobs", "get")).isEqualTo(2);
        assertThat(prompt.err())
                .contains(
                        "dbtc jobs get: missing: --account-id=ID (or the variable"
                                + " DBT_CLOUD_ACCOUNT_ID), --job-id=ID (or the variable"
                                + " DBT_CLOUD_JOB_ID)");
    }

    @Test
    void namesTheVariableThatHoldsAWrongValue() {
        var prompt = new Prompt(Map.of("DBT_CLOUD_ACCOUNT_ID", "mine", "DBT_CLOUD_JOB_ID", "1"));

        assertThat(prompt.dbtc("jobs", "get")).isEqualTo(2);
        assertThat(prompt.err())
                .contains("'mine'")
                .contains("(in the variable DBT_CLOUD_ACCOUNT_ID)");
    }

    @Test
    void takesABlankVariableForOneThatIsNotSet() {
        var prompt = new Prompt(Map.of("DBT_CLOUD_ACCOUNT_ID", " "));

        assertThat(prompt.dbtc("jobs", "list")).isEqualTo(2);
        assertThat(prompt.err()).contains("missing: --account-id=ID");
    }

    @Test
    void asksForATokenByTheNamesOfItsVariables() {
        var prompt = new Prompt(Map.of("DBT_CLOUD_ACCOUNT_ID", "1"));

        assertThat(prompt.dbtc("jobs", "list")).isEqualTo(2);
        assertThat(prompt.err()).contains("DBT_CLOUD_SERVICE_TOKEN", "DBT_CLOUD_API_KEY");
    }

    @ParameterizedTest
    @CsvSource({
        "jobs list --tokne=" + CommandProcess.CANARY,
        "jobs list --tokne " + CommandProcess.CANARY,
        "jobs list " + CommandProcess.CANARY,
        "jobs list --host=" + CommandProcess.CANARY + "@x",
        CommandProcess.CANARY,
    })
    void repeatsNoTokenThatEndedUpInTheWrongPlace(String args) {
        var prompt = new Prompt(ENVIRONMENT);

        assertThat(prompt.dbtc(args.split(" "))).isEqualTo(2);
        assertThat(prompt.err()).doesNotContain(CommandProcess.CANARY);
    }

    @Test
    void showsWhatThereIsWhenNothingIsAsked() {
        var prompt = new Prompt(Map.of());

        assertThat(prompt.dbtc()).isEqualTo(2);
        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err()).contains("trigger-autoscaling-ci-job");
    }

    @Test
    void checksTheOutputFileBeforeAnythingIsSent(@TempDir Path folder) {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(platform.environment());
            int exitCode =
                    prompt.dbtc(
                            "trigger-job",
                            "-d",
                            Platform.payload("quick"),
                            "--output",
                            folder.resolve("missing/out.json").toString());

            assertThat(exitCode).isEqualTo(2);
            assertThat(platform.requests()).isEmpty();
        }
    }
}
