package io.github.dbtc4j.cli;

import io.github.dbtc4j.client.Surroundings;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.SandboxOptions;
import io.github.dbtc4j.sandbox.SandboxServer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Does once what pipelines do, on a sandbox of its own over HTTP, and says nothing. The Java
/// runtime that is told to (`-XX:AOTCacheOutput`) remembers what was loaded for it, and starts the
/// command sooner from then on.
final class Training {

    private Training() {}

    static void main() throws IOException {
        Surroundings machine = Surroundings.ofThisMachine();
        var sandbox = new Sandbox(SandboxOptions.defaults(), machine.now());
        try (var server = new SandboxServer(sandbox, 0, 6_000, 1, machine)) {
            var world = sandbox.world();
            Map<String, String> environment =
                    Map.of(
                            "DBT_CLOUD_HOST", server.uri().toString(),
                            "DBT_CLOUD_SERVICE_TOKEN", world.token(),
                            "DBT_CLOUD_ACCOUNT_ID", Long.toString(world.accountId()),
                            "DBT_CLOUD_JOB_ID", Long.toString(world.ciJobId()));
            run(environment, "--version");
            run(
                    environment,
                    "ci",
                    "run",
                    "--pull-request=github:50",
                    "--git-sha=1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80",
                    "--sequence=1",
                    "--poll-interval=1");
            run(
                    environment,
                    "trigger-autoscaling-ci-job",
                    "--no-should-poll",
                    "--payload={\"cause\": \"CI\", \"github_pull_request_id\": 51}");
        }
    }

    private static void run(Map<String, String> environment, String... args) {
        var nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(
                new Shell(environment, InputStream.nullInputStream(), nowhere, nowhere, false),
                args);
    }
}
