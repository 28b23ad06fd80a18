package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `dbtc ci status` shows what goes on and changes nothing.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class CiStatusTest {

    @Test
    void showsPullRequestsRunsClonesAndSlots() {
        try (var platform = Platform.starter()) {
            long clone =
                    platform.create(
                            "CI [CLONED 2026-03-02 09:00:00] pr-52",
                            CiCloseTest.marker(platform.job, 52));
            long running = platform.triggerElsewhere(platform.job, "slow", 50);
            platform.await(running, 3);
            long queued = platform.triggerElsewhere(platform.job, "slow", 51);
            long cloned = platform.triggerElsewhere(clone, "slow", 52);
            platform.await(cloned, 3);
            long elsewhere = platform.triggerElsewhere(4, "slow", 50);
            platform.await(elsewhere, 3);

            var prompt = new Prompt(platform.environment());
            assertThat(prompt.dbtc("ci", "status")).as(prompt.err()).isZero();

            assertThat(prompt.err())
                    .contains("3 of 5 run slots in use; 1 run queued.")
                    .containsPattern("PULL REQUEST +RUN +STATUS +FOR +COMMIT +JOB")
                    .containsPattern("github:50 +" + running + " +Running +\\d+:\\d\\d .* 1 \\(CI")
                    .containsPattern(
                            "github:51 +"
                                    + queued
                                    + " +Queued .* 1 \\(.*\\), behind run "
                                    + running)
                    .containsPattern(
                            "github:52 +" + cloned + " +Running .* " + clone + ", a clone of 1")
                    .containsPattern("PULL REQUEST +CLONE +OF JOB +IN USE")
                    .containsPattern("github:52 +" + clone + " +1 +run " + cloned)
                    .doesNotContain("run " + elsewhere);
            Map<String, Object> json = new HashMap<>();
            Json.readObject(prompt.out())
                    .forEach((name, value) -> json.put(name, String.valueOf(value)));
            assertThat(json)
                    .containsEntry("run_slots", "{total=5, in_use=3, queued=1}")
                    .containsEntry(
                            "pull_requests",
                            List.of(
                                            Map.of(),
                                            "{pull_request=github:50, job=1, runs=[%d], clones=[]}"
                                                    .formatted(running),
                                            "{pull_request=github:51, job=1, runs=[%d], clones=[]}"
                                                    .formatted(queued),
                                            "{pull_request=github:52, job=1, runs=[%d], clones=[%d]}"
                                                    .formatted(cloned, clone))
                                    .subList(1, 4)
                                    .toString());
            assertThat(platform.requests())
                    .filteredOn(requested -> !requested.method().equals("GET"))
                    .hasSize(5);
        }
    }

    @Test
    void showsTheWholeAccountWithoutAJob() {
        try (var platform = Platform.starter()) {
            long elsewhere = platform.triggerElsewhere(4, "slow", 50);
            var environment = new HashMap<>(platform.environment());
            environment.remove("DBT_CLOUD_JOB_ID");

            var prompt = new Prompt(environment);
            assertThat(prompt.dbtc("ci", "status")).as(prompt.err()).isZero();

            assertThat(prompt.err()).contains("" + elsewhere).contains("There are no clones.");
        }
    }

    @Test
    void saysThatNothingGoesOn() {
        try (var platform =
                Platform.of(Platform.options().with(Assumption.AccountRead.NOT_FOUND))) {
            var prompt = new Prompt(platform.environment());
            assertThat(prompt.dbtc("ci", "status")).as(prompt.err()).isZero();

            assertThat(prompt.err())
                    .contains("The account's plan and run slots cannot be read")
                    .contains("0 run slots in use, of how many is not known; 0 runs queued.")
                    .contains(
                            "No run of the job or its clones is in progress.",
                            "There are no clones.");
        }
    }

    @Test
    void saysThatThereIsNoSuchJob() {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc("ci", "status", "--job-id=99")).isEqualTo(6);
            assertThat(prompt.err()).contains("jobs/99/ found nothing (HTTP 404)");
        }
    }
}
