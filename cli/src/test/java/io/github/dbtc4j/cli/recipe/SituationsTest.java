package io.github.dbtc4j.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What docs/ci.md says of each situation happens.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class SituationsTest {

    private static final String NEWER =
            "GITHUB_RUN_NUMBER=18 & GITHUB_RUN_ATTEMPT=1 & event 1f3a6c0b9d2e -> 222222222222";
    private static final String CLOSED =
            "event \"synchronize\" -> \"closed\" & event \"open\" -> \"closed\"";
    private static final String FORK =
            "event \"full_name\": \"jaffle/shop\", \"fork\" -> \"full_name\": \"eve/shop\","
                    + " \"fork\"";
    private static final String DRAFT = "event \"draft\": false -> \"draft\": true";

    private static final int SUCCESS = 10;
    private static final int CANCELLED = 30;

    /// The table's rows and what plays each.
    private static final Map<String, Consumer<Situation>> PLAYS =
            Map.ofEntries(
                    Map.entry("a draft", SituationsTest::draft),
                    Map.entry("a head in a fork", SituationsTest::fork),
                    Map.entry("merged or closed", SituationsTest::closed),
                    Map.entry("opened again", SituationsTest::openedAgain),
                    Map.entry("a force-push", SituationsTest::forcePush),
                    Map.entry("an old pipeline, repeated", SituationsTest::oldPipeline),
                    Map.entry("the newest pipeline, repeated", SituationsTest::newestPipeline),
                    Map.entry("two pull requests at once", SituationsTest::twoAtOnce),
                    Map.entry("a merge queue", SituationsTest::mergeQueue),
                    Map.entry("out of the merge queue, unmerged", SituationsTest::unqueued),
                    Map.entry("a merge train of GitLab", SituationsTest::mergeTrain),
                    Map.entry("Dependabot, which has no token", SituationsTest::dependabot),
                    Map.entry("several dbt jobs in one pipeline", SituationsTest::severalJobs),
                    Map.entry("a path filter and a required check", SituationsTest::pathFilter));

    @TempDir private Path folder;

    static List<String> rows() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/ci.md"));
        String table = page.substring(page.indexOf("\n| Situation |"));
        return table.substring(0, table.indexOf("\n\n"))
                .lines()
                .skip(3) // the heads and the rule below them
                .map(line -> line.split("\\|", 3)[1].strip())
                .toList();
    }

    @Test
    void everyRowIsPlayedAndEveryPlayHasARow() throws IOException {
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(PLAYS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isAsTheTableSays(String row) {
        try (var platform = Platform.starter()) {
            platform.sandbox.decide(
                    RunRule.always(ScriptedOutcome.success().executing(Duration.ofSeconds(20)))
                            .containing("drop the schemas"));
            Objects.requireNonNull(PLAYS.get(row), row).accept(new Situation(platform, folder));
        }
    }

    /// Looks so seldom that the newer pipeline's run is there when it sees that its own was
    /// cancelled.
    private static String seldom() {
        return "DBTC_POLL_INTERVAL=5";
    }

    private static void draft(Situation now) {
        assertThat(now.starts(DRAFT)).isFalse();
        assertThat(now.starts(DRAFT + " & event \"synchronize\" -> \"ready_for_review\""))
                .as("as long as it is a draft")
                .isFalse();
        assertThat(now.starts("event \"synchronize\" -> \"ready_for_review\"")).isTrue();
        assertThat(now.run(2, "quick", DRAFT).err()).contains("is a draft", "--drafts");
        assertThat(now.runs()).isEmpty();

        now.run(0, "quick", DRAFT + " & DBTC_DRAFTS=true");

        assertThat(now.runs()).hasSize(1);
    }

    private static void fork(Situation now) {
        assertThat(now.starts(FORK)).isFalse();
        assertThat(now.run(2, "quick", FORK).err()).contains("The head is in a fork. dbt cannot");
        String skipping = " & -DBT_CLOUD_SERVICE_TOKEN & DBTC_SKIP_WITHOUT_TOKEN=true";
        assertThat(now.run(0, "quick", FORK + skipping).err())
                .contains("as the head is in a fork", "skipped");
        assertThat(now.runs()).isEmpty();
    }

    private static void closed(Situation now) {
        var open = now.begin("slow", "");
        RunView run = now.running(0);

        assertThat(now.starts(CLOSED)).isTrue();
        assertThat(now.run(2, "quick", CLOSED).err()).contains("The pull request is closed");
        now.close(0, CLOSED);

        assertThat(open.exitCode()).as("cancelled, or gave way to the drop").isIn(3, 4);
        assertThat(now.status(run)).isEqualTo(CANCELLED);
        assertThat(now.drops()).containsExactly(now.schema());
    }

    private static void openedAgain(Situation now) {
        now.run(0, "quick", "");
        now.close(0, CLOSED + " & DBTC_SHOULD_POLL=false");
        RunView dropping = now.runs().getLast();
        String again = NEWER + " & event \"synchronize\" -> \"reopened\"";

        assertThat(now.starts(again)).isTrue();
        now.run(0, "quick", again);

        assertThat(now.status(dropping)).isEqualTo(CANCELLED);
        assertThat(now.runs().getLast().schemaOverride()).isEqualTo(now.schema());
        assertThat(now.runs().getLast().status()).isEqualTo(SUCCESS);
    }

    private static void forcePush(Situation now) {
        var replaced = now.begin("slow", seldom());
        RunView run = now.running(0);

        now.run(0, "quick", NEWER + " & event \"before\": \"d -> \"before\": \"1");

        assertThat(replaced.exitCode()).isEqualTo(4);
        assertThat(now.status(run)).isEqualTo(CANCELLED);
        assertThat(now.runs().getLast().gitSha()).startsWith("222222222222");
    }

    private static void oldPipeline(Situation now) {
        var newest = now.begin("slow", NEWER);
        RunView run = now.running(0);

        assertThat(now.run(4, "quick", "GITHUB_RUN_ATTEMPT=3").err())
                .contains("Nothing was triggered");

        assertThat(now.runs()).hasSize(1);
        assertThat(now.status(run)).isNotEqualTo(CANCELLED);
        now.cancel(run);
        assertThat(newest.exitCode()).isEqualTo(3);
    }

    private static void newestPipeline(Situation now) {
        now.run(0, "quick", "");
        now.run(0, "quick", "GITHUB_RUN_ATTEMPT=3");

        assertThat(now.runs()).hasSize(2);
        assertThat(now.runs().getFirst().gitSha()).isEqualTo(now.runs().getLast().gitSha());
    }

    private static void twoAtOnce(Situation now) {
        var first = now.begin("slow", "");
        RunView run = now.running(0);

        now.run(0, "quick", "GITHUB_RUN_NUMBER=19 & event \"number\": 50 -> \"number\": 51");

        assertThat(now.runs().getLast().jobId()).isNotEqualTo(run.jobId());
        assertThat(now.clonesLeft()).isZero();
        now.cancel(run);
        assertThat(first.exitCode()).isEqualTo(3);
    }

    /// The pull request's own run is cancelled for the group, and a group gives way to the one that
    /// is made anew; the closing is for all of them.
    private static void mergeQueue(Situation now) {
        assertThat(now.startsGroup()).isTrue();
        var open = now.begin("slow", "");
        RunView own = now.running(0);
        now.group(0, "quick", "");
        assertThat(open.exitCode()).as(open.prompt().err()).isEqualTo(3);
        assertThat(now.status(own)).isEqualTo(CANCELLED);
        RunView first = now.runs().getLast();

        var group = now.beginGroup("slow", seldom() + " & GITHUB_RUN_NUMBER=21");
        RunView second = now.running(2);
        now.group(0, "quick", "GITHUB_RUN_NUMBER=22 & event 44444444 -> 55555555");

        assertThat(group.exitCode()).as(group.prompt().err()).isEqualTo(4);
        assertThat(now.status(second)).isEqualTo(CANCELLED);
        RunView last = now.runs().getLast();
        assertThat(own.schemaOverride()).isEqualTo(now.schema());
        assertThat(List.of(first, last))
                .allSatisfy(run -> {
                    assertThat(run.status()).isEqualTo(SUCCESS);
                    assertThat(run.pullRequest()).containsEntry("github_pull_request_id", 50L);
                    assertThat(run.schemaOverride()).isEqualTo(now.schema() + "_mq_50");
                });
        assertThat(first.gitSha()).startsWith("44444444");
        assertThat(last.gitSha()).startsWith("55555555");
        now.close(0, CLOSED);
        assertThat(now.drops()).as("the macro drops what is longer too").contains(now.schema());
    }

    private static void unqueued(Situation now) {
        var types = RecipeYaml.at(now.workflow(), "on", "pull_request", "types");
        assertThat(RecipeYaml.list(types)).doesNotContain("enqueued", "dequeued");
        var group = now.beginGroup("quick", "");

        assertThat(group.exitCode()).isZero();
        assertThat(now.clonesLeft()).isZero();
        now.close(0, CLOSED);
        assertThat(now.drops()).containsExactly(now.schema());
    }

    private static void mergeTrain(Situation now) {
        now.gitlab(0, "quick", "");
        now.gitlab(
                0,
                "quick",
                "CI_PIPELINE_IID=18 & CI_MERGE_REQUEST_EVENT_TYPE=merge_train & CI_COMMIT_SHA="
                        + "f".repeat(40)
                        + " & CI_MERGE_REQUEST_SOURCE_BRANCH_SHA="
                        + Situation.SHA);

        assertThat(now.runs())
                .hasSize(2)
                .allSatisfy(run -> {
                    assertThat(run.gitSha()).isEqualTo(Situation.SHA);
                    assertThat(run.schemaOverride()).isEqualTo(now.schema());
                });
    }

    private static void dependabot(Situation now) {
        String without = "-DBT_CLOUD_SERVICE_TOKEN & GITHUB_ACTOR=dependabot[bot]";
        assertThat(now.run(2, "quick", without).err())
                .contains("GITHUB_ACTOR is dependabot[bot]", "--skip-without-token");

        String skipping = without + " & DBTC_SKIP_WITHOUT_TOKEN=true";
        Path outputs = now.folder().resolve("outputs");
        Path summary = now.folder().resolve("summary");
        String told = " & GITHUB_OUTPUT=" + outputs + " & GITHUB_STEP_SUMMARY=" + summary;
        assertThat(now.run(0, "quick", skipping + told).err())
                .contains("GITHUB_ACTOR is dependabot[bot]", "skipped", "::notice title=dbtc::");
        assertThat(outputs).content().containsPattern("verdict<<(\\w+)\nskipped\n\\1");
        assertThat(summary).content().contains("### dbtc: There is no token");
        assertThat(now.close(0, skipping + " & " + CLOSED).err()).contains("skipped");
        assertThat(now.platform().requests()).isEmpty();
    }

    private static void severalJobs(Situation now) {
        long second = now.platform().sandbox.world().newCiJobId();
        var first = now.begin("slow", "");
        RunView run = now.running(0);

        now.run(1, "failing", "DBT_CLOUD_JOB_ID=" + second);

        RunView failed = now.runs().getLast();
        assertThat(failed.jobId()).isEqualTo(second);
        assertThat(failed.schemaOverride()).isEqualTo("dbt_cloud_pr_" + second + "_50");
        assertThat(now.status(run)).isNotEqualTo(CANCELLED);
        now.close(0, CLOSED + " & DBT_CLOUD_JOB_ID=" + second);
        assertThat(now.status(run)).as("closed for its own job only").isNotEqualTo(CANCELLED);
        now.cancel(run);
        assertThat(first.exitCode()).isEqualTo(3);
    }

    private static void pathFilter(Situation now) {
        var on = RecipeYaml.map(now.workflow().get("on"));
        assertThat(on).containsOnlyKeys("pull_request", "merge_group");
        assertThat(Stream.of("pull_request", "merge_group"))
                .allSatisfy(event ->
                        assertThat(RecipeYaml.map(on.get(event)))
                                .doesNotContainKeys("paths", "paths-ignore"));

        now.run(0, "quick", "");
    }
}
