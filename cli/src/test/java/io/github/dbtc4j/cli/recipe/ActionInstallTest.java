package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the action for GitHub gets `dbtc` from. The releases lie in a folder; curl reads it like a
/// server.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class ActionInstallTest {

    private static final String RELEASED = Repository.tag().substring(1);

    @TempDir private Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Path action;
    private Path releases;
    private String name;

    @BeforeEach
    void checkOut() throws IOException {
        try (var platform = Platform.starter()) {
            action = RecipeMachine.in(folder, platform).action();
        }
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("GITHUB_SERVER_URL", folder.resolve("github").toUri().toString());
        environment.put("DBTC_REPOSITORY", "YOUR-ORG/dbtc4j");
        environment.put("GITHUB_OUTPUT", folder.resolve("outputs").toString());
        environment.put("RUNNER_TEMP", Files.createDirectory(folder.resolve("runner")).toString());
        environment.put("RUNNER_TOOL_CACHE", folder.resolve("tools").toString());
        releases = folder.resolve("github/YOUR-ORG/dbtc4j/releases/download/v" + RELEASED);
        Files.createDirectories(releases);
        name =
                "dbtc-%s-linux-%s"
                        .formatted(
                                RELEASED,
                                System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64");
    }

    @Test
    void takesTheReleaseOfItsVersionAndKeepsIt() throws IOException {
        release();
        publish("");

        var first = install();
        assertThat(first.exitCode()).as(first.err()).isZero();
        Path kept = folder.resolve("tools/dbtc4j").resolve(name).resolve("bin/dbtc");
        assertThat(outputs()).containsExactly("dbtc=" + kept, "builds=false");
        assertThat(kept).isExecutable();

        Files.delete(releases.resolve(name + ".tar.gz"));
        var second = install();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(outputs()).containsExactly("dbtc=" + kept, "builds=false");
    }

    /// A job that was broken off may have left a part of it.
    @Test
    void replacesWhatIsNotWhole() throws IOException {
        release();
        publish("");
        Path kept = folder.resolve("tools/dbtc4j").resolve(name);
        Files.createDirectories(kept.resolve("bin"));
        CommandProcess.install(kept.resolve("bin/dbtc"));

        assertThat(install().exitCode()).isZero();

        assertThat(outputs()).containsExactly("dbtc=" + kept.resolve("bin/dbtc"), "builds=false");
        assertThat(kept.resolve("lib/dbtc/runtime/bin/java")).isExecutable();
        try (var files = Files.list(folder.resolve("tools/dbtc4j"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void buildsWhereTheRepositoryIsNotKnown() throws IOException {
        environment.remove("DBTC_REPOSITORY");

        assertThat(install().exitCode()).isZero();
        assertThat(outputs()).contains("builds=true");
    }

    @Test
    void takesNothingThatIsNotWhatItsChecksumSays() throws IOException {
        release();
        publish("tampered");

        var ended = install();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("::error title=dbtc4j::", "not what its checksum says");
        assertThat(folder.resolve("tools/dbtc4j").resolve(name)).doesNotExist();
    }

    @Test
    void takesNothingThatTheChecksumsDoNotName() throws IOException {
        release();
        publish("");
        Files.writeString(releases.resolve(name + ".sha256"), "0000  another.tar.gz\n");

        assertThat(install().exitCode()).isEqualTo(1);
        assertThat(folder.resolve("tools/dbtc4j").resolve(name)).doesNotExist();
    }

    @Test
    void buildsWhereThereIsNoReleaseAndSaysSo() throws IOException {
        var ended = install();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("::notice title=dbtc4j::No release of dbtc ");
        assertThat(outputs())
                .containsExactly("dbtc=" + action.resolve("dbtc").toRealPath(), "builds=true");
    }

    private CommandProcess.Ended install() throws IOException {
        Files.deleteIfExists(folder.resolve("outputs"));
        return CommandProcess.start(
                        environment, List.of(action.resolve("ci/github/install").toString()))
                .end();
    }

    private List<String> outputs() throws IOException {
        return Files.readAllLines(folder.resolve("outputs"));
    }

    /// The version of the action becomes that of a release.
    private void release() throws IOException {
        Path pom = action.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replace("-SNAPSHOT", ""));
    }

    /// Publishes an archive with a command, and its checksum.
    private void publish(String tampering) throws IOException {
        Path tree = folder.resolve(name);
        Files.createDirectories(tree.resolve("bin"));
        CommandProcess.install(tree.resolve("bin/dbtc"));
        Files.createDirectories(tree.resolve("lib/dbtc/runtime/bin"));
        CommandProcess.install(tree.resolve("lib/dbtc/runtime/bin/java"));
        String script =
                "cd '%s' && tar -czf '%s/%s.tar.gz' %s && cd '%s' && sha256sum %s.tar.gz > %s.sha256"
                        .formatted(folder, releases, name, name, releases, name, name);
        var made = CommandProcess.start(environment, List.of("/bin/sh", "-c", script)).end();
        assertThat(made.exitCode()).as(made.err()).isZero();
        Path archive = releases.resolve(name + ".tar.gz");
        if (!tampering.isEmpty()) {
            Files.write(archive, tampering.getBytes(StandardCharsets.UTF_8));
        }
    }
}
