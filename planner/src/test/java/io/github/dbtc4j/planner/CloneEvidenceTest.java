package io.github.dbtc4j.planner;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.NOW;
import static io.github.dbtc4j.planner.Scene.in;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class CloneEvidenceTest {

    private static final Duration TTL = Duration.ofMinutes(30);
    private static final JobId CLONE = new JobId(77);

    private static CloneInspection idleSince(Instant since) {
        return new CloneInspection(
                CLONE,
                "CI [CLONED x]",
                true,
                BASE,
                Origin.CONFIRMED,
                null,
                false,
                true,
                List.of(),
                since,
                NOW);
    }

    @Test
    void oneThatIsIdleForLongerThanItMayIsExpired() {
        assertThat(idleSince(in(-1801)).isExpired(TTL)).isTrue();
        assertThat(idleSince(in(-1800)).isExpired(TTL)).isFalse();
    }

    @Test
    void anySingleThingSpeaksAgainst() {
        Instant longAgo = in(-9000);
        List<CloneInspection> kept =
                List.of(
                        new CloneInspection(
                                CLONE,
                                "CI",
                                false,
                                BASE,
                                Origin.CONFIRMED,
                                null,
                                false,
                                true,
                                List.of(),
                                longAgo,
                                NOW),
                        new CloneInspection(
                                CLONE, "", true, null, null, null, false, true, List.of(), longAgo,
                                NOW),
                        new CloneInspection(
                                CLONE,
                                "",
                                true,
                                CLONE,
                                Origin.CONFIRMED,
                                null,
                                false,
                                true,
                                List.of(),
                                longAgo,
                                NOW),
                        new CloneInspection(
                                CLONE,
                                "",
                                true,
                                BASE,
                                Origin.CONFIRMED,
                                null,
                                true,
                                true,
                                List.of(),
                                longAgo,
                                NOW),
                        new CloneInspection(
                                CLONE,
                                "",
                                true,
                                BASE,
                                Origin.CONFIRMED,
                                null,
                                false,
                                false,
                                List.of(),
                                longAgo,
                                NOW),
                        new CloneInspection(
                                CLONE,
                                "",
                                true,
                                BASE,
                                Origin.CONFIRMED,
                                null,
                                false,
                                true,
                                List.of(new RunId(1)),
                                longAgo,
                                NOW));

        assertThat(kept).noneMatch(inspection -> inspection.isExpired(TTL));
        assertThat(kept)
                .allSatisfy(inspection ->
                        assertThat(inspection.criteria(TTL).stream().filter(g -> !g.isMet()))
                                .hasSize(1));
    }

    @ParameterizedTest
    @EnumSource(names = "CONFIRMED", mode = EnumSource.Mode.EXCLUDE)
    void aBaseJobThatIsNotWhereItShouldBeSpeaksAgainst(Origin origin) {
        var clone =
                new CloneInspection(
                        CLONE, "", true, BASE, origin, null, false, true, List.of(), in(-9000),
                        NOW);

        assertThat(clone.isExpired(TTL)).isFalse();
        assertThat(clone.isProvenCloneOf(BASE)).isFalse();
        assertThat(clone.criteria(TTL)).contains(new DeletionCriterion.BaseInDoubt(BASE, origin));
    }

    @Test
    void isProvenByTheValueOfItsMarker() {
        assertThat(idleSince(NOW).isProvenCloneOf(BASE)).isTrue();
        assertThat(idleSince(NOW).isProvenCloneOf(new JobId(5))).isFalse();
    }
}
