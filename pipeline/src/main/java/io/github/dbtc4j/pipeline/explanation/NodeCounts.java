package io.github.dbtc4j.pipeline.explanation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How many nodes ended in which way, as far as the results were read.
///
/// @param passed built, or passed as tests
/// @param warned tests that found something and are to warn only
/// @param failed nodes that failed the build
/// @param skipped not built, because of what failed before or of what was selected
/// @param reused not built, because nothing changed: dbt's state-aware orchestration
public record NodeCounts(int passed, int warned, int failed, int skipped, int reused) {

    /// Counts the results of `steps`.
    static NodeCounts of(List<StepReport> steps) {
        int[] counts = new int[5];
        for (StepReport step : steps) {
            for (NodeResult result : step.results()) {
                counts[place(result)]++;
            }
        }
        return new NodeCounts(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private static int place(NodeResult result) {
        if (result.hasFailed()) {
            return 2;
        }
        return switch (result.status()) {
            case "warn" -> 1;
            case "skipped" -> 3;
            case "reused", "no-op" -> 4;
            default -> 0;
        };
    }

    /// Such as `12 passed, 1 warned, 2 failed`; empty when nothing but failures was counted, which
    /// are listed one by one.
    public String text() {
        if (passed + warned + skipped + reused == 0) {
            return "";
        }
        return Stream.of(
                        part(passed, "passed"),
                        part(warned, "warned"),
                        part(failed, "failed"),
                        part(skipped, "skipped"),
                        part(reused, "reused"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String part(int count, String word) {
        return count == 0 ? "" : count + " " + word;
    }
}
