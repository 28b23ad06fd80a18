package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.CommandGroups;
import io.github.dbtc4j.cli.Commands;
import io.github.dbtc4j.cli.HelpTest;
import io.github.dbtc4j.cli.Prompt;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `docs/commands.md` is what `--help` prints. `-Dgolden=write` writes it anew, but not in CI.
class CommandsPageTest {

    private static final Path PAGE = Repository.ROOT.resolve("docs/commands.md");

    private static final String HEAD =
            """
            # Commands

            What `--help` of each command prints; a test keeps this page so. Behind `[env: …]` is the variable that
            gives an option where it is not among the arguments; an empty one counts as not set. An option is stronger
            than its variable. Exit codes are the same for all; `dbtc --help` has them.

            """;

    /// Which command has a help first, where two have the same.
    private final Map<List<String>, String> firsts = new HashMap<>();

    @Test
    void saysWhatHelpSays() throws IOException {
        String page = HEAD + section("dbtc", help("dbtc")) + commands();
        if ("write".equals(System.getProperty("golden")) && !"true".equals(System.getenv("CI"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void helpListsEveryCommandOnceInItsGroupAndRunFirst() {
        List<String> listed =
                CommandGroups.ALL.stream().flatMap(group -> group.commands().stream()).toList();

        assertThat(listed).startsWith("ci run").doesNotHaveDuplicates();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        HelpTest.commands()
                                .filter(command -> command.getSubcommands().isEmpty())
                                .map(command -> command.getCommandSpec().qualifiedName())
                                .map(name -> name.substring("dbtc ".length()))
                                .toList());
        assertThat(help("dbtc")).contains("  ci run  ", "The same as trigger-autoscaling-ci-job.");
    }

    private String commands() {
        var dbtc = Commands.of(new Prompt(Map.of()).shell());
        return CommandGroups.ALL.stream()
                .flatMap(group ->
                        Stream.concat(
                                Stream.of("## " + group.heading() + "\n\n"),
                                group.commands().stream()
                                        .map(name -> CommandGroups.find(dbtc, name))
                                        .map(this::section)))
                .collect(Collectors.joining());
    }

    private String section(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        String help = help(name);
        String known =
                firsts.putIfAbsent(help.replace(name, "").lines().skip(1).limit(9).toList(), name);
        return "#"
                + (known == null
                        ? section(name, help)
                        : "## %s\n\nThe same as `%s`.\n\n".formatted(name, known));
    }

    private static String section(String name, String help) {
        return "## " + name + "\n\n```\n" + help.strip() + "\n```\n\n";
    }

    private static String help(String name) {
        var prompt = new Prompt(Map.of());
        assertThat(prompt.dbtc((name + " --help").substring("dbtc ".length()).split(" "))).isZero();
        return prompt.out();
    }
}
