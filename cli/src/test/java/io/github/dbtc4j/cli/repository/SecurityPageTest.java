package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every promise of `docs/security.md` names the tests that show it, and these exist.
class SecurityPageTest {

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");

    @Test
    void everyThreatHasAnAnswerAndATestThatExists() throws IOException {
        Set<String> tests = tests();
        List<String> threats =
                Files.readAllLines(Repository.ROOT.resolve("docs/security.md")).stream()
                        .filter(line -> line.startsWith("| "))
                        .filter(line -> !line.startsWith("| Who |"))
                        .toList();

        assertThat(threats)
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> {
                    String[] cells = line.substring(2).split(" *\\| *", -1);
                    assertThat(cells).as(line).hasSize(5);
                    assertThat(List.of(cells).subList(0, 4)).doesNotContain("");
                    List<String> named =
                            TEST.matcher(cells[3]).results().map(match -> match.group(1)).toList();
                    assertThat(named).as(line).isNotEmpty();
                    assertThat(tests).as(line).containsAll(named);
                });
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.ROOT)) {
            return files.map(path -> Repository.ROOT.relativize(path).toString())
                    .filter(text -> text.matches("[a-z]+/src/test/java/.*\\.java"))
                    .map(text -> text.replaceFirst(".*/", "").replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
