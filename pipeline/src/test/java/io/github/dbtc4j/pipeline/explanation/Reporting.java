package io.github.dbtc4j.pipeline.explanation;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.pipeline.report.Placement;
import io.github.dbtc4j.pipeline.report.Report;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reports for tests of how they are rendered.
public final class Reporting {

    public static final String LINK = "https://abc12.us1.dbt.com/deploy/1/projects/1/runs/110/";

    /// What a pull request might put into a name or a message.
    public static final String HOSTILE =
            "a]]>b|c`d\n"
                    + "::error::x\r\n"
                    + "##vso[task.setvariable variable=p]y\u001B[31mred<script>alert(1)"
                    + "</script>&amp;\"'%0A::set-output";

    private Reporting() {}

    public static NodeResult model(String status, String message) {
        return new NodeResult(
                "model.jaffle_shop.orders", status, message, null, 1.25, "models/orders.sql");
    }

    public static NodeResult test(long failures) {
        return new NodeResult(
                "test.jaffle_shop.not_null_orders_id.cf6c17daed",
                "fail",
                "Got %d results, configured to fail if != 0".formatted(failures),
                failures,
                0.5,
                "models/schema.yml");
    }

    public static StepReport build(NodeResult... results) {
        return new StepReport(4, "Invoke dbt with `dbt build`", true, List.of(results), List.of());
    }

    public static Report failed(StepReport... steps) {
        return of(new Verdict.Failed(new RunId(110)), "Run 110 failed after 3:20.", steps);
    }

    public static Report of(Verdict verdict, String sentence, StepReport... steps) {
        return new Report(
                verdict,
                sentence,
                Placement.CLONE,
                List.of("Job 1 is busy with run 101 (pull request 51): cloning the job."),
                1,
                List.of(98L, 99L),
                "1f3a6c0b9d2e",
                null,
                new Explanation(run(LINK), List.of(steps), List.of()));
    }

    public static Run run(@Nullable String href) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("id", 110);
        fields.put("account_id", 1);
        fields.put("project_id", 1);
        fields.put("job_definition_id", 501);
        fields.put("status", 20);
        fields.put("created_at", "2026-03-02 09:00:00.000000+00:00");
        fields.put("finished_at", "2026-03-02 09:03:20.000000+00:00");
        fields.put("href", href);
        return Run.of(fields);
    }
}
