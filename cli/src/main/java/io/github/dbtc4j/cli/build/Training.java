package io.github.dbtc4j.cli.build;

import io.github.dbtc4j.cli.Main;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.StandardOutput;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Does once what pipelines do, on a sandbox over HTTPS, and says nothing. Java lists what it loads
/// for that (`-XX:DumpLoadedClassList`); a cache made of the list starts the command sooner.
///
/// The sandbox is a process of its own: all that is remembered is loaded by every later start.
public final class Training {

    private static final Pattern VARIABLE = Pattern.compile("export (\\w+)='(.*)'");

    private Training() {}

    static void main() throws IOException {
        Process sandbox =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "sandbox",
                                "--tls",
                                "--port=0",
                                "--speed=6000")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader lines = sandbox.inputReader(StandardCharsets.UTF_8)) {
            Map<String, String> environment = new HashMap<>();
            while (!environment.containsKey("DBT_CLOUD_JOB_ID")) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("the sandbox of the training has ended");
                }
                Matcher variable = VARIABLE.matcher(line);
                if (variable.matches()) {
                    environment.put(variable.group(1), variable.group(2));
                }
            }
            train(environment);
        } finally {
            sandbox.destroy();
        }
    }

    private static void train(Map<String, String> environment) {
        run(environment, "--version");
        run(environment, "--help");
        run(
                environment,
                "ci",
                "run",
                "--pull-request=github:50",
                "--git-sha=1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80",
                "--sequence=1",
                "--poll-interval=1");
        run(environment, "plan", "--payload", payload(51));
        for (int pullRequest : new int[] {51, 51, 52}) { // the second finds a run to cancel
            run(
                    environment,
                    "trigger-autoscaling-ci-job",
                    "--no-should-poll",
                    "--payload",
                    payload(pullRequest));
        }
    }

    private static String payload(int pullRequest) {
        return "{\"cause\": \"CI\", \"github_pull_request_id\": " + pullRequest + "}";
    }

    private static void run(Map<String, String> environment, String... args) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        ProcessIo shell = ProcessIo.ofThisProcess();
        Main.run(
                new ProcessIo(
                        environment,
                        shell.in(),
                        new StandardOutput(nowhere),
                        new PrintStream(nowhere, false, StandardCharsets.UTF_8),
                        shell.terminal()),
                args);
    }
}
