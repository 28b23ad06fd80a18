package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.process.LauncherMachine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// What other package managers get of a release.
@Tag("gate")
class ChannelsTest {

    private static final List<String> PLATFORMS =
            List.of("linux-x64", "linux-arm64", "macos-arm64", "macos-x64");

    @TempDir private Path folder;

    @BeforeEach
    void makeARelease() throws IOException {
        for (String program : List.of("channels", "central", "version", "property")) {
            LauncherMachine.executable(
                    folder.resolve("dist/" + program),
                    Files.readString(Repository.ROOT.resolve("dist/" + program)));
        }
        LauncherMachine.write(
                folder.resolve("pom.xml"),
                """
                <project>
                  <version>0.1.0</version>
                  <repository.url>https://github.com/acme/dbtc4j</repository.url>
                </project>
                """);
        for (String platform : PLATFORMS) {
            LauncherMachine.write(
                    folder.resolve("files/dbtc-0.1.0-" + platform + ".sha256"),
                    sum(platform) + "  dbtc-0.1.0-" + platform + ".tar.gz\n");
        }
    }

    @Test
    void homebrewAndMiseLoadEachArchiveAndCheckIt() throws IOException {
        var ended = run("channels", "v0.1.0", folder.resolve("files").toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        String formula = Files.readString(folder.resolve("files/dbtc.rb"));
        String mise = Files.readString(folder.resolve("files/mise.toml"));
        for (String platform : PLATFORMS) {
            String url =
                    "https://github.com/acme/dbtc4j/releases/download/v0.1.0/dbtc-0.1.0-%s.tar.gz"
                            .formatted(platform);
            assertThat(formula)
                    .contains("url \"" + url + "\"\n      sha256 \"" + sum(platform) + "\"");
            assertThat(mise)
                    .contains(
                            "[tools.\"http:dbtc\".platforms.%s]\nurl = \"%s\"\nchecksum = \"sha256:%s\""
                                    .formatted(platform, url, sum(platform)));
        }
    }

    @Test
    void aReleaseThatLacksAnArchiveIsRefused() throws IOException {
        Files.delete(folder.resolve("files/dbtc-0.1.0-linux-arm64.sha256"));

        var ended = run("channels", "v0.1.0", folder.resolve("files").toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("no checksum of dbtc-0.1.0-linux-arm64.tar.gz");
    }

    @Test
    void aTagThatIsNotTheVersionAndASumThatIsNoneAreRefused() throws IOException {
        String files = folder.resolve("files").toString();
        assertThat(run("channels", "v0.1.0\"; system(\"id\"); \"", files).err())
                .contains("but the version in pom.xml is 0.1.0");

        LauncherMachine.write(
                folder.resolve("files/dbtc-0.1.0-linux-x64.sha256"),
                "notahash  dbtc-0.1.0-linux-x64.tar.gz\n");
        assertThat(run("channels", "v0.1.0", files).err()).contains("is none: notahash");
        assertThat(folder.resolve("files/dbtc.rb")).doesNotExist();
    }

    @Test
    void whatMavenCentralGetsIsSignedFileByFile() throws IOException {
        LauncherMachine.executable(
                folder.resolve("dist/jdk"),
                "#!/bin/sh\necho '" + System.getProperty("java.home") + "'\n");
        LauncherMachine.executable(
                folder.resolve("bin/gpg"),
                "#!/bin/sh\nwhile [ \"$1\" != --output ]; do shift; done\necho signed >\"$2\"\n");
        Path zip = folder.resolve("dbtc4j-0.1.0-libraries.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name :
                    List.of("io/a.jar", "io/a.jar.sha1", "io/a.pom", "io/maven-metadata.xml")) {
                out.putNextEntry(new ZipEntry(name));
            }
        }

        var ended = run("central", "--dry-run", zip.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        try (var signed =
                new ZipFile(folder.resolve("dbtc4j-0.1.0-libraries-signed.zip").toFile())) {
            assertThat(
                            signed.stream()
                                    .filter(entry -> !entry.isDirectory())
                                    .map(entry -> entry.getName().replaceFirst("^\\./", "")))
                    .containsExactlyInAnyOrder(
                            "io/a.jar",
                            "io/a.jar.asc",
                            "io/a.jar.sha1",
                            "io/a.pom",
                            "io/a.pom.asc");
        }
    }

    @Test
    void mavenCentralGetsNoSnapshot() throws IOException {
        Path zip = folder.resolve("dbtc4j-0.1.0-SNAPSHOT-libraries.zip");
        LauncherMachine.write(zip, "");

        var ended = run("central", zip.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("is no release");
    }

    private static String sum(String platform) {
        return "%08x".formatted(platform.hashCode()).repeat(8);
    }

    private CommandProcess.Ended run(String program, String... args) {
        var command = new ArrayList<>(List.of(folder.resolve("dist/" + program).toString()));
        command.addAll(List.of(args));
        return CommandProcess.start(
                        Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin"), command)
                .end();
    }
}
