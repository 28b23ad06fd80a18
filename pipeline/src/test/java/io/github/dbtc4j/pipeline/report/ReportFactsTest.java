package io.github.dbtc4j.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.pipeline.explanation.Explanation;
import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.explanation.Reporting;
import io.github.dbtc4j.pipeline.explanation.StepReport;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What people look for in a report besides what failed.
class ReportFactsTest {

    @Test
    void namesJobSchemaAndHowLongTheRunWaitedAndRan() {
        String text = MarkdownReport.of(report(List.of()));

        assertThat(text)
                .contains(
                        " · job 1 (CI\\_job) · clone `501` · commit `1f3a6c0b9d2e`"
                                + " · schema `dbt_cloud_pr_1_50` · waited 0:50, ran 2:30 · [pull"
                                + " request](<https://github.com/jaffle/shop/pull/50>)\n");
    }

    @Test
    void countsNodesByHowTheyEndedAndListsWarningsWithTheirFiles() {
        var results =
                List.of(
                        node("model.shop.a", "success"),
                        node("model.shop.b", "success"),
                        node("test.shop.c", "pass"),
                        node("model.shop.d", "reused"),
                        node("model.shop.e", "skipped"),
                        new NodeResult(
                                "test.shop.odd_totals",
                                "warn",
                                "Got 2 results, configured to warn if != 0",
                                2L,
                                1,
                                "tests/odd_totals.sql"));
        var build = new StepReport(4, "dbt build", false, results, List.of());

        assertThat(MarkdownReport.of(report(List.of(build))))
                .contains(
                        "\n\nNodes: 3 passed, 1 warned, 1 skipped, 1 reused\n\n",
                        "| Warned | File | What happened |",
                        "| test `odd_totals` | `tests/odd_totals.sql` | Got 2 results, configured"
                                + " to warn if \\!\\= 0 |");
    }

    /// A list of failures says how many there are.
    @Test
    void doesNotCountFailuresAlone() {
        assertThat(Reporting.failed(Reporting.build(Reporting.test(3))).why().counts().text())
                .isEmpty();
    }

    /// Bitbucket Cloud shows HTML as text.
    @Test
    void showsALogWithoutHtmlWhereThatIsShownAsText() {
        var step = new StepReport(1, "Clone", true, List.of(), List.of("fatal: no", "</pre>"));

        assertThat(MarkdownReport.of(Reporting.failed(step), false))
                .contains("\n\n    fatal: no\n    </pre>\n")
                .doesNotContain("<pre>");
    }

    private static Report report(List<StepReport> steps) {
        Map<String, @Nullable Object> fields = new HashMap<>(Reporting.run(null).fields());
        fields.put("started_at", "2026-03-02 09:00:50.000000+00:00");
        fields.put("trigger", Map.of("cause", "CI", "schema_override", "dbt_cloud_pr_1_50"));
        fields.put(
                "job",
                Map.of(
                        "id",
                        501,
                        "account_id",
                        1,
                        "project_id",
                        1,
                        "environment_id",
                        1,
                        "name",
                        "CI_job [CLONED 2026-03-02 09:00:00] pr-50"));
        return new Report(
                new Verdict.Succeeded(new RunId(110)),
                "Run 110 succeeded after 3:20.",
                Placement.CLONE,
                List.of(),
                1,
                List.of(),
                "1f3a6c0b9d2e",
                "https://github.com/jaffle/shop/pull/50",
                new Explanation(Run.of(fields), steps, List.of()));
    }

    private static NodeResult node(String id, String status) {
        return new NodeResult(id, status, null, null, 1, null);
    }
}
