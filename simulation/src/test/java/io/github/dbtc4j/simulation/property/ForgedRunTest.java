package io.github.dbtc4j.simulation.property;

import static io.github.dbtc4j.simulation.history.HandMade.BASE;
import static io.github.dbtc4j.simulation.history.HandMade.SUCCESS;
import static io.github.dbtc4j.simulation.history.HandMade.success;
import static io.github.dbtc4j.simulation.history.HandMade.superseded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.simulation.history.HandMade;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// What a run under a forged claim may bring about, on the smallest histories with one.
class ForgedRunTest {

    /// A pipeline took run 101 for its own.
    private static HandMade tookForgedRun(long job, Map<String, Object> lie) {
        return new HandMade().pipeline(1, 70, success(101)).forged(101, job, 1, 1, lie);
    }

    @Test
    void aVerdictIsTakenFromAForgedRunOnlyWhereThatBuiltTheSame() {
        assertThat(tookForgedRun(BASE, Map.of()).broken(Property.S8)).isEmpty();

        assertThat(tookForgedRun(9, Map.of()).broken(Property.S8)).contains(ForgeryCheck.FORGED);
        for (String field : List.of("steps_override", "git_branch", "schema_override", "git_sha")) {
            assertThat(tookForgedRun(BASE, Map.of(field, "elsewhere")).broken(Property.S8))
                    .as(field)
                    .contains(ForgeryCheck.FORGED);
        }
    }

    @Test
    void aForgedRunThatWritesIntoTheSchemaDisturbs() {
        HandMade history =
                new HandMade().pipeline(1, 70, success(102)).run(102, BASE, 1, 1, 60, SUCCESS);
        assertThat(history.broken(Property.S8)).isEmpty();

        history.forged(103, 9, 1, 20, Map.of("schema_override", "elsewhere"));
        assertThat(history.broken(Property.S8)).isEmpty();

        history.forged(104, 9, 1, 20, Map.of());
        assertThat(history.broken(Property.S8)).containsExactly(Violation.CONFLICT);
    }

    @Test
    void aPipelineGivesWayToAForgedRunOnlyWhereNothingTellsItFromANewerCommits() {
        assertThat(gaveWayToForgedRun(BASE, Map.of()).broken(Property.L1)).isEmpty();

        assertThat(gaveWayToForgedRun(9, Map.of()).broken(Property.L1))
                .containsExactly(ForgeryCheck.FORGED);
        assertThat(gaveWayToForgedRun(BASE, Map.of("git_sha", "f".repeat(40))).broken(Property.L1))
                .containsExactly(ForgeryCheck.FORGED);
        assertThat(gaveWayToForgedRun(BASE, Map.of("schema_override", "x")).broken(Property.L1))
                .containsExactly(ForgeryCheck.FORGED);
    }

    private static HandMade gaveWayToForgedRun(long job, Map<String, Object> lie) {
        return new HandMade().pipeline(1, 70, superseded(101)).forged(101, job, 1, 1, lie);
    }

    @Test
    void aForgedRunWhoseClaimLiesIsNotCancelled() {
        HandMade history = new HandMade().pipeline(1, 70, success(102));
        history.run(102, BASE, 1, 20, 60, SUCCESS).forged(101, BASE, 1, 1, Map.of());
        assertThat(history.cancelled(5, 1, 101, Actor.USER).broken(Property.S3)).isEmpty();

        HandMade lying = new HandMade().pipeline(1, 70, success(102));
        lying.run(102, BASE, 1, 20, 60, SUCCESS)
                .forged(101, BASE, 1, 1, Map.of("git_sha", "f".repeat(40)));
        assertThat(lying.cancelled(5, 1, 101, Actor.USER).broken(Property.S3))
                .containsExactly(ForgeryCheck.FORGED);
    }
}
