package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.data;
import static io.github.dbtc4j.sandbox.Platform.ids;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

@NullUnmarked
class DeletingTest {

    @Test
    void aDeletedJobIsAnsweredWithState2AndLeavesTheLists() {
        Platform platform = Platform.with();
        long job = platform.createJob();

        assertThat(data(delete(platform, job))).containsEntry("id", job).containsEntry("state", 2L);
        assertThat(ids(platform.get(V2 + "/jobs/"))).doesNotContain(job);
        assertThat(ids(platform.get(V2 + "/jobs/?state=deleted"))).containsExactly(job);
        assertThat(ids(platform.get(V2 + "/jobs/?state=2"))).containsExactly(job);
        assertThat(ids(platform.get(V2 + "/jobs/?state=all"))).contains(1L, job);
        assertThat(platform.get(V2 + "/jobs/" + job + "/").status()).isEqualTo(404);
        assertThat(delete(platform, job).status()).isEqualTo(404);
    }

    @Test
    void deletingMayAnswer204() {
        Platform platform = Platform.with(Assumption.DeleteAnswer.NO_CONTENT);
        Response response = delete(platform, platform.createJob());

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aDeletedJobMayStayReadable() {
        Platform platform = Platform.with(Assumption.ReadOfDeletedJob.JOB);
        long job = platform.createJob();
        delete(platform, job);

        assertThat(data(platform.get(V2 + "/jobs/" + job + "/"))).containsEntry("state", 2L);
    }

    @Test
    void savingAJobWithState2DeletesIt() {
        Platform platform = Platform.with();
        long job = platform.createJob();
        Map<String, Object> body = Platform.jobBody("id", job, "state", 2);

        assertThat(data(platform.post(V2 + "/jobs/" + job + "/", body))).containsEntry("state", 2L);
        assertThat(platform.sandbox.job(job).orElseThrow().state()).isEqualTo(2);
    }

    @Test
    void queuedAndStartingRunsOfADeletedJobAreCancelledAtOnceARunningOneSoon() {
        Platform platform = Platform.with().nextTakes(1, 600);
        long job = platform.createJob();
        long running = platform.trigger(job);
        platform.afterSeconds(10);
        long queued = platform.trigger(job);
        long other = platform.createJob();
        long starting = platform.nextTakes(20, 60).trigger(other);
        platform.afterSeconds(1);
        delete(platform, job);
        delete(platform, other);

        assertThat(platform.status(queued)).isEqualTo(30);
        assertThat(platform.status(starting)).isEqualTo(30);
        assertThat(platform.status(running)).isEqualTo(3);
        assertThat(platform.afterSeconds(16).run(running))
                .containsEntry("status", 30L)
                .hasEntrySatisfying("status_message", m -> assertThat((String) m).isNotBlank());
    }

    @Test
    void aRunningRunMaySurviveTheDeletionOfItsJob() {
        Platform platform =
                Platform.with(Assumption.RunsOfDeletedJob.RUNNING_ONE_FINISHES).nextTakes(1, 600);
        long job = platform.createJob();
        long run = platform.trigger(job);
        platform.afterSeconds(10);
        delete(platform, job);
        platform.settle();

        assertThat(platform.status(run)).isEqualTo(10);
    }

    @Test
    void triggeringADeletedJobIs404OrRefusedOrCancelled() {
        Platform platform = Platform.with();
        long job = platform.createJob();
        delete(platform, job);

        assertThat(trigger(platform, job).status()).isEqualTo(404);
        platform.sandbox.switches(
                AssumptionSet.defaults().with(Assumption.TriggerOfDeletedJob.REJECTED));
        assertThat(trigger(platform, job).status()).isEqualTo(400);
        assertThat(platform.sandbox.runs()).isEmpty();
        platform.sandbox.switches(
                AssumptionSet.defaults()
                        .with(Assumption.TriggerOfDeletedJob.ACCEPTED_THEN_CANCELLED));
        Map<String, Object> run = data(trigger(platform, job));
        assertThat(run).containsEntry("status", 1L);
        assertThat(platform.status((Long) run.get("id"))).isEqualTo(30);
    }

    @Test
    void runsOfDeletedJobsAreListedOrHidden() {
        Platform platform = Platform.with();
        long job = platform.createJob();
        long run = platform.trigger(job);
        platform.settle();
        delete(platform, job);

        assertThat(ids(platform.get(V2 + "/runs/"))).isEqualTo(List.of(run));
        platform.sandbox.switches(
                AssumptionSet.defaults().with(Assumption.RunsOfDeletedJobInLists.HIDDEN));
        assertThat(ids(platform.get(V2 + "/runs/"))).isEmpty();
    }

    @Test
    void aRunOfADeletedJobIsReadableOrNot() {
        Platform platform = Platform.with();
        long job = platform.createJob();
        long run = platform.trigger(job);
        platform.settle();
        delete(platform, job);
        String path = V2 + "/runs/" + run + "/";

        assertThat(data(platform.get(path))).containsEntry("id", run);
        platform.sandbox.switches(
                AssumptionSet.defaults().with(Assumption.ReadOfDeletedJobsRun.NOT_FOUND));
        assertThat(platform.get(path).status()).isEqualTo(404);
        assertThat(ids(platform.get(V2 + "/runs/"))).isEqualTo(List.of(run));
    }

    @Test
    void theScheduleOfADeletedJobFiresNoMore() {
        Platform platform = new Platform(Platform.quiet().schedules(true));
        platform.sandbox.world().productionJobIds().forEach(platform.sandbox::deleteAsUser);

        assertThat(platform.sandbox.nextEvent()).isEmpty();
    }

    private static Response delete(Platform platform, long job) {
        return platform.delete(V2 + "/jobs/" + job + "/");
    }

    private static Response trigger(Platform platform, long job) {
        return platform.post(V2 + "/jobs/" + job + "/run/", Platform.body());
    }
}
