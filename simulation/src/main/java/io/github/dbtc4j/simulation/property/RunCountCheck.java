package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// L5: runs of one pull request, whose pipelines could outbid each other for ever.
final class RunCountCheck {

    /// What it takes when everything goes wrong once for each pipeline.
    private static final int RUNS_OF_EACH = 3;

    private RunCountCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        Map<Integer, Integer> pipelines = new LinkedHashMap<>();
        evidence.ours()
                .filter(invocation -> invocation.pullRequest() != null)
                .forEach(invocation ->
                        pipelines.merge(
                                Objects.requireNonNull(invocation.pullRequest()), 1, Integer::sum));
        var violations = new ArrayList<Violation>();
        pipelines.forEach((pullRequest, count) -> {
            List<OwnedRun> runs =
                    evidence.runs.stream()
                            .filter(run -> run.owner() != null)
                            .filter(run -> pullRequest.equals(run.pullRequest()))
                            .toList();
            int most = RUNS_OF_EACH * count + 2;
            if (runs.size() > most) {
                violations.add(
                        new Violation(
                                Property.L5,
                                Violation.UNEXPLAINED,
                                runs.get(most).created(),
                                null,
                                "#%d has %d runs of %d pipelines"
                                        .formatted(pullRequest, runs.size(), count)));
            }
        });
        return violations;
    }
}
