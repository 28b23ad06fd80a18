package io.github.dbtc4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.access.Redaction;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Saves what a run left, also where it comes late (kestra-io/plugin-dbt 0272b78).
class DownloadsTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Response NOT_THERE = Response.of(404, Map.of(), "{}");

    @TempDir private Path folder;
    private final List<String> said = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock();
    private final Sandbox sandbox =
            new Sandbox(
                    SandboxOptions.defaults()
                            .token(CommandProcess.CANARY)
                            .schedules(false)
                            .earlierRuns(0),
                    START);

    /// Time that passes only in sleep.
    private static final class VirtualClock implements SystemContext {

        private Instant now = START;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanoTime() {
            return Duration.between(START, now).toNanos();
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public long random() {
            return 7;
        }
    }

    private Duration save(ScriptedOutcome outcome, UnaryOperator<Transport> between)
            throws IOException {
        var client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .host("cloud.getdbt.com")
                                .token(CommandProcess.CANARY)
                                .system(clock)
                                .transport(
                                        between.apply(
                                                request -> sandbox.handle(request, clock.now()))));
        sandbox.decide(RunRule.next(outcome));
        long job = sandbox.world().ciJobId();
        long run = client.jobs().trigger(1, job, Map.of("cause", "x")).data().id();
        while (!client.runs().get(1, run).data().status().isTerminal()) {
            clock.sleep(Duration.ofSeconds(1));
        }
        Instant ended = clock.now();
        new Downloads(client, clock, Redaction.of(List.of()), said::add)
                .save(client.runs().get(1, run).data(), folder);
        return Duration.between(ended, clock.now());
    }

    @Test
    void waitsForFilesThatComeLateAfterASuccess() throws Exception {
        sandbox.switches(AssumptionSet.defaults().with(Assumption.LateArtifacts.LATE));

        Duration took = save(ScriptedOutcome.success(), transport -> transport);

        assertThat(folder).isDirectoryContaining("glob:**/run_results.json");
        assertThat(said).hasSize(1);
        assertThat(said.getFirst()).startsWith("Saved ");
        assertThat(took).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7));
    }

    @Test
    void waitsForOneFileThatComesLaterThanTheList() throws Exception {
        var left = new ArrayList<>(List.of(1, 2));
        Duration took =
                save(
                        ScriptedOutcome.success(),
                        transport ->
                                request ->
                                        request.uri().getPath().endsWith("/manifest.json")
                                                        && !left.isEmpty()
                                                        && left.removeLast() > 0
                                                ? NOT_THERE
                                                : transport.send(request));

        assertThat(folder).isDirectoryContaining("glob:**/manifest.json");
        assertThat(took).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void leavesOutAFileThatNeverComesAndSavesTheOthers() throws Exception {
        Duration took =
                save(
                        ScriptedOutcome.success(),
                        transport ->
                                request ->
                                        request.uri().getPath().endsWith("/manifest.json")
                                                ? NOT_THERE
                                                : transport.send(request));

        assertThat(folder)
                .isDirectoryContaining("glob:**/run_results.json")
                .isDirectoryNotContaining("glob:**/manifest.json");
        assertThat(said.getFirst()).startsWith("Artifact \"manifest.json\" was left out: ");
        assertThat(took).isEqualTo(Duration.ofSeconds(7));
    }
}
