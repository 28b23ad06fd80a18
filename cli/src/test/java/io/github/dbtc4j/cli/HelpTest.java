package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.cli.terminal.ExitCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public class HelpTest {

    public static Stream<CommandLine> commands() {
        return all(Commands.of(new Prompt(Map.of()).shell()));
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(HelpTest::all));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasAnExampleAndTheExitCodes(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        var prompt = new Prompt(Map.of());
        String[] args = (name + " --help").substring("dbtc ".length()).split(" ");

        assertThat(prompt.dbtc(args)).isZero();
        assertThat(prompt.err()).isEmpty();
        assertThat(prompt.out())
                .startsWith("Usage: " + name + " ")
                .containsSubsequence("Example:", name)
                .containsSubsequence("Exit codes:", "4     a run for a newer commit", "143");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "sandbox", "simulate"})
    void omitsTheConnectionWhereThereIsNoAccount(String name) {
        var prompt = new Prompt(Map.of());

        assertThat(prompt.dbtc(name, "--help")).isZero();
        assertThat(prompt.out())
                .contains("--help")
                .doesNotContain("--token", "--api-key", "--host", "--ca-file", "--output");
    }

    @Test
    void listsTheExitCodesOfTheReference() throws IOException {
        var codes = new ArrayList<String>();
        Matcher row =
                Pattern.compile("(?m)^\\| (\\d+(?:, \\d+)*) \\|")
                        .matcher(Files.readString(Repository.ROOT.resolve("docs/reference.md")));
        while (row.find()) {
            codes.addAll(List.of(row.group(1).split(", ", -1)));
        }

        assertThat(ExitCode.list().keySet()).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void offersBothNamesOfTheMainJob() {
        var old = new Prompt(Map.of());
        var young = new Prompt(Map.of());
        old.dbtc("trigger-autoscaling-ci-job", "--help");
        young.dbtc("jobs", "trigger-autoscaling", "--help");

        assertThat(old.out()).contains("-a", "-j", "-d", "--[no-]should-poll", "--poll-interval");
        assertThat(options(old.out())).isEqualTo(options(young.out()));
    }

    private static String options(String help) {
        return help.substring(help.indexOf("  -a, "), help.indexOf("Example:"));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"-v", "--version"})
    void showsTheVersion(String option) {
        var prompt = new Prompt(Map.of());

        assertThat(prompt.dbtc(option)).isZero();
        assertThat(prompt.out()).matches("dbtc \\d+\\.\\d+.* \\(dbtc4j, Java \\d+\\)\\n");
    }
}
