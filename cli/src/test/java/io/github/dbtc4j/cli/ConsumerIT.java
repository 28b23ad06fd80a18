package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What a Maven repository would be given is enough for a project of somebody else: it is compiled
/// and run with the libraries that this build staged in `target/repository`.
///
/// Nothing is downloaded, and the local repository is left as it is: a local one of the test's own
/// is filled from it and from the staged one.
class ConsumerIT {

    private static final Path STAGED = Repository.ROOT.resolve("target/repository");

    @TempDir private Path folder;

    @Test
    void compilesAndRunsAgainstTheStagedLibraries() throws IOException {
        copy("pom.xml", folder.resolve("pom.xml"));
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
                        "--file=" + folder.resolve("pom.xml"),
                        "-Dstaging=" + STAGED.toUri(),
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
    void everyStagedPomSaysWhatMavenCentralRequires() throws IOException {
        String parent = Files.readString(Repository.ROOT.resolve("pom.xml"));
        assertThat(parent).contains("<licenses>", "<developers>", "<scm ", "<connection>", "<url>");

        try (Stream<Path> files = Files.walk(STAGED)) {
            List<Path> poms = files.filter(it -> it.toString().endsWith(".pom")).toList();
            assertThat(poms)
                    .extracting(it -> it.subpath(it.getNameCount() - 3, it.getNameCount() - 2))
                    .extracting(Path::toString)
                    .containsOnly(
                            "dbtc4j",
                            "dbtc4j-client",
                            "dbtc4j-planner",
                            "dbtc4j-autoscaler",
                            "dbtc4j-pipeline",
                            "dbtc4j-sandbox",
                            "dbtc4j-simulation");
            for (Path pom : poms) {
                assertThat(Files.readString(pom)).contains("<name>", "<description>");
            }
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
