package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.OwnedRun;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// S9: more than one run with the same nonce, none of which was cancelled.
final class NonceCheck {

    private NonceCheck() {}

    static List<Violation> check(IndexedHistory evidence) {
        Map<String, OwnedRun> survivors = new LinkedHashMap<>();
        var violations = new ArrayList<Violation>();
        for (OwnedRun run : evidence.runs) {
            if (run.run().status() == 30 || evidence.isForged(run)) {
                continue;
            }
            IndexedHistory.nonce(run.run().cause())
                    .map(nonce -> survivors.putIfAbsent(nonce, run))
                    .map(first ->
                            new Violation(
                                    Property.S9,
                                    Violation.UNEXPLAINED,
                                    run.created(),
                                    run.owner() == null ? null : run.owner().number(),
                                    first + " and " + run + " have the same nonce"))
                    .ifPresent(violations::add);
        }
        return violations;
    }
}
