package io.github.dbtc4j.sandbox.platform;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.map;
import static io.github.dbtc4j.sandbox.Platform.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.sandbox.Platform;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.option.SeededWorld;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@NullUnmarked
class WorldTest {

    @Test
    void theCiJobIsTheOneOfTheGuide() {
        Platform platform = new Platform(SandboxOptions.defaults());
        SeededWorld world = platform.sandbox.world();
        Map<String, Object> job = data(platform.get(V2 + "/jobs/" + world.ciJobId() + "/"));

        assertThat(world.accountId()).isEqualTo(1);
        assertThat(world.ciJobId()).isEqualTo(1);
        assertThat(job)
                .containsEntry("account_id", 1L)
                .containsEntry("project_id", 1L)
                .containsEntry("environment_id", 1L)
                .containsEntry("job_type", "ci")
                .containsEntry("deferring_environment_id", 2L)
                .containsEntry("execute_steps", List.of("dbt build -s state:modified+"));
        assertThat(map(job, "triggers").values()).doesNotContain(true);
    }

    @Test
    void seedsEarlierRuns() {
        Platform platform = new Platform(SandboxOptions.defaults());
        List<Map<String, Object>> runs = rows(platform.get(V2 + "/runs/"));

        assertThat(runs).hasSize(24).allMatch(run -> Boolean.TRUE.equals(run.get("is_complete")));
        assertThat(runs).anyMatch(run -> run.get("status").equals(20L));
        assertThat(runs).anyMatch(run -> run.get("status").equals(10L));
        assertThat(platform.sandbox.runs())
                .allMatch(run -> run.finishedAt().isBefore(Platform.START));
    }

    @Test
    void productionJobsRunOnTheirSchedules() {
        Platform platform = new Platform(SandboxOptions.defaults().earlierRuns(0));
        assertThat(data(platform.get(V2 + "/jobs/2/")))
                .containsEntry("next_run", "2026-03-03T06:00:00.000000+00:00")
                .containsEntry("next_run_humanized", "20 hours, 59 minutes");
        platform.after(Duration.ofDays(1));

        assertThat(platform.sandbox.runs().stream().filter(run -> run.jobId() == 2)).hasSize(1);
        assertThat(platform.sandbox.runs().stream().filter(run -> run.jobId() == 3)).hasSize(24);
        assertThat(platform.sandbox.runs().stream().filter(run -> run.jobId() == 4)).hasSize(6);
        assertThat(platform.sandbox.runs())
                .allMatch(run -> run.causeCategory().equals("scheduled"));
    }

    @Test
    void sameSeedAndSameCallsGiveTheSameAnswers() {
        assertThat(story(7)).isEqualTo(story(7));
        assertThat(story(7)).isNotEqualTo(story(8));
    }

    @Test
    void oneRunsLuckDoesNotDependOnWhatElseIsAsked() {
        Platform asked = new Platform(SandboxOptions.defaults());
        asked.createJob();
        asked.get(V2 + "/runs/");
        long one = asked.trigger(1);
        Platform silent = new Platform(SandboxOptions.defaults());
        long other = silent.trigger(1);
        asked.after(Duration.ofHours(1));
        silent.after(Duration.ofHours(1));

        assertThat(one).isEqualTo(other);
        assertThat(asked.sandbox.run(one)).isEqualTo(silent.sandbox.run(other));
    }

