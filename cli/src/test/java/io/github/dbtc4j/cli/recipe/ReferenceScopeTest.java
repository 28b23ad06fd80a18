package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.ci.DetectedPayload;
import io.github.dbtc4j.cli.option.SequenceConverter;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.pipeline.detection.Detection;
import io.github.dbtc4j.pipeline.detection.Given;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pipelines that give sequence and scope as the reference says, and those of `dbtc ci run`, are
/// compared by number.
@Tag("gate")
class ReferenceScopeTest {

    @Test
    void isThatOfCiRun(@TempDir Path folder) throws IOException {
        try (var platform = Platform.starter()) {
            var environment = RecordedPipeline.environment(platform, "github", "", folder);
            environment.put("PATH", "/usr/bin:/bin");
            var found =
                    (Detection.Found)
                            Detection.of(environment, DetectedPayload::event, Given.NOTHING);
            String words =
                    "printf '%s %s' " + option("--sequence") + " " + option("--sequence-scope");

            String[] said =
                    CommandProcess.start(environment, List.of("sh", "-c", words))
                            .end()
                            .out()
                            .split(" ", 2);

            assertThat(new SequenceConverter().convert(said[0]).within(said[1]))
                    .isEqualTo(Objects.requireNonNull(found.sequence()));
        }
    }

    private static String option(String name) throws IOException {
        Matcher option =
                Pattern.compile(name + "=(\"[^\"]*\")")
                        .matcher(Files.readString(Repository.ROOT.resolve("docs/reference.md")));
        assertThat(option.find()).isTrue();
        return option.group(1);
    }
}
