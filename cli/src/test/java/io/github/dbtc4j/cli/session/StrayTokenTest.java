package io.github.dbtc4j.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.LiteralValuesTest;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.terminal.TokenShape;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A token in an option or variable for something else is neither sent nor printed, and makes no
/// file of its name.
@Tag("gate")
class StrayTokenTest {

    private static final String TOKEN = "dbtu_Zk3Lq8Wn5Rt1Yx7Vb2McP0";

    private static final Set<String> FOR_TOKENS = Set.of("--token", "--api-key");

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "DBT_CLOUD_HOST", "http://127.0.0.1:9",
                    "DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY,
                    "DBT_CLOUD_ACCOUNT_ID", "1",
                    "DBT_CLOUD_JOB_ID", "1",
                    "DBTC_RUN_ID", "1",
                    "DBTC_ARTIFACT_PATH", "x",
                    "DBTC_PAYLOAD", "{\"cause\":\"x\"}");

    static Stream<CommandLine> commands() {
        return LiteralValuesTest.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isRefusedInEveryOptionAndVariable(CommandLine command) {
        command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .filter(option -> !FOR_TOKENS.contains(option.longestName()))
                .forEach(option -> {
                    var environment = new HashMap<>(ENVIRONMENT);
                    environment.put(variable(option), "x" + TOKEN);
                    List<String> args = LiteralValuesTest.arguments(command);
                    if (!option.longestName().equals("--host")) { // the client reads its variable
                        assertRefused(environment, args);
                    }
                    args.add(option.longestName() + "=x" + TOKEN);
                    assertRefused(ENVIRONMENT, args);
                });
    }

    private static String variable(OptionSpec option) {
        return EnvironmentDefaults.of(option).orElseThrow();
    }

    private static void assertRefused(Map<String, String> environment, List<String> args) {
        var prompt = new Prompt(environment);

        assertThat(prompt.dbtc(args.toArray(String[]::new))).as(args + prompt.err()).isEqualTo(2);
        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err()).doesNotContain(TOKEN, TOKEN.substring(8));
        assertThat(Path.of("x" + TOKEN)).doesNotExist();
    }

    @Test
    void isRefusedInAPath() {
        assertRefused(ENVIRONMENT, List.of("api", "GET", "/api/v2/accounts/" + TOKEN + "/jobs/"));
    }

    @Test
    void isRefusedInAFileWithThePayload(@TempDir Path folder) throws IOException {
        Path payload = Files.writeString(folder.resolve("x"), "{\"cause\":\"" + TOKEN + "\"}");

        assertRefused(ENVIRONMENT, List.of("jobs", "trigger", "--payload", "@" + payload));
    }

    /// `HTTPS_PROXY=dbtu_…` brought it out in a stack trace, and the process ended with 1.
    @Test
    void isNotRepeatedWhereItStandsForAProxy() {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.put("DBT_CLOUD_HOST", "ab123.us1.dbt.com");
        environment.put("HTTPS_PROXY", TOKEN);

        assertRefused(environment, List.of("ci", "status"));
    }

    @Test
    void namesThatOnlyBeginLikeOneAreTaken() {
        assertThat(TokenShape.isIn("dbtc_pr_50")).isFalse();
        assertThat(TokenShape.isIn("dbtc_feature_add_more_of_everything_7")).isFalse();
        assertThat(TokenShape.isIn("see " + TOKEN + ".")).isTrue();
    }
}
