package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.GuideTest;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The wheel is all that pip needs: it is installed without network into an empty environment,
/// where there is no Java.
@Tag("gate")
class WheelIT {

    private static final Map<String, String> SYSTEM = Map.of("PATH", "/usr/bin:/bin");

    @TempDir private static Path folder;
    private static Path wheel;

    /// An environment that has it.
    private static Path installed;

    /// Where there is no Python, these tests are left out; not so in continuous integration.
    @BeforeAll
    static void pack() throws IOException {
        if (run(SYSTEM, "python3", "-c", "import ensurepip, venv").exitCode() != 0) {
            assertThat(System.getenv("CI")).as("CI has Python with venv").isNotEqualTo("true");
            Assumptions.abort("no python3 with venv: the wheel was not installed");
        }
        wheel = Path.of(make().lines().findFirst().orElseThrow());
        installed = environment("installed");
        install(installed);
    }

    @Test
    void runsTheGuidesStepFromItsCache() throws IOException {
        Path dbtc = installed.resolve("bin/dbtc");

        try (var platform = Platform.starter()) {
            Path step = Files.createDirectories(folder.resolve("step"));
            var ended = GuideTest.step(platform, step, installed.resolve("bin").toString());

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            GuideTest.assertTriggered(platform);
        }
        var cached =
                run(
                        Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on", "PATH", "/usr/bin:/bin"),
                        dbtc.toString(),
                        "--version");
        assertThat(cached.out()).as(cached.err()).startsWith("dbtc ");
    }

    @Test
    void uninstallingLeavesNothing() throws IOException {
        Path environment = environment("brief");
        List<Path> before = files(environment);
        install(environment);
        run(SYSTEM, environment.resolve("bin/dbtc").toString(), "--version");
        assertThat(files(environment)).hasSizeGreaterThan(before.size() + 50);

        var ended = pip(environment, "uninstall", "--yes", "dbtc4j");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(files(environment)).isEqualTo(before);
    }

    @Test
    void isFoundThroughALinkAndHasItsLicences() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("dbtc"), installed.resolve("bin/dbtc"));

        assertThat(run(SYSTEM, link.toString(), "--version").out()).startsWith("dbtc ");
        assertThat(files(installed))
                .filteredOn(Files::isRegularFile)
                .extracting(file -> file.getParent().getFileName() + "/" + file.getFileName())
                .contains("doc/THIRD-PARTY.md", "sboms/dbtc.cdx.json", "doc/LICENSE");
    }

    @Test
    void isInstalledIntoAFolderToo() {
        Path target = folder.resolve("target");
        var ended =
                run(
                        SYSTEM,
                        installed.resolve("bin/python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "--no-index",
                        "--target",
                        target.toString(),
                        wheel.toString());
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();

        var cached =
                run(
                        Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on", "PATH", "/usr/bin:/bin"),
                        target.resolve("bin/dbtc").toString(),
                        "--version");
        assertThat(cached.out()).as(cached.err()).startsWith("dbtc ");
    }

    @Test
    void isTheSameWheneverItIsMade() throws IOException {
        byte[] first = Files.readAllBytes(wheel);

        make();

        assertThat(wheel).hasBinaryContent(first);
    }

    @Test
    void asksForNoNewerSystemThanItsNameSays() throws IOException {
        assertThat(wheel.getFileName().toString())
                .matches("dbtc4j-[\\w.]+-py3-none-manylinux_2_\\d+_(?:x86_64|aarch64)\\.whl");
        var named = wheel.getFileName().toString().replaceFirst(".*manylinux_2_(\\d+)_.*", "$1");
        var versions = new ArrayList<Integer>();
        for (Path file : files(installed)) {
            if (Files.isRegularFile(file)
                    && file.toString().matches(".*/runtime/.*(?:\\.so|/bin/java)")) {
                run(SYSTEM, "grep", "-aoE", "GLIBC_2\\.[0-9]+", file.toString())
                        .out()
                        .lines()
                        .map(symbol -> Integer.valueOf(symbol.substring("GLIBC_2.".length())))
                        .forEach(versions::add);
            }
        }

        assertThat(versions).isNotEmpty().allMatch(version -> version <= Integer.parseInt(named));
        assertThat(versions).contains(Integer.valueOf(named));
    }

    private static String make() throws IOException {
        var made =
                run(
                        SYSTEM,
                        Repository.ROOT.resolve("dist/wheel").toString(),
                        Archive.make().folder().toString());
        assertThat(made.exitCode()).as(made.err()).isZero();
        return made.out();
    }

    private static Path environment(String name) {
        Path environment = folder.resolve(name);
        var made = run(SYSTEM, "python3", "-m", "venv", environment.toString());
        assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
        return environment;
    }

    private static void install(Path environment) {
        var ended = pip(environment, "install", "--no-index", wheel.toString());
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    }

    private static CommandProcess.Ended pip(Path environment, String... args) {
        return run(
                SYSTEM,
                Stream.concat(
                                Stream.of(
                                        environment.resolve("bin/python").toString(),
                                        "-m",
                                        "pip",
                                        "--disable-pip-version-check"),
                                Stream.of(args))
                        .toArray(String[]::new));
    }

    /// What pip compiles of itself while it runs does not count.
    private static List<Path> files(Path environment) throws IOException {
        try (Stream<Path> files = Files.walk(environment)) {
            return files.filter(file -> !file.toString().contains("__pycache__")).sorted().toList();
        }
    }

    private static CommandProcess.Ended run(Map<String, String> environment, String... command) {
        return CommandProcess.start(environment, List.of(command)).end();
    }
}
