package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/// The README's way through a pull request's life can be taken.
@Tag("gate")
class QuickStartTest {

    private static final Pattern BLOCK =
            Pattern.compile("```sh\n(\\./dbtc sandbox .*?)```", Pattern.DOTALL);
    private static final String HEAD = "\"$(git rev-parse HEAD)\"";

    @Test
    void takesFiveLinesOfWhichEachEndsWell() throws IOException {
        List<String> lines = lines();
        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst()).endsWith(" > sandbox.env");
        assertThat(lines.get(1)).startsWith(". ./sandbox.env ");
        var sandbox = Platform.options();

        try (var platform = Platform.of(sandbox.pace(sandbox.pace().failureRate(0)))) {
            for (String line : lines.subList(2, lines.size())) {
                assertThat(line).startsWith("./dbtc ");
                var prompt = new Prompt(platform.environment());
                String[] args =
                        line.substring("./dbtc ".length())
                                .replace(HEAD, "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80")
                                .split(" ", -1);

                assertThat(prompt.dbtc(args)).as(line + "\n" + prompt.err()).isZero();
            }
            assertThat(platform.sandbox.runs())
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(run.pullRequest()).containsValue(50L));
        }
    }

    private static List<String> lines() throws IOException {
        var block = BLOCK.matcher(Files.readString(Repository.ROOT.resolve("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1).lines().toList();
    }
}
