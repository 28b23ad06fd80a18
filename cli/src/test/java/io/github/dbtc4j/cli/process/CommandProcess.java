package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.Main;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The real command in a process of its own, with nothing in its environment but what it is given.
public final class CommandProcess {

    /// A token that must not be seen anywhere.
    public static final String CANARY = "dbtu_canary5f0c1e";

    /// How a command ended.
    public record Ended(int exitCode, String out, String err) {

        /// The object that the platform's envelope on standard output holds.
        @SuppressWarnings("unchecked")
        public Map<String, @Nullable Object> data() {
            Object data = Json.readObject(out).get("data");
            return (Map<String, @Nullable Object>) Objects.requireNonNull(data);
        }
    }

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// Starts `dbtc` with these arguments.
    public static CommandProcess dbtc(Map<String, String> environment, String... args) {
        return start(environment, command(List.of(), args));
    }

    /// Starts any program.
    public static CommandProcess start(Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile("dbtc", ".out");
            Path err = Files.createTempFile("dbtc", ".err");
            var builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            return new CommandProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Makes `file` a program that is `dbtc`.
    public static void install(Path file) throws IOException {
        String line =
                command(List.of()).stream()
                        .map(word -> "'" + word + "'")
                        .collect(Collectors.joining(" "));
        Files.writeString(file, "#!/bin/sh\nexec " + line + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// The command line that starts `dbtc`.
    public static List<String> command(List<String> javaOptions, String... args) {
        return java(javaOptions, Main.class, args);
    }

    /// The command line that starts Java as it is started for `dbtc`.
    static List<String> java(List<String> javaOptions, Class<?> main, String... args) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/env"))) {
            // a build in the background of a shell passes on that SIGINT is ignored
            command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(Arrays.asList(args));
        return command;
    }

    /// What the command needs, without the tests: as it is packaged, once it is.
    private static String classPath() {
        String packaged = System.getProperty("dbtc.lib");
        if (packaged != null) {
            return packaged + "/*";
        }
        String all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// What it said on standard error so far.
    public String err() {
        return read(err);
    }

    /// What it printed so far.
    public String out() {
        return read(out);
    }

    public void awaitErr(String text) {
        Await.until("\"" + text + "\" on standard error", () -> err().contains(text), this::err);
    }

    /// Sends a signal, such as `INT`.
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Kills what it started, as `kill -9` does, but not itself.
    public void killChildren() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /// Kills it as `kill -9` does; when this returns it is dead.
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits for its end, and checks that it printed no token.
    public Ended end() {
        return end(Await.LIMIT);
    }

    /// The same, if that takes no longer than `limit`.
    Ended end(Duration limit) {
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("it did not end by itself:\n" + err());
            }
            var ended = new Ended(process.exitValue(), read(out), read(err));
            Files.delete(out);
            Files.delete(err);
            assertThat(ended.out() + ended.err()).doesNotContain(CANARY);
            return ended;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
