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

import io.github.dbtc4j.simulation.history.HandMade;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.tally.Tally;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Runs beside each other, on the smallest histories that break S1, S2, S8, S9 or S12.
class ConcurrentRunsTest {

    @Test
    void twoRunsOfAPullRequestDoNotExecuteAtOnce() {
        assertThat(twoRuns(14).broken(Property.S1)).containsExactly(Violation.UNEXPLAINED);
        assertThat(twoRuns(16).broken(Property.S1)).isEmpty();
    }

    /// The first one's run ends at second 20; the other executes five seconds after `created`.
    private static HandMade twoRuns(double created) {
        return new HandMade()
                .pipeline(1, 70, superseded(102))
                .pipeline(2, 70, success(102))
                .run(101, BASE, 1, 1, 20, CANCELLED)
                .run(102, CLONE, 2, created, 60, SUCCESS);
    }

    /// The second of two pull requests' runs, created at `created`.
    private static HandMade twoPullRequests(String schema, double created) {
        return new HandMade()
                .pipeline(1, 80, success(101))
                .pipeline(2, 51, true, true, 120, success(102))
                .schema("cicd")
                .run(101, BASE, 1, 10, 60, SUCCESS)
                .schema(schema)
                .run(102, CLONE, 2, created, 110, SUCCESS);
    }

    @Test
    void twoPullRequestsDoNotWriteIntoOneSchemaAtOnceAndNoSuchRunIsASuccess() {
        assertThat(twoPullRequests("CICD", 54).broken(Property.S12))
                .containsExactly(Violation.UNEXPLAINED);
        assertThat(twoPullRequests("CICD", 54).broken(Property.S8))
                .containsOnly(Violation.CONFLICT)
                .hasSize(2);
        assertThat(twoPullRequests("CICD", 55).broken(Property.S12)).isEmpty();
        assertThat(twoPullRequests("CICD", 55).broken(Property.S8)).isEmpty();
        assertThat(twoPullRequests("another", 54).broken(Property.S12)).isEmpty();
        assertThat(twoPullRequests("CICD", 54).broken(Property.S1)).isEmpty();
    }

    @Test
    void noRunWaitsNeedlesslyForOneInItsSchema() {
        assertThat(needlessWait("another")).isEqualTo(Duration.ofSeconds(1));
        assertThat(needlessWait("CICD")).isEqualTo(Duration.ZERO);
    }

    /// The second run is dequeued a second after it was created, behind the first.
    private static Duration needlessWait(String schema) {
        History history =
                new HandMade()
                        .pipeline(1, 80, success(101))
                        .pipeline(2, 51, true, true, 120, success(102))
                        .schema("cicd")
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .schema(schema)
                        .run(102, BASE, 2, 10, 110, SUCCESS)
                        .history();
        return Duration.ofMillis(Tally.of(history).needlessWait());
    }

    @Test
    void anOverlapThatNoPipelineCalledASuccessIsDetected() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, superseded(102))
                        .pipeline(2, 170, success(103))
                        .run(101, BASE, 1, 1, 30, CANCELLED)
                        .run(102, CLONE, 2, 10, 60, SUCCESS)
                        .run(103, CLONE, 2, 70, 120, SUCCESS);

        assertThat(history.broken(Property.S1)).containsExactly(OverlapCheck.DETECTED);
    }

    @Test
    void nothingIsTriggeredBesideANewerRunThatCouldBeSeen() {
        assertThat(lateTrigger(40).broken(Property.S2)).containsExactly(Violation.UNEXPLAINED);
        assertThat(lateTrigger(20).broken(Property.S2)).isEmpty();
    }

    /// The newer run can be seen from second 6 on.
    private static HandMade lateTrigger(double at) {
        return new HandMade()
                .pipeline(1, at + 10, superseded(102))
                .pipeline(2, 70, success(102))
                .run(102, BASE, 2, 1, 60, SUCCESS)
                .run(101, BASE, 1, at, at + 1, CANCELLED);
    }

    @Test
    void anOlderRunDoesNotGoOnBesideANewerOne() {
        assertThat(beside(58).broken(Property.S2)).containsExactly(Violation.UNEXPLAINED);
        assertThat(beside(50).broken(Property.S2)).isEmpty();
        assertThat(beside(58).paused(3, 1, 100).paused(3, 2, 100).broken(Property.S2))
                .containsExactly("paused");
    }

    private static HandMade beside(double end) {
        return new HandMade()
                .pipeline(1, 200, superseded(102))
                .pipeline(2, 200, success(102))
                .run(101, BASE, 1, 1, end, CANCELLED)
                .run(102, BASE, 2, 3, 180, SUCCESS);
    }

    @Test
    void aRunThatAListShowedIsKnownThoughItsLaneIsGone() {
        HandMade history =
                new HandMade()
                        .hiding()
                        .pipeline(1, 90, success(101))
                        .pipeline(2, 30, cancelled(102))
                        .create(1, 2, CLONE, BASE)
                        .run(102, CLONE, 2, 2, 28, CANCELLED)
                        .delete(27, 2, CLONE)
                        .run(101, BASE, 1, 50, 80, SUCCESS);

        assertThat(history.broken(Property.S2)).containsExactly(Violation.LANE_GONE);
        assertThat(history.look(10, 1).broken(Property.S2))
                .as("it was in a list before")
                .containsExactly(Violation.UNEXPLAINED);
    }

    @Test
    void successMeansThatNoOtherRunWroteOrIsGoingTo() {
        assertThat(twoRuns(14).broken(Property.S8)).containsExactly(Violation.CONFLICT);
        assertThat(twoRuns(16).broken(Property.S8)).isEmpty();
        assertThat(olderAtTheEnd(60).broken(Property.S8)).containsExactly("an older run goes on");
        assertThat(olderAtTheEnd(66).broken(Property.S8)).isEmpty();
    }

    /// The last look of the newer one is at second 68.
    private static HandMade olderAtTheEnd(double created) {
        return new HandMade()
                .pipeline(1, 90, superseded(102))
                .pipeline(2, 70, success(102))
                .run(102, BASE, 2, 1, 58, SUCCESS)
                .run(101, BASE, 1, created, 80, CANCELLED)
                .look(68, 2);
    }

    @Test
    void oneRunSurvivesOfEachNonce() {
        assertThat(sameNonce(SUCCESS).broken(Property.S9)).containsExactly(Violation.UNEXPLAINED);
        assertThat(sameNonce(CANCELLED).broken(Property.S9)).isEmpty();
    }

    private static HandMade sameNonce(int status) {
        String nonce = "%016x".formatted(7);
        return new HandMade()
                .pipeline(1, 70, success(101))
                .run(101, BASE, 1, 1, 60, SUCCESS, nonce)
                .run(102, BASE, 1, 2, 61, status, nonce);
    }
}
