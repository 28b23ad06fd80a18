package io.github.dbtc4j.simulation.property;

import static io.github.dbtc4j.simulation.history.HandMade.BASE;
import static io.github.dbtc4j.simulation.history.HandMade.CANCELLED;
import static io.github.dbtc4j.simulation.history.HandMade.CLONE;
import static io.github.dbtc4j.simulation.history.HandMade.SUCCESS;
import static io.github.dbtc4j.simulation.history.HandMade.at;
import static io.github.dbtc4j.simulation.history.HandMade.cancelled;
import static io.github.dbtc4j.simulation.history.HandMade.success;
import static io.github.dbtc4j.simulation.history.HandMade.superseded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.simulation.history.HandMade;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// What pipelines write, on the smallest histories that break S3 to S7, S13 or L3.
class WritesTest {

    @Test
    void onlyTheOwnPullRequestsRunsOnLanesAreCancelled() {
        HandMade neighbours =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .pipeline(2, 51, true, true, 70, success(102))
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .run(102, CLONE, 2, 1, 60, SUCCESS)
                        .foreignRun(103, 4, 1, 60)
                        .foreignRun(104, BASE, 1, 60);

        assertThat(neighbours.cancel(10, 1, 101).broken(Property.S3)).isEmpty();
        assertThat(neighbours.cancel(11, 1, 102).broken(Property.S3)).hasSize(1);
        assertThat(neighbours.cancel(12, 1, 103).broken(Property.S3)).hasSize(2);
        assertThat(neighbours.cancel(13, 1, 104).broken(Property.S3))
                .containsExactly("no lane", "another job's", "another pull request's");
    }

