package io.github.dbtc4j.pipeline.explanation;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.regex.Pattern;

/// What became of one node of a dbt project, such as a model or a test, in one step of a run.
///
/// Read from dbt's `run_results.json`, of which only executed and skipped nodes are a part.
///
/// @param uniqueId such as `model.jaffle_shop.orders`
/// @param status dbt's word: `success`, `error`, `skipped` …; of tests `pass`, `fail`, `warn` …
/// @param message what dbt says about it, perhaps over several lines, or null; kept only of nodes
///   that failed or warn
/// @param failures how many rows failed a test, or null
/// @param seconds how long it took, 0 when unknown
/// @param file where it is written, from the root of the repository as far as that is known, or
///   null
public record NodeResult(
        String uniqueId,
        String status,
        @Nullable String message,
        @Nullable Long failures,
        double seconds,
        @Nullable String file) {

    /// dbt-core counts a partial success of a microbatch model among the failures too.
    private static final Set<String> FAILED =
            Set.of("error", "fail", "runtime error", "partial success");

    /// What generic tests end with, to tell apart those of one name.
    private static final Pattern HASH = Pattern.compile("\\.[0-9a-f]{10}$");

    /// `Database Error in model orders (models/orders.sql)`: what stands elsewhere in a report.
    private static final Pattern PREAMBLE =
            Pattern.compile(
                    "^(\\S[^\\r\\n]{0,60}? [Ee]rror) in [^\\r\\n(]{1,300}\\([^()\\r\\n]*\\)");

    private static final Pattern FILE =
            Pattern.compile("^[^\\r\\n(]{0,400} in [^\\r\\n(]{1,300}\\(([^()\\r\\n]{1,300})\\)");

    /// Whether the build failed because of it.
    public boolean hasFailed() {
        return FAILED.contains(status);
    }

    /// Whether it is a test that found something and is to warn only.
    public boolean isWarning() {
        return status.equals("warn");
    }

    /// Whether it failed and dbt does not say why: Fusion leaves messages out (dbt-core#14366).
    public boolean hasFailedWithoutReason() {
        return hasFailed() && (message == null || message.isBlank());
    }

    /// Such as `model`; the first part of its id.
    public String type() {
        int dot = uniqueId.indexOf('.');
        return dot < 0 ? "node" : uniqueId.substring(0, dot).replace('_', ' ');
    }

    /// Its name without type and package, and without the checksum of a generic test.
    public String name() {
        int first = uniqueId.indexOf('.');
        int second = uniqueId.indexOf('.', first + 1);
        String name = second < 0 ? uniqueId : uniqueId.substring(second + 1);
        return HASH.matcher(name).replaceFirst("");
    }

    /// What happened, on one line: the message without what a report says elsewhere, and the number
    /// of failing rows unless the message has it.
    public String said(int longest) {
        String text = message == null ? "" : PREAMBLE.matcher(message.strip()).replaceFirst("$1:");
        String line = OneLine.clipped(text, longest).replaceAll(" {2,}", " ");
        String said = line.isEmpty() ? status : line;
        Long rows = failures;
        if (rows == null || rows == 0 || said.contains(rows.toString())) {
            return said;
        }
        return said + " (" + rows + (rows == 1 ? " failure)" : " failures)");
    }

    /// The file that the message names, or null.
    @Nullable String fileInMessage() {
        if (message == null) {
            return null;
        }
        var matcher = FILE.matcher(message.strip());
        return matcher.find() ? matcher.group(1) : null;
    }

    /// This result without its message.
    NodeResult quiet() {
        return new NodeResult(uniqueId, status, null, failures, seconds, file);
    }

    NodeResult in(@Nullable String named) {
        return new NodeResult(uniqueId, status, message, failures, seconds, named);
    }
}
