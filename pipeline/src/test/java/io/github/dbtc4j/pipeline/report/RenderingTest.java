package io.github.dbtc4j.pipeline.report;

import static io.github.dbtc4j.pipeline.explanation.Reporting.HOSTILE;
import static io.github.dbtc4j.pipeline.explanation.Reporting.LINK;
import static io.github.dbtc4j.pipeline.explanation.Reporting.build;
import static io.github.dbtc4j.pipeline.explanation.Reporting.failed;
import static io.github.dbtc4j.pipeline.explanation.Reporting.model;
import static io.github.dbtc4j.pipeline.explanation.Reporting.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.pipeline.explanation.Explanation;
import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.explanation.Reporting;
import io.github.dbtc4j.pipeline.explanation.StepReport;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/// How one report looks in each place it goes to.
class RenderingTest {

    private static final String DATABASE_ERROR =
            "Database Error in model orders (models/orders.sql)\n  Unrecognized name: order_total";

    private final Report report = failed(build(model("error", DATABASE_ERROR), test(3)));

    @Test
    void whatWasSkippedIsNoFailureAndSaysWhy() {
        var skipped = new Skipped("There is no token: " + HOSTILE, 73797);

        assertThat(Outputs.of(skipped))
                .containsEntry("verdict", "skipped")
                .containsEntry("decision", "none")
                .containsEntry("job_id", "73797")
                .containsEntry("run_id", "");
        assertThat(GithubReport.of(skipped)).startsWith("::notice title=dbtc::There is no token");
        assertThat(GithubReport.of(skipped).lines()).hasSize(1);
        assertThat(MarkdownReport.of(skipped)).startsWith("### dbtc: There is no token");
        assertThat(JunitReport.of(skipped))
                .contains("<skipped ")
                .doesNotContain("<error", "<failure");
        assertThat(AzureReport.of(skipped)).doesNotContain("logissue").contains("verdict");
        assertThat(TextReport.of(skipped)).isEmpty();
    }

    @Test
    void aLogNamesTheStepEachFailureWithItsFileAndLastTheLink() {
        assertThat(TextReport.of(report).lines())
                .containsExactly(
                        "In step 4, \"Invoke dbt with `dbt build`\":",
                        "  model orders (models/orders.sql): Database Error: Unrecognized name:"
                                + " order_total",
                        "  test not_null_orders_id (models/schema.yml): Got 3 results, configured"
                                + " to fail if != 0",
                        "See " + LINK);
    }

    @Test
    void aLogWrapsWhatIsLongAndStopsAfterTwentyFailures() {
        var result = model("error", "word ".repeat(60));
        Report long_ = failed(build(Collections.nCopies(25, result).toArray(NodeResult[]::new)));

        List<String> lines = TextReport.of(long_).lines().toList();

        assertThat(lines).allMatch(line -> line.length() <= 100).contains("  ... and 5 more.");
        assertThat(lines.stream().filter(line -> line.startsWith("  model"))).hasSize(20);
    }

    /// A line that was wrapped began with what GitHub reads as a command, blanks or not.
    @Test
    void aLogThatIsWrappedBeginsNoLineWithACommand() {
        String message = "a".repeat(85) + " ::add-mask::x " + "b".repeat(80) + " ##[add-path]/x";

        assertThat(TextReport.of(failed(build(model("error", message)))).lines())
                .anyMatch(line -> line.startsWith("      : :add-mask::x"))
                .anyMatch(line -> line.contains("# #[add-path]/x"))
                .noneMatch(line -> line.strip().startsWith("::") || line.contains("##["));
    }

    @Test
    void aLogShowsTheEndOfTheStepsLogWhenNoNodeFailed() {
        var clone =
                new StepReport(
                        1,
                        "Clone git repository",
                        true,
                        List.of(),
                        List.of("fatal: reference is not a tree: abc", "::error::forged"));

        assertThat(TextReport.of(failed(clone)).lines())
                .containsExactly(
                        "In step 1, \"Clone git repository\":",
                        "  | fatal: reference is not a tree: abc",
                        "  | ::error::forged",
                        "The commit is not in the repository that dbt clones: it is of a fork, or a"
                                + " force-push or rebase",
                        "removed it. Push again, or start the newest pipeline again.",
                        "See " + LINK);
    }

    @Test
    void aLogSaysThatNoStepFailedAndWhatCouldNotBeRead() {
        var why =
                new Explanation(
                        Reporting.run(null), List.of(), List.of("the run could not be read: no"));
        var bare =
                new Report(
                        new Verdict.Failed(new RunId(110)),
                        "x",
                        Placement.BASE,
                        List.of(),
                        1,
                        List.of(),
                        null,
                        null,
                        why);

        assertThat(TextReport.of(bare).lines())
                .containsExactly(
                        "No step of it failed: it ended before its first, or between two.",
                        "(the run could not be read: no)");
    }