    @Test
    void manyThreadsMayCall() throws Exception {
        Platform platform =
                new Platform(Platform.quiet().with(Assumption.TriggerBeyondQueueLimit.ACCEPTED));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Long>>();
            for (int i = 0; i < 200; i++) {
                calls.add(() -> platform.trigger(1));
            }
            var ids = new ArrayList<Long>();
            for (Future<Long> future : executor.invokeAll(calls)) {
                ids.add(future.get());
            }
            assertThat(ids).doesNotHaveDuplicates().hasSize(200);
        }
    }

    @Test
    void theHistoryTellsWhatTrulyHappenedInOrder() {
        Platform platform = Platform.with().nextTakes(10, 60);
        var heard = new ArrayList<SandboxEvent>();
        platform.sandbox.listen(heard::add);
        long run = platform.trigger(1, "github_pull_request_id", 50, "git_sha", "abc");
        platform.settle();

        assertThat(heard)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "RunQueued", "Requested", "RunStarting", "RunRunning", "RunFinished");
        assertThat(platform.sandbox.history()).endsWith(heard.toArray(SandboxEvent[]::new));
        assertThat(((SandboxEvent.OfRun) heard.getFirst()).run())
                .satisfies(view -> {
                    assertThat(view.id()).isEqualTo(run);
                    assertThat(view.pullRequest()).isEqualTo(Map.of("github_pull_request_id", 50L));
                    assertThat(view.gitSha()).isEqualTo("abc");
                    assertThat(view.projectName()).isEqualTo("jaffle_shop");
                });
        assertThat(heard.get(1))
                .isEqualTo(
                        new SandboxEvent.Requested(
                                Platform.START, "POST", V2 + "/jobs/1/run/", 200));
    }

    @Test
    void theHistoryIsBoundedAndCanBeOff() {
        Platform off = new Platform(Platform.quiet().historyLimit(0));
        off.trigger(1);
        assertThat(off.sandbox.history()).isEmpty();
        Platform two = new Platform(Platform.quiet().historyLimit(2));
        two.trigger(1);
        two.get(V2 + "/runs/");
        assertThat(two.sandbox.history())
                .hasSize(2)
                .last()
                .isInstanceOf(SandboxEvent.Requested.class);
    }

    @Test
    void timersRunAmongThePlatformsOwnEvents() {
        Platform platform = Platform.with().nextTakes(10, 60);
        var fired = new ArrayList<Instant>();
        platform.sandbox.at(Platform.START.plusSeconds(5), fired::add);
        platform.trigger(1);

        assertThat(platform.sandbox.nextEvent()).hasValue(Platform.START.plusMillis(70));
        platform.after(Duration.ofMinutes(1));
        assertThat(fired).containsExactly(Platform.START.plusSeconds(5));
    }

    @Test
    void peopleActAtTheWebInterface() {
        Platform platform = Platform.with();
        long run = platform.sandbox.runAsUser(2, "by hand");
        platform.sandbox.editAsUser(1, Map.of("execute_steps", List.of("dbt test")));

        assertThat(platform.sandbox.run(run).orElseThrow().causeCategory()).isEqualTo("ui");
        assertThat(data(platform.get(V2 + "/jobs/1/")))
                .containsEntry("execute_steps", List.of("dbt test"))
                .containsEntry("job_type", "ci");
        assertThatThrownBy(() -> platform.sandbox.editAsUser(1, Map.of("name", 5L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> platform.sandbox.deleteAsUser(99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no active job 99");
        assertThatThrownBy(() -> platform.sandbox.cancelAsUser(99))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rulesHoldForTheRunsTheyNameAndAreUsedUp() {
        Platform platform = Platform.with();
        platform.sandbox.decide(
                RunRule.next(ScriptedOutcome.failureAt("model.jaffle_shop.orders"))
                        .containing("bad"));
        long good = platform.trigger(1, "git_sha", "good");
        long bad = platform.trigger(1, "git_sha", "bad");
        long again = platform.trigger(1, "git_sha", "bad");
        platform.settle();

        assertThat(platform.status(good)).isEqualTo(10);
        assertThat(platform.status(bad)).isEqualTo(20);
        assertThat(platform.status(again)).isEqualTo(10);
    }

    @Test
    void neitherOptionsNorWorldPrintTheToken() {
        SandboxOptions options = SandboxOptions.defaults().token("dbtc_canary");

        assertThat(options.toString()).doesNotContain("canary");
        assertThat(new Platform(options).sandbox.world().toString()).doesNotContain("canary");
    }

    private static String story(long seed) {
        Platform platform = new Platform(SandboxOptions.defaults().seed(seed));
        var text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append(
                    platform.post(V2 + "/jobs/1/run/", Platform.body("github_pull_request_id", i))
                            .text());
            platform.after(Duration.ofMinutes(7));
            text.append(platform.get(V2 + "/runs/?include_related=trigger,job,audit").text());
        }
        return text.append(platform.sandbox.history()).toString();
    }
}
