package io.github.dbtc4j.pipeline.explanation;

import io.github.dbtc4j.client.model.RunStep;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The last lines of a step's log, among them the error if there is one further up.
final class LogTail {

    /// What begins a line that says what went wrong, after a time perhaps: of dbt (`Database Error
    /// in model …`, `Encountered an error:`), of Fusion (`error: dbt1308: …`), of git (`fatal: …`).
    /// Summaries such as `Done. … ERROR=1` are none.
    private static final Pattern ERROR =
            Pattern.compile(
                    "(?:\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?\\s+)?(?:\\[?(?i:error|fatal)\\]?\\s*:"
                            + "|(?:[A-Z]\\w*\\s){1,3}Error\\b|Encountered an error|Failed to "
                            + "|Failure in |Traceback ).*");

    /// What says only that something follows.
    private static final Pattern UNFINISHED = Pattern.compile(".*(?::|Error|Error in .*\\))");

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
        int from = Math.max(0, lines.size() - LINES);
        List<String> last = lines.subList(from, lines.size());
        int error = error(lines.subList(0, from).reversed());
        if (error < 0 || error(last) >= 0) {
            return last;
        }
        int at = from - 1 - error;
        var with = new ArrayList<>(lines.subList(at, Math.min(at + 2, from)));
        with.add("…");
        with.addAll(lines.subList(lines.size() - LINES + 3, lines.size()));
        return with;
    }

    /// What went wrong, on one line: the first error in `tail`, else its last line; null for an
    /// empty one.
    static @Nullable String headline(List<String> tail) {
        int at = error(tail);
        if (at < 0) {
            return tail.isEmpty() ? null : tail.getLast();
        }
        String error = tail.get(at);
        return UNFINISHED.matcher(error).matches() && at + 1 < tail.size()
                ? error + " " + tail.get(at + 1).strip()
                : error;
    }

    /// The index of the first line that says what went wrong, or -1.
    private static int error(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (ERROR.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }
}
