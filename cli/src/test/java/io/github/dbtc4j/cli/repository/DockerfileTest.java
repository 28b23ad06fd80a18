package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.process.LauncherMachine;

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

/// The container image, as far as that shows without a container engine.
@Tag("gate")
class DockerfileTest {

    private static final Path DOCKERFILE = Repository.ROOT.resolve("Dockerfile");

    /// What is run for another architecture would need its processor.
    @Test
    void theImageIsCopiedTogetherAndIsNotRoots() throws IOException {
        String text = Files.readString(DOCKERFILE);
        List<String> image =
                text.substring(text.lastIndexOf("\nFROM ") + 1)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceFirst(" .*", ""))
                        .toList();

        assertThat(image).containsExactly("FROM", "COPY", "USER", "WORKDIR", "ENTRYPOINT");
        assertThat(text).contains("USER 10001:10001", "ENTRYPOINT [\"dbtc\"]");
    }

    /// The stage's own command unpacks an archive as `dist/archive` makes it.
    @ParameterizedTest
    @CsvSource({"amd64, x64", "arm64, arm64"})
    void takesTheArchiveOfThePlatform(String docker, String ours, @TempDir Path folder)
            throws Exception {
        for (String arch : List.of("x64", "arm64")) {
            LauncherMachine.write(
                    folder.resolve("tree/dbtc-0.1.0-linux-" + arch + "/bin/dbtc"), arch);
            Path packed = folder.resolve("dist/dbtc-0.1.0-linux-" + arch + ".tar.gz");
            Files.createDirectories(packed.getParent());
            var tar =
                    new ProcessBuilder(
                                    "tar",
                                    "-czf",
                                    packed.toString(),
                                    "-C",
                                    folder.resolve("tree").toString(),
                                    "dbtc-0.1.0-linux-" + arch)
                            .start();
            assertThat(tar.waitFor()).isZero();
        }
        String run = Files.readString(DOCKERFILE).replace("\\\n", "");
        String command =
                run.lines()
                        .filter(line -> line.startsWith("RUN "))
                        .findFirst()
                        .orElseThrow()
                        .substring(4)
                        .replace("/dist/", folder + "/dist/")
                        .replace("/dbtc ", folder + "/dbtc ")
                        .replaceAll("/dbtc$", folder + "/dbtc");

        var ended =
                CommandProcess.start(
                                Map.of("PATH", "/usr/bin:/bin", "TARGETARCH", docker),
                                List.of("sh", "-c", command))
                        .end();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(folder.resolve("dbtc/bin/dbtc")).hasContent(ours);
    }

    @Test
    void aReleaseWithoutAnArchiveIsNotPushed(@TempDir Path folder) throws IOException {
        for (String program : List.of("image", "version", "property")) {
            LauncherMachine.executable(
                    folder.resolve("dist/" + program),
                    Files.readString(Repository.ROOT.resolve("dist/" + program)));
        }
        LauncherMachine.write(
                folder.resolve("pom.xml"), "<project>\n  <version>0.1.0</version>\n</project>\n");
        LauncherMachine.executable(folder.resolve("bin/docker"), "#!/bin/sh\necho docker\n");

        var ended =
                CommandProcess.start(
                                Map.of(
                                        "PATH",
                                        folder.resolve("bin") + ":/usr/bin:/bin",
                                        "GITHUB_REPOSITORY",
                                        "Acme/dbtc4j",
                                        "GH_TOKEN",
                                        "x"),
                                List.of(
                                        folder.resolve("dist/image").toString(),
                                        "v0.1.0",
                                        folder.toString()))
                        .end();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("there is no", "linux-x64.tar.gz");
        assertThat(ended.out()).isEmpty();
    }
}
