package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The Markdown of the repository holds together: its links lead somewhere, its lines are wrapped.
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final int WIDTH = 120;

    @Test
    void everyRelativeLinkLeadsToAFileAndHeadingThatExist() throws Exception {
        var broken = new ArrayList<String>();
        int links = 0;
        for (Path file : pages()) {
            var matcher = LINK.matcher(Files.readString(file));
            while (matcher.find()) {
                String path = matcher.group(1);
                if (path.contains("://")) {
                    continue;
                }
                links++;
                Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
                String heading = matcher.group(2);
                if (!Files.exists(target)
                        || (heading != null && !headings(target).contains(heading))) {
                    broken.add(Repository.ROOT.relativize(file) + ": " + matcher.group());
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(5);
    }

    @Test
    void theReadmeShowsTheTableTheDemoPrints() throws Exception {
        String demo =
                Files.readString(
                        Repository.ROOT.resolve(
                                "cli/src/test/resources/io/github/dbtc4j/cli/demo.txt"));
        String table = demo.substring(demo.lastIndexOf("\n\n", demo.length() - 2) + 2).strip();

        assertThat(table).contains("plain queueing", "clones left behind");
        assertThat(Files.readString(Repository.ROOT.resolve("README.md"))).contains(table);
    }

    @Test
    void proseIsWrapped() throws Exception {
        var tooLong = new ArrayList<String>();
        for (Path file : pages()) {
            boolean code = false;
            for (String line : Files.readAllLines(file)) {
                code ^= line.strip().startsWith("```");
                if (!code && line.length() > WIDTH) {
                    tooLong.add(Repository.ROOT.relativize(file) + ": " + line);
                }
            }
        }
        assertThat(tooLong).as("longer than %s columns", WIDTH).isEmpty();
    }

    /// The headings of a page, as GitHub spells them in an address.
    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.walk(Repository.ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().matches(".*/(target|\\.dbtc|\\.git)/.*"))
                    .sorted()
                    .toList();
        }
    }
}
