package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.terminal.ExitCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The Markdown of the repository holds together: its links lead somewhere, its lines are wrapped.
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[([^]]+)]: (\\S+)$");
    private static final Pattern REFERENCE = Pattern.compile("]\\[([^]]+)]");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\n]*`");
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
    void everyReferenceHasADefinitionAndEveryDefinitionIsUsed() throws Exception {
        for (Path file : pages()) {
            String prose = String.join("\n", prose(file));
            var defined = new TreeSet<String>();
            DEFINITION.matcher(prose).results().forEach(found -> defined.add(found.group(1)));
            var used = new TreeSet<String>();
            REFERENCE
                    .matcher(INLINE_CODE.matcher(prose).replaceAll("code"))
                    .results()
                    .forEach(found -> used.add(found.group(1)));

            assertThat(used).as(Repository.ROOT.relativize(file).toString()).isEqualTo(defined);
        }
    }

    @Test
    void theReferenceExplainsEveryExitCode() throws Exception {
        String page = Files.readString(Repository.ROOT.resolve("docs/reference.md"));
        String table = page.substring(page.indexOf("| Code | Meaning |"));

        assertThat(ExitCode.list().keySet())
                .allSatisfy(code ->
                        assertThat(table).containsPattern("\\n\\| (\\d+, )?" + code + "[ ,]"));
    }

    @Test
    void theReadmeIsShort() throws Exception {
        assertThat(Files.readAllLines(Repository.ROOT.resolve("README.md")))
                .hasSizeLessThanOrEqualTo(130);
    }

    @Test
    void theReadmesFirstStepsLeaveTheCloneClean() throws Exception {
        String readme = Files.readString(Repository.ROOT.resolve("README.md"));
        String start = readme.substring(0, readme.indexOf("## Use it in GitHub Actions"));
        List<String> written =
                Pattern.compile("\\./dbtc [^\n]*> ([\\w.]+)")
                        .matcher(start)
                        .results()
                        .map(file -> file.group(1))
                        .toList();

        assertThat(written).isNotEmpty();
        assertThat(Files.readAllLines(Repository.ROOT.resolve(".gitignore"))).containsAll(written);
    }

    @Test
    void pagesSayThatThereIsNoReleaseUntilThereIsOne() throws Exception {
        boolean released =
                Files.readAllLines(Repository.ROOT.resolve("CHANGELOG.md")).stream()
                        .anyMatch(line -> line.matches("## \\[?\\d.*"));

        for (String page : List.of("README.md", "SECURITY.md", "docs/ci/gitlab-ci.md")) {
            assertThat(Files.readString(Repository.ROOT.resolve(page)).contains("no release yet"))
                    .as(page)
                    .isEqualTo(!released);
        }
    }

    @Test
    void theReadmeShowsTheTableTheDemoPrints() throws Exception {
        String demo =
                Files.readString(
                        Repository.ROOT.resolve(
                                "cli/src/test/resources/io/github/dbtc4j/cli/demo.txt"));
        int begin = demo.indexOf("\n\n") + 2;
        String table = demo.substring(begin, demo.indexOf("\n\n", begin));

        assertThat(table).contains("plain queueing", "clones left behind");
        assertThat(Files.readString(Repository.ROOT.resolve("README.md"))).contains(table);
    }

    @Test
    void proseIsWrapped() throws Exception {
        var tooLong = new ArrayList<String>();
        for (Path file : pages()) {
            prose(file).stream()
                    .filter(line -> line.length() > WIDTH)
                    .map(line -> Repository.ROOT.relativize(file) + ": " + line)
                    .forEach(tooLong::add);
        }
        assertThat(tooLong).as("longer than %s columns", WIDTH).isEmpty();
    }

    /// The headings of a page, as GitHub spells them in an address.
    private static List<String> headings(Path page) throws IOException {
        return prose(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .toList();
    }

    /// The lines of a page that are not code.
    private static List<String> prose(Path page) throws IOException {
        var prose = new ArrayList<String>();
        boolean code = false;
        for (String line : Files.readAllLines(page)) {
            boolean fence = line.strip().startsWith("```");
            code ^= fence;
            if (!code && !fence) {
                prose.add(line);
            }
        }
        return prose;
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