    @Test
    void severalFailedStepsAreToldInTheirOrder() {
        var freshness =
                new StepReport(
                        3, "Invoke dbt with `dbt source freshness`", true, List.of(), List.of());

        assertThat(TextReport.of(failed(freshness, build(test(3)))).lines())
                .filteredOn(line -> line.startsWith("In step"))
                .containsExactly(
                        "In step 3, \"Invoke dbt with `dbt source freshness`\":",
                        "In step 4, \"Invoke dbt with `dbt build`\":");
    }

    @Test
    void aSummaryIsATableInMarkdown() {
        assertThat(MarkdownReport.of(report))
                .isEqualTo(
                        """
                        ### Run 110 failed after 3:20.

                        [Run 110](<%s>) · job 1 · clone `501` · commit `1f3a6c0b9d2e` · waited 3:20

                        - Job 1 is busy with run 101 \\(pull request 51\\): cloning the job.

                        **Step 4, Invoke dbt with &grave;dbt build&grave;**

                        | Failed | File | What happened |
                        |---|---|---|
                        | model `orders` | `models/orders.sql` | Database Error: Unrecognized name: order\\_total |
                        | test `not_null_orders_id` | `models/schema.yml` | Got 3 results, configured to fail if \\!\\= 0 |

                        """
                                .formatted(LINK));
    }

    @Test
    void aSummaryTakesNothingOfOthersForItsOwn() {
        var log = new StepReport(1, HOSTILE, true, List.of(), List.of("</pre><b>x", "| y"));
        String text = MarkdownReport.of(failed(build(hostile()), log));

        assertThat(text)
                .doesNotContain("<script", "\u001B", "</pre><b>", "\n::", "\n##vso")
                .contains("&lt;script&gt;", "&lt;/pre&gt;&lt;b&gt;x");
        assertThat(text.lines().filter(line -> line.startsWith("| model")))
                .singleElement()
                .satisfies(row -> assertThat(row.replaceAll("[^|]", "")).hasSize(4));
    }

    /// A host makes a link of it without a scheme too.
    @Test
    void aSummaryMakesNoLinkOfAnAddressWithoutAScheme() {
        assertThat(Markdown.text("see www.evil.example, WWW.x.example, awww and %1"))
                .isEqualTo("see www\\.evil.example, WWW\\.x.example, awww and \\%1");
    }

    @Test
    void aLinkThatIsNoWebAddressIsLeftOut() {
        for (String href : List.of("javascript:alert(1)", "https://x/ >\n# y", "https://x/(<b>)")) {
            var why = new Explanation(Reporting.run(href), List.of(), List.of());
            var odd =
                    new Report(
                            new Verdict.Succeeded(new RunId(110)),
                            "x",
                            Placement.BASE,
                            List.of(),
                            501,
                            List.of(),
                            null,
                            null,
                            why);

            assertThat(MarkdownReport.of(odd)).contains("\nRun 110 · job 501 · waited 3:20\n");
            assertThat(Outputs.of(odd)).containsEntry("run_url", "").containsEntry("git_sha", "");
        }
    }

    @Test
    void gitHubGetsAnAnnotationForEachFailure() {
        assertThat(GithubReport.of(report).lines())
                .containsExactly(
                        "::error file=models/orders.sql,title=model orders::Database Error in model"
                            + " orders (models/orders.sql)%0A  Unrecognized name: order_total%0A"
                                + LINK,
                        "::error file=models/schema.yml,title=test not_null_orders_id::Got 3"
                                + " results, configured to fail if != 0%0AFailing rows: 3%0A"
                                + LINK);
    }

    @Test
    void gitHubGetsTenAnnotationsAtMost() {
        Report many = failed(build(Collections.nCopies(12, test(1)).toArray(NodeResult[]::new)));

        assertThat(GithubReport.of(many).lines())
                .hasSize(10)
                .last()
                .asString()
                .startsWith(
                        "::error title=3 more failures::3 more failures are listed in the run.");
    }

    @Test
    void gitHubTakesNothingOfOthersForACommand() {
        assertThat(GithubReport.of(failed(build(hostile()))).lines())
                .singleElement()
                .satisfies(command ->
                        assertThat(command)
                                .hasLineCount(1)
                                .startsWith("::error file=models/a]]>b|c`d %3A%3Aerror%3A%3Ax")
                                .contains("%250A%3A%3Aset-output,title=model ")
                                .contains("::a]]>b|c`d%0A::error::x%0A##vso[")
                                .endsWith("%250A::set-output%0AFailing rows: 2%0A" + LINK)
                                .doesNotContain("\u001B"));
    }

    @Test
    void gitHubsOutputsCannotBeForged() {
        String forging = "x\nend_of_git_sha\ndecision=base";

        assertThat(GithubReport.outputs(Map.of("git_sha", forging)))
                .isEqualTo("git_sha<<end_of_git_sha_\n" + forging + "\nend_of_git_sha_\n");
    }

