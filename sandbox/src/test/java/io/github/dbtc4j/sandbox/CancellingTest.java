package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.json;
import static io.github.dbtc4j.sandbox.Platform.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

@NullUnmarked
class CancellingTest {

    @Test
    void aQueuedRunIsCancelledAtOnceAndAnsweredAsRecorded() {
        Platform platform = Platform.with().nextTakes(10, 600);
        platform.trigger(platform.ciJob);
        long queued = platform.trigger(platform.ciJob);
        platform.afterSeconds(9);

        Map<String, Object> run = data(cancel(platform, queued));
        assertThat(run)
                .containsEntry("status", 30L)
                .containsEntry("status_humanized", "Cancelled")
                .containsEntry("status_message", "Cancelled by user.")
                .containsEntry("dequeued_at", null)
                .containsEntry("started_at", null)
                .containsEntry("finished_at", "2026-03-02 09:00:09.123456+00:00")
                .containsEntry("duration", "00:00:09")
                .containsEntry("queued_duration", "00:00:09")
                .containsEntry("run_duration", "00:00:00")
                .containsEntry("duration_humanized", "9 seconds")
                .containsEntry("run_duration_humanized", "0 minutes")
                .containsEntry("created_at_humanized", "9 seconds ago")
                .containsEntry("finished_at_humanized", "0 minutes ago")
                .containsEntry("notifications_sent", false)
                .containsEntry("blocked_by", List.of())
                .containsEntry("run_steps", List.of())
                .containsEntry("trigger", null)
                .containsEntry("job", null);
    }

    @Test
    void aStartingRunIsCancelledSecondsLater() {
        Platform platform = Platform.with().nextTakes(20, 600);
        long run = platform.trigger(platform.ciJob);
        platform.afterSeconds(1);

        assertThat(data(cancel(platform, run))).containsEntry("status", 2L);
        assertThat(platform.afterSeconds(2).status(run)).isEqualTo(2);
        assertThat(platform.afterSeconds(2).status(run)).isEqualTo(30);
    }

    @Test
    void aRunningRunIsCancelledWithinFifteenSeconds() {
        Platform platform = Platform.with();
        platform.sandbox.decide(
                RunRule.next(ScriptedOutcome.success().executing(Duration.ofHours(1))));
        long run = platform.trigger(platform.ciJob);
        platform.afterSeconds(60);

        assertThat(data(cancel(platform, run))).containsEntry("status", 3L);
        assertThat(platform.status(run)).isEqualTo(3);
        assertThat(platform.afterSeconds(16).run(run))
                .containsEntry("status", 30L)
                .containsEntry("status_message", "Cancelled by user.");
    }

    @Test
    void askingTwiceNeitherHastensNorDelaysTheEnd() {
        Platform platform = Platform.with().nextTakes(1, 600);
        long run = platform.trigger(platform.ciJob);
        platform.afterSeconds(10);
        cancel(platform, run);
        platform.afterSeconds(2);
        cancel(platform, run);

        assertThat(platform.status(run)).isEqualTo(3);
        assertThat(platform.afterSeconds(2).status(run)).isEqualTo(30);
    }

    @Test
    void aRunMayFinishBeforeItsCancelTakesEffect() {
        Platform platform = Platform.with().nextTakes(10, 60);
        long run = platform.trigger(platform.ciJob);
        platform.afterSeconds(69);
        cancel(platform, run);

        assertThat(platform.afterSeconds(30).run(run))
                .containsEntry("status", 10L)
                .containsEntry("status_message", null);
    }

    @Test
    void cancellingAFinishedRunChangesNothingUnlessThePlatformRefuses() {
        Platform platform = Platform.with().nextTakes(10, 60);
        long run = platform.trigger(platform.ciJob);
        platform.settle();

        assertThat(data(cancel(platform, run))).containsEntry("status", 10L);
        platform.sandbox.switches(
                AssumptionSet.defaults().with(Assumption.CancelOfFinishedRun.REJECTED));
        assertThat(cancel(platform, run).status()).isEqualTo(400);
        platform.sandbox.switches(
                AssumptionSet.defaults().with(Assumption.CancelOfFinishedRun.NOT_FOUND));
        assertThat(cancel(platform, run).status()).isEqualTo(404);
        assertThat(platform.status(run)).isEqualTo(10);
    }

    @Test
    void auditTellsWhoCancelled() {
        Platform platform = Platform.with();
        long byToken = platform.trigger(platform.ciJob);
        long byUser = platform.trigger(platform.ciJob);
        cancel(platform, byToken);
        platform.sandbox.cancelAsUser(byUser);

        assertThat(canceller(platform, byToken)).containsEntry("name", "CI Robot");
        assertThat(canceller(platform, byUser)).containsEntry("name", "Ada Analyst");
        assertThat(platform.sandbox.run(byUser).orElseThrow().cancelledBy()).isEqualTo(Actor.USER);
    }

    @Test
    void auditNamesNoActorOfUncancelledRun() {
        Platform platform = Platform.with();
        long run = platform.trigger(platform.ciJob);

        assertThat(platform.run(run)).doesNotContainKey("audit");
        Map<String, Object> shown =
                data(platform.get(V2 + "/runs/" + run + "/?include_related=audit"));
        assertThat(shown.get("audit"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("cancellation", null)
                .containsKey("trigger");
    }

    @Test
    void theSlotOfACancelledRunIsFreeAgain() {
        Platform platform = new Platform(Platform.quiet().runSlots(1)).nextTakes(1, 600);
        long first = platform.trigger(platform.ciJob);
        platform.afterSeconds(10);
        long second = platform.trigger(platform.createJob());
        assertThat(platform.afterSeconds(10).status(second)).isEqualTo(1);
        cancel(platform, first);

        assertThat(platform.afterSeconds(5).status(second)).isEqualTo(2);
    }

    @Test
    void cancellingARunThatIsNotThereIs404() {
        assertThat(json(cancel(Platform.with(), 12345)).get("data")).isNull();
        assertThat(cancel(Platform.with(), 12345).status()).isEqualTo(404);
    }

    private static Map<String, Object> canceller(Platform platform, long run) {
        var shown = data(platform.get(V2 + "/runs/" + run + "/?include_related=audit"));
        return map(map(map(shown, "audit"), "cancellation"), "actor");
    }

    private static Response cancel(Platform platform, long run) {
        return platform.post(V2 + "/runs/" + run + "/cancel/", null);
    }
}
