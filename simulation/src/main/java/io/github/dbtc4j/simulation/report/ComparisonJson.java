package io.github.dbtc4j.simulation.report;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.simulation.comparison.Comparison;
import io.github.dbtc4j.simulation.comparison.Comparison.Row;
import io.github.dbtc4j.simulation.comparison.Contender;
import io.github.dbtc4j.simulation.comparison.Score;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A [Comparison] as data. Times are in milliseconds.
public final class ComparisonJson {

    private ComparisonJson() {}

    /// One line for each contender under each workload.
    public static String write(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        for (Row row : comparison.rows()) {
            for (Contender contender : Contender.values()) {
                lines.add(Json.write(cell(row, contender)));
            }
        }
        return "{\"cells\":[\n%s\n]}".formatted(String.join(",\n", lines));
    }

    private static Map<String, @Nullable Object> cell(Row row, Contender contender) {
        Score score = row.score(contender);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("workload", row.workload().kind().label());
        json.put("run_slots", row.workload().runSlots());
        json.put("pull_requests", row.workload().pullRequests());
        json.put("days", row.days());
        json.put("contender", contender.label());
        json.put("bound_mean_wait", millis(row.bound().mean()));
        json.put("ideal_mean_wait", millis(row.ideal().mean()));
        json.put("mean_wait", millis(score.waits().mean()));
        json.put("p95_wait", millis(score.waits().p95()));
        json.put("mean_until_verdict", millis(score.untilVerdict().mean()));
        json.put("mean_verdict_delay", millis(score.verdictDelays().mean()));
        json.put("wasted", millis(score.wasted()));
        json.put("api_calls", score.apiCalls());
        json.put("clones_made", score.clonesMade());
        json.put("verdicts", score.waits().all().size());
        json.put("without_verdict", score.unanswered());
        json.put("two_at_once", score.twoAtOnce());
        json.put("production_mean_wait", millis(score.production().mean()));
        return json;
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }
}