    @Test
    void writesSameOutputNamesForEveryVerdict() {
        assertThat(Outputs.of(report))
                .isEqualTo(
                        Map.of(
                                "run_id", "110",
                                "run_url", LINK,
                                "status", "error",
                                "job_id", "1",
                                "cloned_job_id", "501",
                                "cancelled_run_ids", "98,99",
                                "git_sha", "1f3a6c0b9d2e",
                                "decision", "clone",
                                "verdict", "failed"));
        var nothing =
                new Report(
                        new Verdict.Superseded(null, new RunId(7)),
                        "x",
                        Placement.NONE,
                        List.of(),
                        1,
                        List.of(),
                        null,
                        null,
                        Explanation.none(null));
        assertThat(Outputs.of(nothing).keySet()).isEqualTo(Outputs.of(report).keySet());
        assertThat(Outputs.of(nothing))
                .containsEntry("run_id", "")
                .containsEntry("verdict", "superseded");
    }

    @Test
    void aDotenvFileHasNothingThatAShellOrGitLabWouldExpand() {
        assertThat(Outputs.dotenv(report))
                .startsWith("DBTC_RUN_ID=110\nDBTC_RUN_URL=" + LINK + "\nDBTC_STATUS=error\n")
                .endsWith("DBTC_DECISION=clone\nDBTC_VERDICT=failed\n");
        assertThat(Outputs.dotenv(Map.of("git_sha", "a;echo $(id) `id`\n$HOME'\"\\ü")))
                .isEqualTo("DBTC_GIT_SHA=a_echo___id___id___HOME____\n");
    }

    @Test
    void azureGetsIssuesAndOutputVariables() {
        assertThat(AzureReport.of(report).lines())
                .startsWith(
                        "##vso[task.logissue type=error;sourcepath=models/orders.sql]model orders:"
                                + " Database Error in model orders (models/orders.sql)%0A "
                                + " Unrecognized name: order_total")
                .contains(
                        "##vso[task.setvariable variable=run_id;isOutput=true]110",
                        "##vso[task.setvariable variable=decision;isOutput=true]clone");
        assertThat(AzureReport.uploadSummary("/t/100%.md"))
                .isEqualTo("##vso[task.uploadsummary]/t/100%AZP25.md");
    }

    @Test
    void azureTakesNothingOfOthersForACommand() {
        assertThat(first(AzureReport.of(failed(build(hostile())))))
                .hasLineCount(1)
                .startsWith("##vso[task.logissue type=error;sourcepath=models/a%5D%5D>b|c`d")
                .contains("%AZP250A::set-output")
                .doesNotContain("\u001B");
    }

    @Test
    void aRunThatDidNotFailIsOneAnnotationOrNone() {
        var succeeded = Reporting.of(new Verdict.Succeeded(new RunId(110)), "Fine.");
        var lint =
                new StepReport(
                        3, "Lint", true, List.of(), List.of("Linting", "error: too long", "Done."));
        var warned = Reporting.of(new Verdict.Succeeded(new RunId(110)), "Fine.", lint);
        var cancelled =
                Reporting.of(new Verdict.Cancelled(new RunId(110)), "Run 110 was cancelled by A.");
        var superseded =
                Reporting.of(new Verdict.Superseded(new RunId(110), new RunId(111)), "Gave way.");

        assertThat(GithubReport.of(succeeded)).isEmpty();
        assertThat(GithubReport.of(warned).lines())
                .containsExactly(
                        "::warning title=Step 3%2C Lint::error: too long%0ALinting%0Aerror: too"
                                + " long%0ADone.%0A"
                                + LINK);
        assertThat(first(AzureReport.of(warned)))
                .startsWith("##vso[task.logissue type=warning]Step 3, Lint: error: too long");
        assertThat(first(TextReport.of(warned)))
                .isEqualTo("Warning: step 3, \"Lint\", failed although the run succeeded:");
        assertThat(MarkdownReport.of(warned))
                .contains("**Warning: step 3, Lint**, failed although the run succeeded");
        assertThat(GithubReport.of(cancelled).lines())
                .containsExactly(
                        "::error title=dbt run 110::Run 110 was cancelled by A.%0A" + LINK);
        assertThat(GithubReport.of(superseded).lines())
                .containsExactly("::notice title=dbt run 110::Gave way.%0A" + LINK);
        assertThat(first(AzureReport.of(superseded)))
                .isEqualTo("##vso[task.logissue type=warning]dbt run 110: Gave way.");
        assertThat(TextReport.of(cancelled)).isEmpty();
    }

    private static NodeResult hostile() {
        return new NodeResult("model.p." + HOSTILE, "error", HOSTILE, 2L, 0, "models/" + HOSTILE);
    }

    private static String first(String text) {
        return text.lines().findFirst().orElseThrow();
    }
}
