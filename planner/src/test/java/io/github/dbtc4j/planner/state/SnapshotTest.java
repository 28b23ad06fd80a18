package io.github.dbtc4j.planner.state;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.PR_51;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.Scene;

import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final JobId CLONE = new JobId(77);

    private final Snapshot seen =
            new Scene()
                    .run(101, BASE, RunStatus.RUNNING, PR_51)
                    .run(102, BASE, RunStatus.QUEUED, PR_51)
                    .run(103, CLONE, RunStatus.QUEUED, PR_51)
                    .run(104, BASE, RunStatus.QUEUED, PR_50)
                    .run(105, BASE, RunStatus.QUEUED, PR_51)
                    .snapshot();

    @Test
    void countsWhatWaitsOnTheSameJobBeforeARun() {
        assertThat(seen.queuedBefore(run(102))).isZero();
        assertThat(seen.queuedBefore(run(104))).isEqualTo(1);
        assertThat(seen.queuedBefore(run(105))).isEqualTo(2);
    }

    @Test
    void takesTheProgressOfTheRunThatALaterAnswerShows() {
        ObservedRun ended =
                new Scene().run(102, BASE, RunStatus.SUCCESS, null).snapshot().runs().getFirst();

        Snapshot later = seen.withProgressOf(ended);

        assertThat(later.runs()).hasSameSizeAs(seen.runs());
        assertThat(later.run(new RunId(102)).orElseThrow().status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(later.run(new RunId(102)).orElseThrow().pullRequest()).isEqualTo(PR_51);
        assertThat(later.run(new RunId(104))).isEqualTo(seen.run(new RunId(104)));
    }

    @Test
    void holdsOneRunOfANumberTheLatest() {
        ObservedRun ended =
                new Scene().run(102, BASE, RunStatus.SUCCESS, PR_51).snapshot().runs().getFirst();

        assertThat(seen.with(ended).runs()).hasSameSizeAs(seen.runs()).contains(ended);
        assertThat(seen.with(ended).run(new RunId(101))).isPresent();
    }

    private ObservedRun run(long id) {
        return seen.run(new RunId(id)).orElseThrow();
    }
}
