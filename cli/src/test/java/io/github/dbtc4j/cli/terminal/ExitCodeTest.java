package io.github.dbtc4j.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.sandbox.fault.Endpoint;
import io.github.dbtc4j.sandbox.fault.Fault;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The exit codes of the real command, each by what causes it.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class ExitCodeTest {

    private static final int RUNNING = 3;
    private static final int CANCELLED = 30;

    @Test
    void isOneWhenTheRunFails() {
        try (var platform = Platform.starter()) {
            var ended = platform.trigger("failing", "--should-poll").end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
            assertThat(status(ended)).isEqualTo(20L);
            assertThat(ended.err()).contains("failed after").contains("In step 4, \"Invoke dbt");
        }
    }

    @Tag("heavy")
    @Test
    void isThreeWhenUserCancelsRun() {
        try (var platform = Platform.starter()) {
            CommandProcess process = platform.trigger("slow", "--should-poll");
            long run = platform.awaitRunOfPullRequest50(1, process).id();
            platform.await(run, RUNNING);
            platform.sandbox.cancelAsUser(run);
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
            assertThat(status(ended)).isEqualTo(30L);
            assertThat(ended.err()).contains("was cancelled by Ada Analyst, user");
        }
    }

    @Tag("heavy")
    @Test
    void isFourWhenARunForANewerCommitTakesOver() {
        try (var platform = Platform.starter()) {
            CommandProcess process = platform.trigger("slow", "--should-poll");
            long run = platform.awaitRunOfPullRequest50(1, process).id();
            platform.await(run, RUNNING);
            long newer = platform.triggerElsewhere(platform.job, "slow", 50);
            var ended = process.end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
            assertThat(ended.err()).contains("was superseded by run " + newer);
            platform.await(run, CANCELLED);
            assertThat(platform.run(newer).status()).isNotEqualTo(CANCELLED);
        }
    }

    @Tag("heavy")
    @Test
    void isFiveAtTheDeadlineAndTheRunIsCancelled() {
        try (var platform = Platform.starter()) {
            var ended = platform.trigger("slow", "--should-poll", "--timeout=3s").end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
            long run = platform.runsOfPullRequest50().getFirst().id();
            assertThat(ended.err())
                    .contains("Timed out; run " + run + " has status ")
                    .contains("Its cancellation was requested.");
            platform.await(run, CANCELLED);
        }
    }

    @Tag("heavy")
    @Test
    void isFiveAtTheDeadlineOfAPlainTriggerAndTheRunGoesOn() {
        try (var platform = Platform.starter()) {
            var ended =
                    platform.dbtc(
                                    "trigger-job",
                                    "-d",
                                    Platform.payload("slow"),
                                    "--poll-interval=0.3",
                                    "--timeout=2")
                            .end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
            assertThat(platform.runsOfPullRequest50().getFirst().isTerminal()).isFalse();
            assertThat(ended.err())
                    .contains("dbtc runs cancel --run-id=")
                    .doesNotContain("cancellation was requested");
        }
    }

    @Tag("heavy")
    @Test
    void isZeroWhenAPlainlyTriggeredRunSucceedsAndOneWhenItFails() {
        try (var platform = Platform.starter()) {
            var good = trigger(platform, "quick");
            var bad = trigger(platform, "failing");

            assertThat(good.exitCode()).as(good.err()).isZero();
            assertThat(status(good)).isEqualTo(10L);
            assertThat(bad.exitCode()).as(bad.err()).isEqualTo(1);
            assertThat(platform.sandbox.runs()).hasSize(2);
        }
    }

    private static CommandProcess.Ended trigger(Platform platform, String cause) {
        return platform.dbtc(
                        "jobs",
                        "trigger",
                        "--poll-interval=0.3",
                        "--payload",
                        "{\"cause\": \"" + cause + "\"}")
                .end();
    }

    @Test
    void isSixWhenTheTokenIsNotAccepted() {
        try (var platform = Platform.starter()) {
            Map<String, String> environment = new HashMap<>(platform.environment());
            environment.put("DBT_CLOUD_SERVICE_TOKEN", "dbtc_" + CommandProcess.CANARY + "x");
            var ended =
                    CommandProcess.dbtc(
                                    environment,
                                    "trigger-autoscaling-ci-job",
                                    "-d",
                                    Platform.payload("quick"))
                            .end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(6);
            assertThat(ended.out()).contains("\"code\":401", "\"user_message\":\"Invalid token.\"");
            assertThat(ended.err()).contains("401").contains("host");
            assertThat(platform.sandbox.runs()).isEmpty();
        }
    }

    @Test
    void isSixWhenThereIsNoSuchJob() {
        try (var platform = Platform.starter()) {
            var ended = platform.trigger("quick", "--job-id=999").end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(6);
            assertThat(ended.out()).contains("\"code\":404", "\"data\":null");
            assertThat(ended.err()).contains("404").contains("permission");
        }
    }

    @Tag("heavy")
    @Test
    void isSixWhenThePlatformFailsForLongerThanTheTimeout() {
        try (var platform = Platform.starter()) {
            platform.server
                    .faults()
                    .add(Fault.of(new Fault.Status(503, Fault.Body.HTML, null)).times(1000));
            var ended = platform.trigger("quick", "--timeout=3s").end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(6);
            assertThat(ended.err()).contains("503");
            assertThat(platform.sandbox.runs()).isEmpty();
        }
    }

    @Test
    void findsTheRunWhoseAnswerWasLost() {
        try (var platform = Platform.starter()) {
            platform.server
                    .faults()
                    .add(
                            Fault.of(new Fault.Status(502, Fault.Body.HTML, null))
                                    .on(Endpoint.TRIGGER)
                                    .after()
                                    .times(1));
            var ended = platform.trigger("quick").end();

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("No response: ", "the request had succeeded");
            assertThat(platform.sandbox.runs()).hasSize(1);
        }
    }

    @Tag("heavy")
    @Test
    void isTwoForAJobThatIsItselfAClone() {
        try (var platform = Platform.starter()) {
            platform.await(platform.triggerElsewhere(platform.job, "slow", 51), RUNNING);
            platform.trigger("quick", "--no-delete-cloned-job").end();
            long clone = platform.clones().getFirst().id();
            int runs = platform.sandbox.runs().size();

            var ended = platform.trigger("quick", "--job-id=" + clone).end();

            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).contains("is itself a clone of job 1; name that one");
            assertThat(platform.sandbox.runs()).hasSize(runs);
        }
    }

    @Test
    void isTwoForAPayloadThatIsNotRight() {
        try (var platform = Platform.starter()) {
            var ended =
                    platform.dbtc("trigger-autoscaling-ci-job", "--payload={\"casue\": \"CI\"}")
                            .end();

            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .isEqualTo(
                            "dbtc: payload: casue is not a field of the trigger endpoint; did you"
                                    + " mean cause?\n");
            assertThat(platform.requests()).isEmpty();
        }
    }

    private static Object status(CommandProcess.Ended ended) {
        return Objects.requireNonNull(ended.data().get("status"));
    }
}
