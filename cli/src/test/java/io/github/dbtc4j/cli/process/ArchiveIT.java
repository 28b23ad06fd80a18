package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.Encrypted;
import io.github.dbtc4j.cli.GuideTest;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.recipe.RecipeYaml;
import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The archive is all that is needed: it is unpacked into a folder with a space in its name, and
/// started where there is no Java and next to nothing in the environment.
@Tag("gate")
class ArchiveIT {

    /// Refuses to start without the cache.
    private static final Map<String, String> CACHED =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on", "PATH", "/nowhere");

    @TempDir private static Path folder;
    private static Archive archive;
    private static Path unpacked;

    @BeforeAll
    static void unpack() throws IOException {
        archive = Archive.make();
        unpacked = archive.unpack(Files.createDirectories(folder.resolve("my programs")));
    }

    @Test
    void saysItsVersionAndHelpsWithoutAnythingAround() {
        assertThat(dbtc(Map.of(), "--version").out()).startsWith("dbtc ");
        assertThat(dbtc(Map.of("PATH", "/nowhere"), "--help").out()).contains("ci run");
        assertThat(dbtc(Map.of(), "--nonsense").exitCode()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void runsTheGuidesStep(@TempDir Path step) throws IOException {
        try (var platform = Platform.starter()) {
            var ended = GuideTest.step(platform, step, unpacked.resolve("bin").toString());

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            GuideTest.assertTriggered(platform);
        }
    }

    @Test
    void isFoundThroughSymbolicLinks() throws IOException {
        Path absolute = Files.createSymbolicLink(folder.resolve("dbtc"), command());
        Path relative = Files.createSymbolicLink(folder.resolve("link"), Path.of("dbtc"));

        for (Path link : List.of(absolute, relative)) {
            var ended = start(Map.of("PATH", "/usr/bin:/bin"), link, "--version");
            assertThat(ended.out()).as(ended.err()).startsWith("dbtc ");
        }
    }

    @Test
    void startsFromItsCacheWhereverItIsMovedTo() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path moved = archive.unpack(elsewhere);
        Path again = Files.move(moved, folder.resolve("moved"));

        for (Path home : List.of(unpacked, again)) {
            var ended = start(CACHED, home.resolve("bin/dbtc"), "--version");
            assertThat(ended.out()).as(ended.err()).startsWith("dbtc ");
        }
    }

    @Test
    void startsWithoutItsCacheAndSaysNothingOfIt() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("spoilt"));
        Path spoilt = archive.unpack(elsewhere);
        Files.writeString(spoilt.resolve("lib/dbtc/dbtc.aot"), "spoilt");

