package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.repository.Repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A machine for the launcher: its own PATH, home and system folders, Javas that print what they
/// were given, a Maven that builds nothing, and a copy of the launcher in a repository of two
/// files.
public final class LauncherMachine {

    private static final List<String> TOOLS =
            List.of(
                    "cat",
                    "find",
                    "ln",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "rmdir",
                    "sed",
                    "sh",
                    "sleep",
                    "tail",
                    "uname");

    final Path folder;
    final Path repository;
    final Map<String, String> environment = new HashMap<>();
    private final Path shell;

    LauncherMachine(Path folder, Path shell) throws IOException {
        this.folder = folder;
        this.shell = shell;
        repository = Files.createDirectories(folder.resolve("home/my code/dbtc4j"));
        for (String tool : TOOLS) {
            String path = onThisMachine(tool).toString();
            executable(bin().resolve(tool), "#!/bin/sh\nexec '" + path + "' \"$@\"\n");
        }
        environment.put("PATH", bin().toString());
        environment.put("HOME", folder.resolve("home").toString());
        write(repository.resolve("pom.xml"), "");
        write(source(), "");
        // The system's folders are looked for below this machine's folder.
        String launcher = Files.readString(Repository.ROOT.resolve("dbtc"));
        String moved =
                launcher.replaceAll(
                        "(?m)^( {8})(/(?:usr|opt|Library|home)/)", "$1" + folder + "$2");
        assertThat(moved).isNotEqualTo(launcher).doesNotContain("        /usr/");
        executable(launcher(), moved);
        maven("");
    }

    static Path onThisMachine(String tool) {
        return find(tool).orElseThrow(() -> new AssertionError(tool + " is not on the PATH"));
    }

    static Optional<Path> find(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Path bin() {
        return folder.resolve("bin");
    }

    Path launcher() {
        return repository.resolve("dbtc");
    }

    Path source() {
        return repository.resolve("cli/src/main/java/Main.java");
    }

    Path state() {
        return repository.resolve(".dbtc");
    }

    /// A JDK in `place` that says who it is, in which locale it runs and with which arguments.
    Path jdk(String place, String version) throws IOException {
        Path home = folder.resolve(place);
        write(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        executable(
                home.resolve("bin/java"),
                """
                #!/bin/sh
                options=
                while [ "$1" != io.github.dbtc4j.cli.Main ]; do
                    case $1 in
                        -X*) options="$options $1" ;;
                    esac
                    [ "$1" != -cp ] || printf 'classpath=[%s]\\n' "$2"
                    shift
                done
                shift
                echo "java=[${0%/bin/java}] locale=[${LC_ALL:-}]"
                echo "options=[$options ]"
                for argument; do printf 'argument=[%s]\\n' "$argument"; done
                cat
                exit "${EXIT:-0}"
                """);
        return home;
    }

    /// A Maven that counts its builds, does `script` and leaves one jar where the launcher wants
    /// it.
    void maven(String script) throws IOException {
        executable(
                bin().resolve("mvn"),
                """
                #!/bin/sh
                echo "built with $JAVA_HOME" >>'%s'
                echo 'Maven talks to stdout'
                %s
                for argument; do
                    case $argument in -Dlib=*) lib=${argument#-Dlib=} ;; esac
                done
                mkdir -p "$lib" && echo jar >"$lib/cli.jar"
                """
                        .formatted(builds(), script));
    }

    Path builds() {
        return folder.resolve("builds");
    }

    List<String> buildLines() throws IOException {
        return lines(builds());
    }

    static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    boolean isLocked() {
        return Files.isSymbolicLink(state().resolve("lock"));
    }

    /// Dates a file relative to the last build, so that no test depends on how fast it runs.
    void touch(Path file, int secondsAfterBuild) throws IOException {
        Instant built = Files.getLastModifiedTime(state().resolve("stamp")).toInstant();
        Files.setLastModifiedTime(file, FileTime.from(built.plusSeconds(secondsAfterBuild)));
    }

    Outcome run(String... arguments) throws Exception {
        return finish(start(launcher(), arguments), "");
    }

    Process start(Path launcher, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(shell.toString(), launcher.toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Outcome finish(Process process, String stdin) throws Exception {
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(stdin);
        }
        // What these launchers print fits into a pipe, so the two can be read one after the other.
        String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String stderr = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), stdout, stderr);
    }

    public static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    public static void executable(Path file, String text) throws IOException {
        write(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    record Outcome(int exitCode, String stdout, String stderr) {}
}
