package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.dbtc4j.cli.process.CommandProcess;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@Tag("gate")
class CompletionTest {

    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin:/usr/local/bin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dbtc tr              | trigger-autoscaling-ci-job
                    dbtc jobs tr         | trigger-autoscaling
                    dbtc plan --conc     | --concurrency
                    dbtc runs can        | cancel
                    dbtc plan --lanes d  | dedicated
                    dbtc plan --cleanup a | after-run
                    """)
    void completesInBash(String line, String word, @TempDir Path folder) throws IOException {
        Path script = folder.resolve("dbtc.bash");
        Files.writeString(script, script("bash"));
        String complete =
                """
                compopt() { :; } # speaks to the shell that is completing: there is none
                source %s
                COMP_WORDS=(%s); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
                _complete_dbtc; printf '%%s\\n' "${COMPREPLY[@]}"
                """
                        .formatted(script, line);
        var ended = CommandProcess.start(PATH, List.of("bash", "-c", complete)).end();

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines().map(String::strip)).contains(word);
    }

    @Test
    void offersEveryCommandAndOptionInFish() {
        String script = script("fish");

        assertThat(script.lines()).allMatch(line -> line.startsWith("complete -c dbtc "));
        assertThat(script.lines())
                .as("quotes are closed")
                .allMatch(line ->
                        line.replace("\\'", "").chars().filter(c -> c == '\'').count() % 2 == 0);
        HelpTest.commands()
                .skip(1)
                .forEach(command -> {
                    assertThat(script).contains("-a '" + command.getCommandName() + "'");
                    command.getCommandSpec()
                            .options()
                            .forEach(option ->
                                    assertThat(script)
                                            .contains(
                                                    "-l "
                                                            + option.longestName().substring(2)
                                                            + " "));
                });
        assertThat(script)
                .contains("-a 'auto clone native'", "-a 'bash zsh fish'")
                .contains("-a 'after-run idle never'", "-a 'base-first dedicated'");
    }

    @Test
    void parsesInFishWhereThatIsInstalled(@TempDir Path folder) throws IOException {
        assumeInstalled("fish");
        Path script = folder.resolve("dbtc.fish");
        Files.writeString(script, script("fish"));
        String complete = "source " + script + "; complete -C 'dbtc jobs tr'";
        var ended = CommandProcess.start(PATH, List.of("fish", "-c", complete)).end();

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("trigger-autoscaling").doesNotContain("ci-job");
    }

    @Test
    void parsesInZshWhereThatIsInstalled(@TempDir Path folder) throws IOException {
        assumeInstalled("zsh");
        Path script = folder.resolve("dbtc.zsh");
        Files.writeString(script, script("zsh"));
        var ended = CommandProcess.start(PATH, List.of("zsh", "-n", script.toString())).end();

        assertThat(ended.err()).isEmpty();
    }

    private static void assumeInstalled(String shell) {
        assumeThat(Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/").map(text -> text + shell))
                .as(shell + " is installed")
                .anyMatch(text -> Files.isExecutable(Path.of(text)));
    }

    private static String script(String shell) {
        var prompt = new Prompt(Map.of());
        assertThat(prompt.dbtc("completion", shell)).isZero();
        assertThat(prompt.err()).isEmpty();
        return prompt.out();
    }
}
