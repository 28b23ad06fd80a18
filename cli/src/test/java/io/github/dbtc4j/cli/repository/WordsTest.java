package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Sources and pages name the one who acts: some words hide it, and are used nowhere.
class WordsTest {

    private static final List<String> WORDS =
            List.of(
                    "whoever",
                    "whomever",
                    "whosever",
                    "whatever",
                    "whichever",
                    "somebody",
                    "someone",
                    "nobody",
                    "lest",
                    "all the same",
                    "of late",
                    "is told",
                    "are told",
                    "be it that",
                    "on the strength of");

    private static final Pattern BANNED = banned();

    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "node_modules");

    /// This one, and a page that the simulation writes.
    private static final Set<String> SKIPPED = Set.of("WordsTest.java", "simulation-report.md");

    /// The title of a property in the tables of that page.
    private static final String KEPT = "no token is told to anybody";

    @Test
    void usesNoBannedWord() throws IOException {
        var found = new ArrayList<String>();
        var read = new ArrayList<Path>();
        for (Path file : files()) {
            read.add(file);
            Path name = Repository.ROOT.relativize(file);
            in(Files.readString(file)).forEach(hit -> found.add(name + ":" + hit));
        }

        assertThat(found).isEmpty();
        assertThat(read).hasSizeGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/// For whoever calls it.",
                "Nobody waits.",
                "void waitsThoughNobodyAsks() {",
                "void nobodyWaits() {",
                "It runs all\n    /// the same.",
                "What is\n  told to it."
            })
    void findsABannedWord(String text) {
        assertThat(in("first\n" + text)).hasSize(1).first().asString().startsWith("2 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BodyPublishers.noBody()", "the latest list", "of later commits", KEPT})
    void leavesOtherWordsAlone(String text) {
        assertThat(in(text)).isEmpty();
    }

    /// Returns line and word of each banned word.
    private static List<String> in(String text) {
        String checked = text.replace(KEPT, "");
        return BANNED.matcher(checked)
                .results()
                .map(hit ->
                        checked.substring(0, hit.start()).lines().count()
                                + (hit.start() == 0 || checked.charAt(hit.start() - 1) == '\n'
                                        ? 1
                                        : 0)
                                + " "
                                + hit.group())
                .toList();
    }

    /// A phrase may continue on the next line of a comment.
    private static Pattern banned() {
        var words = new ArrayList<String>();
        var parts = new ArrayList<String>();
        for (String word : WORDS) {
            String rest = word.substring(1).replace(" ", "[\\s/#*]+");
            String capital = word.substring(0, 1).toUpperCase(Locale.ROOT);
            words.add("[" + word.charAt(0) + capital + "]" + rest);
            if (!word.contains(" ")) {
                parts.add(capital + rest);
            }
        }
        return Pattern.compile(
                "(?:(?<![A-Za-z])(?:%s)|(?<=[a-z0-9])(?:%s))(?![a-z])"
                        .formatted(String.join("|", words), String.join("|", parts)));
    }

    private static List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(
                Repository.ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return isSkipped(folder)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (isText(file)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private static boolean isSkipped(Path folder) {
        String name = folder.getFileName().toString();
        return !folder.equals(Repository.ROOT)
                && (SKIPPED_FOLDERS.contains(name)
                        || (name.startsWith(".") && !name.equals(".github")));
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return !SKIPPED.contains(name)
                && (name.matches(".*\\.(?:java|md|ya?ml|xml|sh|properties|sql)")
                        || Set.of("dbtc", "Makefile", "Dockerfile").contains(name));
    }
}
