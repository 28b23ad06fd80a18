package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.Terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import java.util.stream.Collectors;
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
    void hasAnExampleAndOnTheFirstPageTheExitCodes(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        var prompt = new Prompt(Map.of());
        String[] args = (name + " --help").substring("dbtc ".length()).split(" ");

        assertThat(prompt.dbtc(args)).isZero();
        assertThat(prompt.err()).isEmpty();
        assertThat(prompt.out())
                .startsWith("Usage: " + name + " ")
                .containsSubsequence("Example:", name);
        if (name.equals("dbtc")) {
            assertThat(prompt.out())
                    .containsSubsequence("Exit codes:", "  4    a run for a newer commit", "143");
        } else {
            assertThat(prompt.out()).doesNotContain("Exit codes:");
        }
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

    @Test
    void groupsTheOptions() {
        var prompt = new Prompt(Map.of());
        prompt.dbtc("ci", "run", "--help");

        assertThat(prompt.out())
                .containsSubsequence(
                        "  -j, --job-id=ID",
                        "\n\nPull request:\n",
                        "--git-sha=COMMIT",
                        "\n\nWaiting:\n",
                        "--timeout=DURATION",
                        "\n\nClones:\n",
                        "--lanes=",
                        "\n\nReports:\n",
                        "--junit=FILE",
                        "\n\nConnection:\n",
                        "--token=TOKEN",
                        "\n\nOutput:\n",
                        "  -o, --output=FILE");
    }

    @ParameterizedTest
    @CsvSource({"40, 60", "60, 60", "84, 84", "300, 120"})
    void isAsWideAsTheTerminal(int columns, int width) {
        var terminal = new Terminal(true, true, false, () -> columns);
        for (String command : List.of("--help", "ci run --help", "simulate --help")) {
            var prompt = new Prompt(Map.of(), "", terminal);

            assertThat(prompt.dbtc(command.split(" "))).isZero();

            int longest = 0;
            for (String line : prompt.out().lines().toList()) {
                boolean example = line.startsWith("  dbtc") || line.startsWith("  export");
                longest = example ? longest : Math.max(longest, line.length());
            }
            assertThat(longest).as(command).isBetween(width - 12, width);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 77, 100})
    void breaksNoWord(int columns) {
        var prompt = new Prompt(Map.of(), "", new Terminal(true, true, false, () -> columns));
        prompt.dbtc("ci", "run", "--help");

        assertThat(prompt.out())
                .contains("cloud.getdbt.com", "manifest.json", "[env: DBT_CLOUD_SERVICE_TOKEN].");
    }

    @Test
    void saysWhatJsonDoesWhereThatIsSomethingElse() {
        Map<String, String> helps =
                Stream.of("sandbox", "demo", "simulate", "probe", "jobs list")
                        .collect(Collectors.toMap(name -> name, HelpTest::help));

        assertThat(helps.get("sandbox")).doesNotContain("json  ");
        assertThat(helps.get("demo")).doesNotContain("json  ");
        assertThat(helps.get("simulate")).containsPattern("json +Print the figures as JSON");
        assertThat(helps.get("probe")).containsPattern("json +Print a report as JSON too");
        assertThat(helps.get("jobs list")).containsPattern("json +Print JSON on a terminal too");
    }

    private static String help(String command) {
        var prompt = new Prompt(Map.of());
        assertThat(prompt.dbtc((command + " --help").split(" "))).isZero();
        return prompt.out();
    }

    private static String options(String help) {
        return help.substring(help.indexOf("  -a, "), help.indexOf("Example:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "-V", "--version"})
    void showsTheVersion(String option) {
        var prompt = new Prompt(Map.of());

        assertThat(prompt.dbtc(option)).isZero();
        assertThat(prompt.out()).matches("dbtc \\d+\\.\\d+.* \\(dbtc4j, Java \\d+\\)\\n");
    }
}
