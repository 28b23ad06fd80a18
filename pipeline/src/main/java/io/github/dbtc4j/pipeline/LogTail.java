package io.github.dbtc4j.pipeline;

import io.github.dbtc4j.client.RunStep;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The last lines of a step's log.
final class LogTail {

    static final int LINES = 15;
    private static final int LONGEST_LINE = 300;
    private static final int LOOKED_AT = 64 * 1024;

    private LogTail() {}

    /// From what people read of it, else from dbt's full log; empty when the platform sent neither.
    static List<String> of(RunStep step) {
        return Stream.of(step.logs(), step.fields().get("truncated_debug_logs"), step.debugLogs())
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(log -> !log.isBlank())
                .findFirst()
                .map(LogTail::lines)
                .orElse(List.of());
    }

    private static List<String> lines(String log) {
        String end = log.substring(Math.max(0, log.length() - LOOKED_AT));
        List<String> lines =
                end.lines()
                        .map(line -> OneLine.clipped(line, LONGEST_LINE))
                        .filter(line -> !line.isEmpty())
                        .toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
