package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Formatting is checked in a test because tests run on the JDK the sources are written for, which
/// Maven itself need not. `make fmt` rewrites the files instead (`-Dformat=write`).
@Tag("gate")
class FormattingTest {

    private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.AOSP;

    @Test
    void everySourceFileIsFormatted() throws Exception {
        boolean write = "write".equals(System.getProperty("format"));
        List<String> unformatted =
                sources().parallelStream()
                        .filter(file -> !isFormatted(file, write))
                        .map(file -> Repository.ROOT.relativize(file).toString())
                        .toList();
        assertThat(unformatted).as("not formatted, run `make fmt`").isEmpty();
    }

    @Test
    void findsTheSources() throws Exception {
        assertThat(sources()).hasSizeGreaterThan(200);
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Repository.ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isFormatted(Path file, boolean write) {
        try {
            String source = Files.readString(file);
            String formatted = formatted(source);
            if (!formatted.equals(source) && write) {
                Files.writeString(file, formatted);
            }
            return write || formatted.equals(source);
        } catch (IOException | FormatterException e) {
            throw new AssertionError("cannot format " + file, e);
        }
    }

    private static String formatted(String source) throws FormatterException {
        var formatter = new Formatter(JavaFormatterOptions.builder().style(STYLE).build());
        String tidied =
                ImportOrderer.reorderImports(
                        RemoveUnusedImports.removeUnusedImports(source), STYLE);
        // long strings too, as the formatter's own command does
        return StringWrapper.wrap(formatter.formatSource(tidied), formatter);
    }
}