        var ended = start(Map.of(), spoilt.resolve("bin/dbtc"), "--version");
        assertThat(ended.out()).startsWith("dbtc ");
        assertThat(ended.err()).isEmpty();
        assertThat(start(CACHED, spoilt.resolve("bin/dbtc"), "--version").exitCode()).isNotZero();
    }

    @Test
    void speaksTlsAndTrustsOnlyWhomItKnows(@TempDir Path store) throws Exception {
        try (var platform = Platform.starter();
                var encrypted = new Encrypted(platform, store)) {
            Map<String, String> environment = new HashMap<>(platform.environment());
            environment.put("DBT_CLOUD_HOST", encrypted.address());
            String[] get = {"runs", "list", "--account-id=1"};

            var refused = dbtc(environment, get);
            assertThat(refused.exitCode()).isEqualTo(ExitCode.PLATFORM.code());
            assertThat(refused.err()).contains("no secure connection (unable to find valid");

            environment.put("JAVA_TOOL_OPTIONS", encrypted.trust());
            var trusted = dbtc(environment, get);
            assertThat(trusted.exitCode()).as(trusted.err()).isZero();
            assertThat(trusted.out()).contains("\"data\"");
        }
    }

    @Test
    void bringsManualCompletionsAndLicences() throws IOException {
        assertThat(
                        List.of(
                                "share/man/man1/dbtc.1.gz",
                                "share/bash-completion/completions/dbtc",
                                "share/fish/vendor_completions.d/dbtc.fish",
                                "share/doc/dbtc/LICENSE",
                                "share/doc/dbtc/THIRD-PARTY.md",
                                "share/doc/dbtc/dbtc.cdx.json",
                                "lib/dbtc/runtime/legal/java.base/LICENSE"))
                .allSatisfy(file -> assertThat(unpacked.resolve(file)).isNotEmptyFile());
        try (Stream<Path> notices = Files.walk(unpacked.resolve("share/doc/dbtc/third-party"))) {
            assertThat(notices).anyMatch(path -> path.endsWith("NOTICE"));
        }
    }

    @Test
    void billsWhatItHolds() throws IOException {
        Map<String, @Nullable Object> bill =
                Json.readObject(Files.readString(archive.beside(".cdx.json")));
        List<String> billed =
                RecipeYaml.list(bill.get("components")).stream()
                        .map(component -> (Map<?, ?>) component)
                        .map(map -> map.get("name") + "-" + map.get("version") + ".jar")
                        .filter(text -> !text.startsWith("OpenJDK-"))
                        .toList();

        try (Stream<Path> jars = Files.list(unpacked.resolve("lib/dbtc"))) {
            assertThat(jars.map(path -> path.getFileName().toString()))
                    .filteredOn(text -> text.endsWith(".jar") && !text.startsWith("dbtc4j-cli-"))
                    .containsExactlyInAnyOrderElementsOf(billed);
        }
        assertThat(bill.toString()).contains("name=OpenJDK");
    }

    @Test
    void hashesWhatItHolds() throws Exception {
        Map<String, @Nullable Object> bill =
                Json.readObject(Files.readString(archive.beside(".cdx.json")));
        var hashes = new HashMap<String, String>();
        Stream.concat(
                        Stream.of(RecipeYaml.at(bill, "metadata", "component")),
                        RecipeYaml.list(bill.get("components")).stream())
                .map(RecipeYaml::map)
                .filter(map -> map.get("type") instanceof String type && !type.equals("platform"))
                .forEach(map ->
                        hashes.put(
                                map.get("name") + "-" + map.get("version") + ".jar",
                                String.valueOf(map.get("hashes"))));

        List<Path> jars = jars();
        assertThat(jars).hasSize(hashes.size());
        for (Path jar : jars) {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            assertThat(hashes.get(jar.getFileName().toString()))
                    .as(jar.getFileName().toString())
                    .contains(HexFormat.of().formatHex(sum));
        }
    }

    @Test
    void holdsJarsAsTheyWereBuiltAndPublished() throws Exception {
        Path repository = property("dbtc.repository");
        var published = new HashMap<String, Path>();
        RecipeYaml.list(
                        Json.readObject(Files.readString(archive.beside(".cdx.json")))
                                .get("components"))
                .stream()
                .map(RecipeYaml::map)
                .filter(map -> !String.valueOf(map.get("name")).startsWith("dbtc4j-"))
                .filter(map -> map.get("group") != null)
                .forEach(map -> {
                    String jar = map.get("name") + "-" + map.get("version") + ".jar";
                    String group = String.valueOf(map.get("group")).replace('.', '/');
                    published.put(
                            jar,
                            repository
                                    .resolve(group)
                                    .resolve(String.valueOf(map.get("name")))
                                    .resolve(String.valueOf(map.get("version")))
                                    .resolve(jar));
                });
        assertThat(published).hasSize(4);

        for (Path jar : jars()) {
            String name = jar.getFileName().toString();
            Path built = property("dbtc.lib").resolve(name);
            assertThat(jar).hasSameBinaryContentAs(published.getOrDefault(name, built));
        }
    }

    @Test
    void holdsNothingThatOnlyPacks() throws IOException {
        for (Path jar : jars()) {
            try (var file = new JarFile(jar.toFile())) {
                assertThat(file.stream().map(JarEntry::getName))
                        .as(jar.toString())
                        .isNotEmpty()
                        .noneMatch(entry -> entry.startsWith("io/github/dbtc4j/cli/build"));
            }
        }
        assertThat(archive.listing()).noneMatch(entry -> entry.contains("packing"));
    }

    @Test
    void leavesNothingBehindWhenJavaCrashes(@TempDir Path workspace) throws Exception {
        var started =
                CommandProcess.start(
                        Map.of("DBT_CLOUD_API_KEY", CommandProcess.CANARY),
                        List.of(
                                "/bin/sh",
                                "-c",
                                "ulimit -S -c \"$(ulimit -H -c)\"; cd \"$0\" && exec \"$1\" sandbox"
                                        + " --port=0",
                                workspace.toString(),
                                command().toString()));
        Await.until(
                "the sandbox serves", () -> started.out().contains("DBT_CLOUD_HOST"), started::err);
        started.signal("SEGV");
        var ended = started.end();

        assertThat(ended.exitCode()).isEqualTo(134);
        assertThat(ended.err()).doesNotContain(CommandProcess.CANARY, "hs_err");
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void refusesAFolderWithAColon() throws IOException {
        Path odd = archive.unpack(Files.createDirectories(folder.resolve("a:b")));

        var refused = start(Map.of(), odd.resolve("bin/dbtc"), "--version");
        assertThat(refused.exitCode()).isEqualTo(126);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains(odd.toString(), "colon", "move it");
    }

    @Test
    void saysNothingOfWhoPackedItAndWhen() throws IOException {
        var date =
                Pattern.compile("<project.build.outputTimestamp>(.*)T(\\d\\d:\\d\\d)")
                        .matcher(Files.readString(Repository.ROOT.resolve("pom.xml")));
        assertThat(date.find()).isTrue();
        String when = " " + date.group(1) + " " + date.group(2) + " ";
        assertThat(archive.listing())
                .allMatch(entry -> entry.contains(" 0/0 ") && entry.contains(when));
    }

    @Test
    void isWhatItsChecksumSays() {
        var checked =
                CommandProcess.start(
                                Map.of("PATH", "/usr/bin:/bin"),
                                List.of(
                                        "/usr/bin/env",
                                        "-C",
                                        archive.folder().toString(),
                                        "sha256sum",
                                        "-c",
                                        archive.beside(".sha256").toString()))
                        .end();
        assertThat(checked.exitCode()).as(checked.err()).isZero();
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(unpacked.resolve("lib/dbtc"))) {
            return files.filter(path -> path.toString().endsWith(".jar")).toList();
        }
    }

    private static Path property(String name) {
        return Path.of(Objects.requireNonNull(System.getProperty(name), name));
    }

    private static Path command() {
        return unpacked.resolve("bin/dbtc");
    }

    private static CommandProcess.Ended dbtc(Map<String, String> environment, String... args) {
        return start(environment, command(), args);
    }

    private static CommandProcess.Ended start(
            Map<String, String> environment, Path command, String... args) {
        return CommandProcess.start(
                        environment,
                        Stream.concat(Stream.of(command.toString()), Stream.of(args)).toList())
                .end();
    }
}
