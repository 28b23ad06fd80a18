package io.github.dbtc4j.planner.state;

import static io.github.dbtc4j.planner.Scene.BASE;
import static io.github.dbtc4j.planner.Scene.PR_50;
import static io.github.dbtc4j.planner.Scene.PR_51;
import static io.github.dbtc4j.planner.Scene.SHA;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.Scene;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class CiRequestTest {

    private static final Sequence FIFTH = new Sequence("-", 5, 1);

    private static ObservedRun claimed(@Nullable Sequence sequence, String sha) {
        return new Scene()
                .claimed(101, BASE, RunStatus.RUNNING, sequence, sha)
                .snapshot()
                .runs()
                .getFirst();
    }

    @Test
    void matchesPipelineOfSameSequenceWithAnyCommit() {
        var request = new CiRequest(PR_50, FIFTH, SHA);

        assertThat(request.triggered(claimed(FIFTH, SHA))).isTrue();
        assertThat(request.triggered(claimed(FIFTH, "ffffffffffff"))).isTrue();
        assertThat(request.triggered(claimed(new Sequence("-", 6, 1), SHA))).isFalse();
        assertThat(request.triggered(claimed(null, SHA))).isFalse();
    }

    @Test
    void withoutASequenceItIsTheOneOfTheSameCommitThatHasNoneEither() {
        var request = new CiRequest(PR_50, null, SHA);

        assertThat(request.triggered(claimed(null, SHA))).isTrue();
        assertThat(request.triggered(claimed(null, "ffffffffffff"))).isFalse();
        assertThat(request.triggered(claimed(FIFTH, SHA))).isFalse();
    }

    @Test
    void aRunWithoutAClaimOrWithOneThatIsContradictedIsNoPipelines() {
        var request = new CiRequest(PR_50, FIFTH, SHA);
        var plain = new Scene().run(101, BASE, RunStatus.RUNNING, PR_50).snapshot().runs();
        var forged =
                new Scene()
                        .claimed(101, BASE, RunStatus.RUNNING, FIFTH, SHA)
                        .of(PR_51)
                        .snapshot()
                        .runs();

        assertThat(request.triggered(plain.getFirst())).isFalse();
        assertThat(request.triggered(forged.getFirst())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "dbt_cloud_pr_50, 51, true",
        "50,              51, true",
        "dbt_cloud_pr_50, ,   true",
        "dbt_cloud_pr_50, 50, false",
        "dbt_cloud_pr_501, 51, false",
        "dbt_cloud_pr_150, 51, false",
        "cicd,            51, false",
    })
    void ownsSchemaWithItsNumber(String schema, @Nullable Long other, boolean isOwn) {
        var build = new Build(1, SHA, null, schema, Map.of());
        var run =
                new Scene()
                        .run(
                                101,
                                BASE,
                                RunStatus.RUNNING,
                                other == null ? null : new PullRequest(Provider.GITHUB, other))
                        .snapshot()
                        .runs()
                        .getFirst();

        assertThat(new CiRequest(PR_50, FIFTH, SHA, build, build).isOwnSchemaByName(run, BASE))
                .isEqualTo(isOwn);
        assertThat(new CiRequest(PR_50, FIFTH, SHA).isOwnSchemaByName(run, BASE)).isFalse();
        assertThat(new CiRequest(null, FIFTH, SHA, build, build).isOwnSchemaByName(run, BASE))
                .isFalse();
    }
}
