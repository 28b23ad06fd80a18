package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.EnvironmentDefaults;
import io.github.dbtc4j.cli.session.VariablesTest;
import io.github.dbtc4j.cli.terminal.ProcessIo;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What stands in a variable or an argument is what it means. The environment does not change it: a
/// pull request's title may be in it.
@Tag("gate")
public class LiteralValuesTest {

    /// Each would be a value for some option, if it were expanded.
    private static final List<String> REFERENCES =
            List.of(
                    "${DBT_CLOUD_SERVICE_TOKEN}",
                    "${env:NUMBER}",
                    "${sys:java.specification.version}",
                    "${undefined:-true}",
                    "${undefined}");

    /// What programs read more into than there is.
    private static final List<String> SIGNS =
            List.of(
                    "${NUMBER}",
                    "${bundle:x}",
                    "${DEFAULT-VALUE}",
                    "${COMMAND-NAME}",
                    "a$$b",
                    "$$",
                    "%n%s%d",
                    "@|red x|@",
                    "@/etc/hostname",
                    "\"quoted\"",
                    "'quoted'",
                    "~/x",
                    "$(id) `id`",
                    "a\\tb");

    private static final Set<String> READ_LATER =
            Set.of("DBT_CLOUD_SERVICE_TOKEN", "DBT_CLOUD_API_KEY", "DBT_CLOUD_HOST");

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "NUMBER", "1",
                    "DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY,
                    "DBT_CLOUD_ACCOUNT_ID", "1",
                    "DBT_CLOUD_JOB_ID", "1",
                    "DBTC_RUN_ID", "1",
                    "DBTC_ARTIFACT_PATH", "x",
                    "DBTC_PAYLOAD", "{}");

    public static Stream<CommandLine> commands() {
        return HelpTest.commands().filter(command -> command.getSubcommands().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionTakesItsVariableToTheLetter(CommandLine command) {
        for (OptionSpec option : options(command)) {
            String variable = EnvironmentDefaults.of(option).orElseThrow();
            for (String text : texts(option)) {
                if (!READ_LATER.contains(variable)) {
                    var environment = new HashMap<>(ENVIRONMENT);
                    environment.put(variable, text);
                    assertTaken(text, option, environment, arguments(command));
                }
            }
        }
    }

    @Tag("heavy")
    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionTakesItsArgumentToTheLetter(CommandLine command) {
        for (OptionSpec option : options(command)) {
            for (String text : texts(option)) {
                List<String> args = arguments(command);
                args.add(option.longestName() + "=" + text);
                assertTaken(text, option, ENVIRONMENT, args);
            }
        }
    }

    /// An option for text holds `text`; any other refuses it, and says what it was.
    private static void assertTaken(
            String text, OptionSpec option, Map<String, String> environment, List<String> args) {
        String[] given = args.toArray(String[]::new);
        ProcessIo shell = new Prompt(environment).shell();
        CommandLine dbtc = Commands.of(shell, new Dbtc(shell), given);
        String as = option.longestName() + " in " + args + " and " + environment;
        if (VariablesTest.isStrict(option)) {
            assertThatThrownBy(() -> dbtc.parseArgs(given))
                    .as(as)
                    .isInstanceOf(ParameterException.class)
                    .hasMessageContaining(text);
            return;
        }
        var parsed = dbtc.parseArgs(given);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        Object value = parsed.commandSpec().findOption(option.longestName()).getValue();
        String taken = value instanceof List<?> list ? String.join("|", strings(list)) : "" + value;
        assertThat(taken).as(as).isEqualTo(text);
    }

    private static List<String> strings(List<?> list) {
        return list.stream().map(String::valueOf).toList();
    }

    private static List<String> texts(OptionSpec option) {
        return VariablesTest.isStrict(option)
                ? REFERENCES
                : Stream.concat(REFERENCES.stream(), SIGNS.stream()).toList();
    }

    private static List<OptionSpec> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .toList();
    }

    /// The command's name, and something for each of its parameters.
    public static List<String> arguments(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName().substring("dbtc ".length());
        var args = new ArrayList<>(List.of(name.split(" ")));
        command.getCommandSpec()
                .positionalParameters()
                .forEach(parameter -> args.add(parameter.paramLabel().replaceFirst("\\|.*", "")));
        return args;
    }

    @Test
    void thereAreOptionsOfBothKinds() {
        assertThat(commands().flatMap(command -> options(command).stream()))
                .anyMatch(VariablesTest::isStrict)
                .anyMatch(option -> !VariablesTest.isStrict(option))
                .hasSizeGreaterThan(200);
    }

    @Test
    void aTitleInThePayloadIsWhatThePlatformGets() {
        String title = "title ${DBT_CLOUD_SERVICE_TOKEN} $$ ${undefined} %n";
        try (var platform = Platform.starter()) {
            var environment = new HashMap<>(platform.environment());
            environment.put("DBTC_PAYLOAD", Platform.payload("slow " + title));
            environment.put("DBTC_SHOULD_POLL", "false");
            var prompt = new Prompt(environment);

            assertThat(prompt.dbtc("jobs", "trigger")).as(prompt.err()).isZero();
            assertThat(platform.runsOfPullRequest50())
                    .singleElement()
                    .satisfies(run -> assertThat(run.cause()).isEqualTo("slow " + title));
            assertThat(prompt.out() + prompt.err()).doesNotContain(CommandProcess.CANARY);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpStillNamesTheCommandItIsAbout(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        var prompt = new Prompt(ENVIRONMENT);

        prompt.dbtc((name.substring("dbtc ".length()) + " --help").split(" "));

        assertThat(prompt.out()).contains("\n  " + name).doesNotContain("${", "canary");
    }
}
