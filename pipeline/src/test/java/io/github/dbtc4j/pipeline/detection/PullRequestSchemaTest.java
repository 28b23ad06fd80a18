package io.github.dbtc4j.pipeline.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which names say that a schema is pull request 50's of job 73797, and no other's.
class PullRequestSchemaTest {

    private static final JobId JOB = new JobId(73797);
    private static final PullRequest PR_50 = new PullRequest(Provider.GITHUB, 50);

    @Test
    void itsUsualNameDoes() {
        assertThat(PullRequestSchema.isOf(PullRequestSchema.of("anything", JOB, PR_50), JOB, PR_50))
                .isTrue();
    }

    /// Then what drops the one drops the other, and no other pull request's is meant.
    @Test
    void theOneOfItsMergeGroupIsItsUsualNameAndMore() {
        String usual = PullRequestSchema.of(PullRequestSchema.PREFIX, JOB, PR_50);

        assertThat(PullRequestSchema.ofMergeGroup(PullRequestSchema.PREFIX, JOB, PR_50))
                .isEqualTo("dbt_cloud_pr_73797_50_mq_50")
                .startsWith(usual + "_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dbt_cloud_pr_73797_50", "pr_50", "PR50", "ci_pr_50", "team_mr50"})
    void aNameWithItsNumberDoes(String schema) {
        assertThat(PullRequestSchema.isOf(schema, JOB, PR_50)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analytics",
                "prod",
                "public",
                "",
                "50",
                "_50",
                "dbt_cloud_pr",
                "dbt_cloud_pr_73797",
                "dbt_cloud_pr_73797_5",
                "dbt_cloud_pr_73797_500",
                "dbt_cloud_pr_73797_150",
                "dbt_cloud_pr_73797_51",
                "dbt_cloud_pr_173797_50",
                "release_50",
                "expr50",
                "pr_50_prod",
                "pr_50\n"
            })
    void anyOtherDoesNot(String schema) {
        assertThat(PullRequestSchema.isOf(schema, JOB, PR_50)).isFalse();
    }
}
