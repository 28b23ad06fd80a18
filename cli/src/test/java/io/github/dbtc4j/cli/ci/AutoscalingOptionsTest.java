package io.github.dbtc4j.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.session.EnvironmentDefaults;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Concurrency;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.state.Sequence;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

@Tag("gate")
class AutoscalingOptionsTest {

    @Test
    void areTheLibrarysDefaultsWhenNothingIsSaid() {
        assertThat(options(Map.of())).isEqualTo(Options.defaults());
    }

    @Test
    void areReadFromArguments() {
        assertThat(
                        options(
                                Map.of(),
                                "--should-poll",
                                "--poll-interval=3",
                                "--cleanup=idle",
                                "--clone-ttl=1h",
                                "--max-run-slots=2",
                                "--concurrency=clone",
                                "--lanes=dedicated",
                                "--sequence=17.2",
                                "--sequence-scope=github/jaffle/shop/ci.yml",
                                "--timeout=15m"))
                .isEqualTo(all());
    }

    @Test
    void areReadFromVariables() {
        var variables = new HashMap<String, String>();
        variables.put("DBTC_SHOULD_POLL", "true");
        variables.put("DBTC_POLL_INTERVAL", "3");
        variables.put("DBTC_CLEANUP", "IDLE");
        variables.put("DBTC_CLONE_TTL", "1h");
        variables.put("DBTC_MAX_RUN_SLOTS", "2");
        variables.put("DBTC_CONCURRENCY", "clone");
        variables.put("DBTC_LANES", "dedicated");
        variables.put("DBTC_SEQUENCE", "17.2");
        variables.put("DBTC_SEQUENCE_SCOPE", "github/jaffle/shop/ci.yml");
        variables.put("DBTC_TIMEOUT", "15m");

        assertThat(options(variables)).isEqualTo(all());
    }

    private static Options all() {
        return Options.defaults()
                .shouldPoll(true)
                .pollInterval(Duration.ofSeconds(3))
                .cleanup(Cleanup.IDLE)
                .cloneTtl(Duration.ofHours(1))
                .maxRunSlots(2)
                .concurrency(Concurrency.CLONE)
                .lanes(LanePolicy.DEDICATED)
                .sequence(Sequence.parse("17.2").orElseThrow().within("github/jaffle/shop/ci.yml"))
                .timeout(Duration.ofMinutes(15));
    }

    @Test
    void takesABlankVariableForOneThatIsNotSet() {
        assertThat(options(Map.of("DBTC_SEQUENCE", "", "DBTC_SEQUENCE_SCOPE", " ")).sequence())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "--delete-cloned-job, AFTER_RUN",
        "--delete-cloned-job=true, AFTER_RUN",
        "--no-delete-cloned-job, NEVER",
        "--delete-cloned-job=false, NEVER",
        "--cleanup=After-Run, AFTER_RUN",
        "--cleanup=never, NEVER",
        "--cleanup=never --no-delete-cloned-job, NEVER",
        "--cleanup=after-run --delete-cloned-job, AFTER_RUN",
    })
    void knowsTheOriginalsNamesForCleaningUp(String args, Cleanup cleanup) {
        assertThat(options(Map.of(), args.split(" ")).cleanup()).isEqualTo(cleanup);
    }

    @Test
    void anArgumentIsStrongerThanTheOtherOptionsVariable() {
        assertThat(options(Map.of("DBTC_DELETE_CLONED_JOB", "true"), "--cleanup=idle").cleanup())
                .isEqualTo(Cleanup.IDLE);
        assertThat(options(Map.of("DBTC_CLEANUP", "idle"), "--no-delete-cloned-job").cleanup())
                .isEqualTo(Cleanup.NEVER);
    }

    @Test
    void refusesVariablesThatContradictEachOther() {
        var variables = Map.of("DBTC_DELETE_CLONED_JOB", "true", "DBTC_CLEANUP", "idle");

        assertThatThrownBy(() -> options(variables))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--cleanup=idle (DBTC_CLEANUP) contradicts --delete-cloned-job"
                                + " (DBTC_DELETE_CLONED_JOB), which means --cleanup=after-run; give"
                                + " one of them");
    }

    @Test
    void sendsNoRequestWhenTheyContradictEachOther() {
        try (var platform = Platform.starter()) {
            Map<String, String> environment = new HashMap<>(platform.environment());
            environment.put("DBTC_DELETE_CLONED_JOB", "false");
            environment.put("DBTC_CLEANUP", "after-run");
            var prompt = new Prompt(environment);

            int exitCode =
                    prompt.dbtc("trigger-autoscaling-ci-job", "-d", Platform.payload("quick"));

            assertThat(exitCode).isEqualTo(2);
            assertThat(prompt.err()).contains("DBTC_CLEANUP", "give one of them");
            assertThat(platform.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DBTC_CLEANUP, later, after-run",
        "DBTC_CLONE_TTL, 14m, 15m",
        "DBTC_LANES, slow, base-first",
        "DBTC_SEQUENCE, next, 7.2",
    })
    void namesTheVariableThatHoldsAWrongValue(String variable, String value, String expected) {
        Map<String, String> environment = Map.of(variable, value, "DBT_CLOUD_ACCOUNT_ID", "1");
        var prompt = new Prompt(environment);

        assertThat(prompt.dbtc("plan", "--job-id=1", "--payload={}")).isEqualTo(2);
        assertThat(prompt.err())
                .contains("'" + value + "'", expected, "(in the variable " + variable + ")");
    }

    private static Options options(Map<String, String> variables, String... args) {
        var probe = new Probe();
        new CommandLine(probe)
                .setDefaultValueProvider(new EnvironmentDefaults(new Prompt(variables).shell()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(args);
        return probe.options.toOptions();
    }

    @Command
    private static final class Probe {
        @Mixin final AutoscalingOptions options = new AutoscalingOptions();
    }
}