    @Test
    void aNewerCommitsRunIsNotCancelled() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, superseded(102))
                        .pipeline(2, 70, success(102))
                        .run(101, BASE, 1, 1, 20, CANCELLED)
                        .run(102, BASE, 2, 3, 60, SUCCESS);

        assertThat(history.cancel(10, 2, 101).broken(Property.S4)).isEmpty();
        assertThat(history.cancel(10, 1, 102).broken(Property.S4))
                .containsExactly(Violation.UNEXPLAINED);
    }

    @Test
    void whoWasNotToldTheOrderCannotKnowWhatIsNewer() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 50, false, true, 70, superseded(102))
                        .pipeline(2, 70, success(102))
                        .run(102, BASE, 2, 3, 60, CANCELLED)
                        .cancel(10, 1, 102);

        assertThat(history.broken(Property.S4)).containsExactly(Violation.NO_SEQUENCE);
    }

    @Test
    void aPipelineHasOneCompleteExecution() {
        HandMade twins =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .pipeline(1, 170, success(102))
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .run(102, BASE, 2, 70, 160, SUCCESS);

        assertThat(twins.broken(Property.S5)).containsExactly(Violation.UNEXPLAINED);
        assertThat(twins.run(103, CLONE, 2, 40, 65, CANCELLED).broken(Property.S5))
                .as("the first one was disturbed")
                .isEmpty();
    }

    /// Seed 300079477: a run was cancelled while it was prepared, and its clone deleted before the
    /// newer pipeline looked again. Whether it had executed could not be known any more.
    @Test
    void aRunThatVanishedWithItsLaneMayHaveDisturbedTheFirstExecution() {
        HandMade twins =
                new HandMade()
                        .hiding()
                        .pipeline(1, 170, success(103))
                        .pipeline(2, 60, cancelled(101))
                        .create(1, 2, CLONE, BASE)
                        .run(101, CLONE, 2, 2, 28, CANCELLED)
                        .delete(35, 2, CLONE)
                        .run(102, BASE, 1, 29, 80, SUCCESS)
                        .run(103, BASE, 1, 90, 160, SUCCESS);

        assertThat(twins.broken(Property.S5)).containsExactly(Violation.LANE_GONE);
        assertThat(twins.look(31, 1).broken(Property.S5))
                .as("it was seen to have ended")
                .containsExactly(Violation.UNEXPLAINED);
    }

    @Test
    void aCloneIsTriggeredWithinTheCapOnly() {
        assertThat(beside(1, 30, CLONE).broken(Property.S13))
                .containsExactly(Violation.UNEXPLAINED);
        assertThat(beside(0, 30, CLONE).broken(Property.S13))
                .containsExactly(Violation.UNEXPLAINED);
        assertThat(beside(2, 30, CLONE).broken(Property.S13)).isEmpty();
        assertThat(beside(1, 15, CLONE).broken(Property.S13)).as("the other has ended").isEmpty();
        assertThat(beside(1, 30, BASE).broken(Property.S13)).as("it queues").isEmpty();
        assertThat(beside(2, 30, CLONE).foreignRun(103, BASE, 2, 40).broken(Property.S13))
                .as("two runs keep one lane busy")
                .isEmpty();
        assertThat(beside(null, 30, CLONE).broken(Property.S13)).as("no cap").isEmpty();
    }

    /// A run that is triggered on `lane` at 20, beside another person's from 1 to `ended`.
    private static HandMade beside(@Nullable Integer cap, double ended, long lane) {
        return new HandMade()
                .options(Options.defaults().maxRunSlots(cap))
                .pipeline(1, 90, success(101))
                .create(1, 1, CLONE, BASE)
                .foreignRun(102, BASE, 1, ended)
                .look(12, 1)
                .run(101, lane, 1, 20, 80, SUCCESS);
    }

    @Test
    void anotherProjectsPipelineTouchesNothingOfOurs() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 90, success(101))
                        .create(1, 1, CLONE, BASE)
                        .run(101, CLONE, 1, 2, 60, SUCCESS)
                        .theirs(1, 90, success(102));

        assertThat(history.broken(Property.S3)).isEmpty();
        assertThat(history.broken(Property.S6)).isEmpty();
        assertThat(history.cancel(30, 2, 101).broken(Property.S3))
                .containsExactly(ProjectCheck.OTHER_PROJECT);
        assertThat(history.delete(70, 2, CLONE).broken(Property.S6))
                .containsExactly(ProjectCheck.OTHER_PROJECT);
    }

    @Test
    void onlyMarkedClonesAreDeletedThatNothingRunsOn() {
        assertThat(deleting(BASE, 60, 70, 71).broken(Property.S6)).isEmpty();
        assertThat(deleting(2, 60, 70, 71).broken(Property.S6)).contains("not marked any more");
        assertThat(deleting(BASE, 90, 70, 71).broken(Property.S6)).containsExactly("in use");
        assertThat(deleting(BASE, 60, 70, 75).broken(Property.S6)).isEmpty();
        assertThat(deleting(BASE, 60, 70, 75.2).broken(Property.S6)).containsExactly("stale look");
        assertThat(deleting(BASE, 60, 70, 84.2).look(84, 1).broken(Property.S6))
                .as("the job was read longer ago than its runs")
                .containsExactly("stale look");
        assertThat(deleting(BASE, 60, 70, 71).schedule(61, CLONE).broken(Property.S6))
                .containsExactly("has a trigger");
        assertThat(deleting(BASE, 60, 70, 71).schedule(69.5, CLONE).broken(Property.S6))
                .containsExactly(Violation.RACED);
    }

    private static HandMade deleting(long base, double runEnds, double look, double delete) {
        return new HandMade()
                .pipeline(1, 80, success(101))
                .create(1, 1, CLONE, base)
                .run(101, CLONE, 1, 10, runEnds, SUCCESS)
                .read(look - 1, 1, CLONE)
                .look(look, 1)
                .delete(delete, 1, CLONE);
    }

    @Test
    void aRunThatComesBetweenTheLookAndTheDeleteIsARace() {
        HandMade history =
                deleting(BASE, 60, 70, 71)
                        .pipeline(2, 50, true, true, 90, success(102))
                        .run(102, CLONE, 2, 68, 71.1, CANCELLED);

        assertThat(history.broken(Property.S6)).containsExactly(Violation.RACED);
    }

    @Test
    void othersClonesAreDeletedOnlyWhenTheyWereIdleForLong() {
        assertThat(reaping(500).broken(Property.S6)).containsExactly("not idle for long");
        assertThat(reaping(970).broken(Property.S6)).isEmpty();
    }

    private static HandMade reaping(double at) {
        return new HandMade()
                .pipeline(1, 70, success(101))
                .pipeline(2, 51, true, true, at + 10, success(102))
                .create(1, 1, CLONE, BASE)
                .run(101, CLONE, 1, 10, 60, SUCCESS)
                .read(at - 2, 2, CLONE)
                .look(at - 1, 2)
                .delete(at, 2, CLONE);
    }

    @Test
    void nothingButTriggersIsWrittenToTheBaseJob() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .create(2, 1, CLONE, BASE);

        assertThat(history.broken(Property.S7)).isEmpty();
        assertThat(history.sent(5, 1, "POST", "/jobs/1/", "{}").broken(Property.S7))
                .containsExactly("base job written");
    }

    @Test
    void everyTriggerCarriesThePayload() {
        HandMade history =
                new HandMade().pipeline(1, 70, success(101)).run(101, BASE, 1, 1, 60, SUCCESS);

        assertThat(history.broken(Property.S7)).isEmpty();
        assertThat(
                        history.sent(
                                        5,
                                        1,
                                        "POST",
                                        "/jobs/1/run/",
                                        "{\"cause\":\"Autoscaling CI\",\"git_sha\":\"f\"}")
                                .broken(Property.S7))
                .containsExactly(LikenessCheck.PAYLOAD);
    }

    @Test
    void aCloneIsAsTheBaseJobWasAndHasItsVariables() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .create(1, 1, CLONE, BASE)
                        .run(101, CLONE, 1, 10, 60, SUCCESS);

        assertThat(history.broken(Property.S7)).isEmpty();
        assertThat(history.overrides(Map.of("DBT_A", "b")).broken(Property.S7))
                .containsExactly(LikenessCheck.VARIABLES);
        assertThat(
                        history.overrides(Map.of())
                                .defined(Map.of("execute_steps", List.of("dbt test")))
                                .broken(Property.S7))
                .containsExactly(LikenessCheck.DEFINITION);
    }

    @Test
    void noCloneIsLeft() {
        HandMade left = new HandMade().pipeline(1, 70, success(101)).create(1, 1, CLONE, BASE);
        HandMade last =
                new HandMade()
                        .options(Options.defaults().cleanup(Cleanup.IDLE))
                        .epilogue(0)
                        .pipeline(1, 70, success(101))
                        .create(1, 1, CLONE, BASE);

        assertThat(left.broken(Property.L3)).containsExactly(Violation.UNEXPLAINED);
        assertThat(last.broken(Property.L3)).as("the next one's to delete").isEmpty();
        assertThat(deleting(BASE, 60, 70, 71).broken(Property.L3)).isEmpty();
    }
}
