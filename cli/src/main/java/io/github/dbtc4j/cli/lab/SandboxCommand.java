package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.option.CountConverter;
import io.github.dbtc4j.cli.probe.ProbeFile;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.SeededWorld;
import io.github.dbtc4j.sandbox.server.SandboxServer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// `dbtc sandbox`.
@Command(
        description = {
            "Run a local dbt platform simulator until stopped.",
            "It has one account with seeded jobs and runs, and keeps nothing. Prints the lines that"
                    + " make dbtc use it: export NAME=VALUE."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --port=8580 --speed=60 > sandbox.env &",
            "  sleep 1; (. ./sandbox.env; dbtc jobs list)",
            "  # how the next run of job 1 ends: success, failing_node, unknown_commit or"
                    + " internal_error",
            "  curl -H \"Authorization: Bearer $DBT_CLOUD_SERVICE_TOKEN\" \\",
            "    -d '{\"job_id\": 1, \"ending\": \"failing_node\"}' $DBT_CLOUD_HOST/sandbox/rules",
        })
final class SandboxCommand implements Callable<Integer> {

    private static final String UNKNOWN = "unknown";

    private final Dbtc dbtc;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = CountConverter.class,
            defaultValue = "0",
            descriptionKey = "DBTC_SANDBOX_PORT",
            description =
                    "Where to listen on 127.0.0.1; default 0, any free port"
                            + " [env: DBTC_SANDBOX_PORT].")
    private int port;

    @Option(
            names = "--run-slots",
            paramLabel = "N",
            descriptionKey = "DBTC_SANDBOX_RUN_SLOTS",
            description =
                    "The account's run slots, default 5; unknown hides them"
                            + " [env: DBTC_SANDBOX_RUN_SLOTS].")
    private @Nullable String runSlots;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            descriptionKey = "DBTC_SANDBOX_PLAN",
            description =
                    "Such as starter_2025 (default), enterprise_2025, team"
                            + " [env: DBTC_SANDBOX_PLAN].")
    private @Nullable String plan;

    @Option(
            names = "--switches",
            paramLabel = "FILE",
            descriptionKey = "DBTC_SANDBOX_SWITCHES",
            description =
                    "Behave as the account does that dbtc probe --json reported on in this file;"
                            + " --plan and --run-slots come before it [env:"
                            + " DBTC_SANDBOX_SWITCHES].")
    private @Nullable Path switches;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            descriptionKey = "DBTC_SANDBOX_SPEED",
            description =
                    "How fast time passes, default 1; at 60 a platform minute a second"
                            + " [env: DBTC_SANDBOX_SPEED].")
    private double speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            descriptionKey = "DBTC_SANDBOX_SEED",
            description =
                    "Decides everything that is left to chance, default 1"
                            + " [env: DBTC_SANDBOX_SEED].")
    private long seed;

    @Option(
            names = "--tls",
            descriptionKey = "DBTC_SANDBOX_TLS",
            description =
                    "Speak HTTPS, with a certificate made for the occasion; SSL_CERT_FILE is among"
                            + " the printed lines then [env: DBTC_SANDBOX_TLS].")
    private boolean tls;

    @Option(
            names = "--failure-rate",
            paramLabel = "SHARE",
            descriptionKey = "DBTC_SANDBOX_FAILURE_RATE",
            description =
                    "The share of runs that fail by chance, from 0, none, to 1; default one in"
                            + " twelve [env: DBTC_SANDBOX_FAILURE_RATE].")
    private @Nullable Double failureRate;

    SandboxCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws InterruptedException {
        SystemContext machine = SystemContext.real();
        try (SandboxServer _ = serve(machine)) {
            new CountDownLatch(1).await(); // the end is a signal, which ends the process
        }
        return ExitCode.SUCCESS.code();
    }

    private SandboxServer serve(SystemContext machine) throws InterruptedException {
        try {
            SandboxCertificate certificate = tls ? SandboxCertificate.make() : null;
            SandboxOptions options = options();
            var sandbox = new Sandbox(options, machine.now());
            var server =
                    new SandboxServer(
                            sandbox,
                            port,
                            speed,
                            seed,
                            machine,
                            certificate == null ? null : certificate.context());
            print(sandbox.world(), options, server.uri(), certificate);
            return server;
        } catch (IllegalArgumentException | TypeConversionException | IOException e) {
            throw new UsageException("sandbox: " + e.getMessage());
        }
    }

    private void print(
            SeededWorld world,
            SandboxOptions options,
            URI uri,
            @Nullable SandboxCertificate certificate) {
        var lines = new StringBuilder();
        var variables = new LinkedHashMap<String, String>();
        if (certificate != null) {
            variables.put("SSL_CERT_FILE", certificate.file().toString());
        }
        variables.putAll(variables(world, uri));
        variables.forEach((name, value) -> lines.append("export %s='%s'\n".formatted(name, value)));
        dbtc.shell().out().print(lines);
        dbtc.shell().out().flush();
        dbtc.stderr()
                .line(
                        "A sandbox on plan %s with %s run slots is at %s until this is stopped."
                                        .formatted(options.plan(), told(options.runSlots()), uri)
                                + " The lines on standard output make dbtc use it.");
        double failing = options.pace().failureRate();
        if (failing > 0) {
            dbtc.stderr()
                    .line(
                            "%d %% of its runs fail by chance; --failure-rate=0 lets none fail."
                                    .formatted(Math.round(100 * failing)));
        }
    }

    /// The values are letters, digits and `:/._`: no shell reads more into them between quotes.
    private static Map<String, String> variables(SeededWorld world, URI uri) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("DBT_CLOUD_HOST", uri.toString());
        variables.put("DBT_CLOUD_SERVICE_TOKEN", world.token());
        variables.put("DBT_CLOUD_ACCOUNT_ID", Long.toString(world.accountId()));
        variables.put("DBT_CLOUD_PROJECT_ID", Long.toString(world.projectId()));
        variables.put("DBT_CLOUD_JOB_ID", Long.toString(world.ciJobId()));
        return variables;
    }

    private SandboxOptions options() {
        SandboxOptions options = SandboxOptions.defaults().seed(seed);
        if (switches != null) {
            options = ProbeFile.applied(switches, options);
        }
        if (plan != null) {
            options = options.plan(plan);
        }
        if (failureRate != null) {
            options = options.pace(options.pace().failureRate(failureRate));
        }
        return runSlots == null ? options : options.runSlots(slots(runSlots));
    }

    private static @Nullable Integer slots(String text) {
        return text.equals(UNKNOWN) ? null : new CountConverter().convert(text);
    }

    private static String told(@Nullable Integer slots) {
        return slots == null ? UNKNOWN : slots.toString();
    }
}
