package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

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

/// JSON and HTTP take most of a start: whoever needs neither does not wait for them.
class StartUpTest {

    private static final Predicate<String> SLOW =
            Pattern.compile(
                            "tools\\.jackson\\.|java\\.net\\.(http\\.|Socket |Proxy)|javax\\.net\\."
                                    + "|dbtc4j\\.client\\.(Json|Http)")
                    .asPredicate();

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
        Path log = folder.resolve("classes.log");
        var ended =
                CommandProcess.start(
                                Map.of(),
                                CommandProcess.command(
                                        List.of("-Xlog:class+load:file=" + log), args.split(" ")))
                        .end();

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        try (var lines = Files.lines(log)) {
            assertThat(lines.filter(SLOW).toList().isEmpty()).isEqualTo(!needed);
        }
    }
}
