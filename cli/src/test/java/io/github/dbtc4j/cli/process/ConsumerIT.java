package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The libraries are enough for a user's project: it is compiled and run with what this build made
/// of them, put where `mvn install` would put it.
///
/// Nothing is downloaded, and the machine's local repository is left as it is: the test has one of
/// its own, for which that is the remote one.
@Tag("gate")
class ConsumerIT {

    @TempDir private Path folder;

    @Test
    void compilesAndRunsWithTheInstalledLibraries() throws IOException {
        install("", "dbtc4j");
        for (String library : Repository.LIBRARIES) {
            install(library, "dbtc4j-" + library);
        }
        copy("pom.xml", folder.resolve("pom.xml"));
        // a project of its own: what this repository asks of Maven is not asked of the consumer's,
        // if the file is an argument of its own, which is all that Maven's script looks for
        Files.createDirectory(folder.resolve(".mvn"));
        copy(
                "Consumer.java",
                Files.createDirectories(folder.resolve("src/main/java")).resolve("Consumer.java"));
        String known = Path.of(property("dbtc.repository")).toUri().toString();
        Files.writeString(
                folder.resolve("settings.xml"),
                """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors>
                    <mirror><id>known</id><url>%s</url><mirrorOf>central</mirrorOf></mirror>
                  </mirrors>
                </settings>
                """
                        .formatted(folder.resolve("repository"), known));

        var compiled =
                run(
                        "mvn",
                        "--batch-mode",
                        "--quiet",
                        "--settings=" + folder.resolve("settings.xml"),
                        "--file",
                        folder.resolve("pom.xml").toString(),
                        "-Ddbtc4j.version=" + property("dbtc.version"),
                        "compile");
        assertThat(compiled.exitCode()).as(compiled.out() + compiled.err()).isZero();

        var ran =
                run(
                        property("java.home") + "/bin/java",
                        "-cp",
                        folder.resolve("target/classes") + ":" + folder + "/target/dependency/*",
                        "Consumer");
        assertThat(ran.out()).as(ran.err()).startsWith("Triggered[run=");
    }

    /// [What Maven Central requires](https://central.sonatype.org/publish/requirements/) of a POM.
    @Test
    void everyPomSaysWhatMavenCentralRequires() throws IOException {
        String parent = Files.readString(Repository.ROOT.resolve("pom.xml"));
        assertThat(parent).contains("<licenses>", "<developers>", "<scm ", "<connection>", "<url>");

        for (String library : Repository.LIBRARIES) {
            assertThat(Files.readString(Repository.ROOT.resolve(library + "/pom.xml")))
                    .contains("<artifactId>dbtc4j-" + library + "</artifactId>")
                    .contains("  <name>", "  <description>")
                    .doesNotContain("maven.deploy.skip");
        }
    }

    /// Installs what was built in a folder of the repository: its POM, and its jar if it has one.
    private void install(String module, String artifact) throws IOException {
        String version = property("dbtc.version");
        String name = artifact + "-" + version;
        Path place =
                Files.createDirectories(
                        folder.resolve("repository/io/github/dbtc4j")
                                .resolve(artifact)
                                .resolve(version));
        Path built = Repository.ROOT.resolve(module);
        Files.copy(built.resolve("pom.xml"), place.resolve(name + ".pom"));
        if (!module.isEmpty()) {
            Files.copy(
                    built.resolve("target").resolve(name + ".jar"), place.resolve(name + ".jar"));
        }
    }

    private static CommandProcess.Ended run(String... command) {
        return CommandProcess.start(
                        Map.of(
                                "PATH",
                                System.getenv("PATH"),
                                "HOME",
                                property("user.home"),
                                "JAVA_HOME",
                                property("java.home")),
                        List.of(command))
                .end();
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    private static void copy(String resource, Path to) throws IOException {
        try (var text = ConsumerIT.class.getResourceAsStream("consumer/" + resource)) {
            Files.writeString(to, new String(Objects.requireNonNull(text).readAllBytes(), UTF_8));
        }
    }
}
