package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// JSON and HTTP take most of a start: a command that needs neither does not wait for them.
@Tag("gate")
class StartUpTest {

    private static final Predicate<String> SLOW =
            Pattern.compile(
                            "tools\\.jackson\\.|java\\.net\\.(http\\.|Socket |Proxy)|javax\\.net\\."
                                    + "|dbtc4j\\.client\\.(Json|Http)")
                    .asPredicate();

    /// picocli's classes are in no cache, and to describe a command takes longer than to answer.
    @Test
    void answersWithItsVersionBeforeAnyCommandIsDescribed(@TempDir Path folder) throws IOException {
        assertThat(loaded(folder, 0, "--version")).noneMatch(line -> line.contains(" picocli."));
        assertThat(loaded(folder, 0, "--help")).anyMatch(line -> line.contains(" picocli."));
    }

    @ParameterizedTest
    @CsvSource({
        "--help, 0, false",
        "--version, 0, false",
        "trigger-autoscaling-ci-job --help, 0, false",
        "sandbox --help, 0, false",
        "jobs trigr, 2, false",
        "runs get --run-id=x, 2, false",
        "plan --account-id=1 --job-id=1 --payload={}, 2, true"
    })
    void loadsJsonAndHttpOnlyWhereTheyAreNeeded(
            String args, int exitCode, boolean needed, @TempDir Path folder) throws IOException {
        assertThat(loaded(folder, exitCode, args.split(" ")).stream().anyMatch(SLOW))
                .isEqualTo(needed);
    }

    /// What Java loads for a command, a class a line.
    private static List<String> loaded(Path folder, int exitCode, String... args)
            throws IOException {
        Path log = folder.resolve("classes.log");
        var ended =
                CommandProcess.start(
                                Map.of(),
                                CommandProcess.command(
                                        List.of("-Xlog:class+load:file=" + log), args))
                        .end();
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        return Files.readAllLines(log);
    }
}
