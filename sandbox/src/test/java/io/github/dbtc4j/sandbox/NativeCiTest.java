package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class NativeCiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enterprise",
                "enterprise_2025",
                "enterprise_plus_2025",
                "team",
                "team_2022",
                "team_annual",
                "trial_2025"
            })
    void ciRunsOfDifferentPullRequestsRunAtOnceWithoutSlots(String plan) {
        Platform platform = new Platform(Platform.quiet().plan(plan).runSlots(0));
        long one = pull(platform, 50, "a");
        long other = pull(platform, 51, "b");
        platform.afterSeconds(1);

        assertThat(platform.status(one)).isEqualTo(2);
        assertThat(platform.status(other)).isEqualTo(2);
        assertThat(platform.sandbox.run(one).orElseThrow().usesSlot()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"starter_2025", "developer", "free"})
    void onOtherPlansCiRunsAreSerialAndUseSlots(String plan) {
        Platform platform = new Platform(Platform.quiet().plan(plan));
        long one = pull(platform, 50, "a");
        long other = pull(platform, 51, "b");
        platform.afterSeconds(1);

        assertThat(platform.status(one)).isEqualTo(2);
        assertThat(platform.status(other)).isEqualTo(1);
        assertThat(platform.sandbox.run(one).orElseThrow().usesSlot()).isTrue();
    }

    @Test
    void aNewCommitCancelsTheStaleRunOfItsPullRequest() {
        Platform platform = enterprise().nextTakes(1, 600);
        long stale = pull(platform, 50, "a");
        long other =
                platform.nextTakes(1, 600).trigger(1, "github_pull_request_id", 51, "git_sha", "x");
        platform.afterSeconds(10);
        long fresh = pull(platform, 50, "b");

        assertThat(platform.afterSeconds(1).status(fresh)).isEqualTo(1);
        assertThat(platform.run(fresh)).containsEntry("blocked_by", java.util.List.of(stale));
        assertThat(platform.afterSeconds(5).status(stale)).isEqualTo(30);
        assertThat(platform.status(fresh)).isEqualTo(2);
        assertThat(platform.status(other)).isEqualTo(3);
        assertThat(platform.sandbox.run(stale).orElseThrow().cancelledBy()).isEqualTo(Actor.SYSTEM);
    }

    @Test
    void theSameCommitAgainWaitsAndCancelsNothing() {
        Platform platform = enterprise().nextTakes(1, 60);
        long first = pull(platform, 50, "a");
        long again = pull(platform, 50, "a");
        platform.afterSeconds(10);

        assertThat(platform.status(first)).isEqualTo(3);
        assertThat(platform.status(again)).isEqualTo(1);
        platform.settle();
        assertThat(platform.status(first)).isEqualTo(10);
        assertThat(platform.status(again)).isEqualTo(10);
    }

    @Test
    void theSameNumberAtAnotherProviderIsAnotherPullRequest() {
        Platform platform = enterprise();
        long one = platform.trigger(1, "github_pull_request_id", 50, "git_sha", "a");
        long other = platform.trigger(1, "gitlab_merge_request_id", 50, "git_sha", "b");
        platform.afterSeconds(1);

        assertThat(platform.status(one)).isEqualTo(2);
        assertThat(platform.status(other)).isEqualTo(2);
    }

    @Test
    void withoutAPullRequestARunOfACiJobIsAnOrdinaryRun() {
        Platform platform = enterprise();
        long one = platform.trigger(1);
        long other = platform.trigger(1);
        platform.afterSeconds(1);

        assertThat(platform.status(one)).isEqualTo(2);
        assertThat(platform.status(other)).isEqualTo(1);
        assertThat(platform.sandbox.run(one).orElseThrow().usesSlot()).isTrue();
    }

    @Test
    void anOrdinaryJobIsSerialOnEveryPlan() {
        Platform platform = enterprise();
        long job = platform.createJob();
        platform.trigger(job, "github_pull_request_id", 50);
        long other = platform.trigger(job, "github_pull_request_id", 51);

        assertThat(platform.afterSeconds(1).status(other)).isEqualTo(1);
    }

    @Test
    void starterMayRefuseOrRunCiNatively() {
        Platform platform = Platform.with(Assumption.CiTriggerOnStarter.REJECTED);
        assertThat(
                        platform.post(
                                        V2 + "/jobs/1/run/",
                                        Platform.body("github_pull_request_id", 50))
                                .status())
                .isEqualTo(400);
        assertThat(platform.post(V2 + "/jobs/1/run/", Platform.body()).status()).isEqualTo(200);

        Platform generous = Platform.with(Assumption.CiTriggerOnStarter.NATIVE);
        pull(generous, 50, "a");
        long other = pull(generous, 51, "b");
        assertThat(generous.afterSeconds(1).status(other)).isEqualTo(2);
    }

    @Test
    void aTrialMayBeLikeStarter() {
        Platform platform =
                new Platform(
                        Platform.quiet()
                                .plan("trial_2025")
                                .with(Assumption.CiTriggerOnTrial.AS_ON_STARTER));
        pull(platform, 50, "a");
        long other = pull(platform, 51, "b");

        assertThat(platform.afterSeconds(1).status(other)).isEqualTo(1);
    }

    private static Platform enterprise() {
        return new Platform(Platform.quiet().plan("enterprise_2025"));
    }

    private static long pull(Platform platform, int number, String sha) {
        return platform.trigger(1, "github_pull_request_id", number, "git_sha", sha);
    }
}
