package io.github.dbtc4j.pipeline.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.model.Run;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a failure says, and what to do about it.
class KnownCauseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    log     | fatal: reference is not a tree: 1f3a6c0b9d2e                 | force-push
                    status  | Internal error                                               | platform failed
                    status  | Run timed out after 3600 seconds                             | time limit of its own
                    message | Compilation Error in model orders (models/orders.sql)        | dbt parse
                    log     | Parsing Error                                                | dbt parse
                    log     | git@github.com: Permission denied (publickey).               | connect it anew
                    message | Database Error: permission denied for schema analytics       | may create schemas
                    """)
    void hasAdvice(String where, String words, String advice) {
        assertThat(KnownCause.advice(run(20, where, words), steps(where, words)))
                .hasValueSatisfying(text -> assertThat(text).contains(advice));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    20 | message | Got 3 results, configured to fail if != 0
                    20 | log     | 12:00:01 the internal error table was built
                    10 | log     | Compilation Error
                    30 | status  | Internal error
                    """)
    void saysNothingOfOthers(int status, String where, String words) {
        assertThat(KnownCause.advice(run(status, where, words), steps(where, words))).isEmpty();
    }

    private static Run run(int status, String where, String words) {
        Map<String, @Nullable Object> fields = new HashMap<>(Reporting.run(null).fields());
        fields.put("status", status);
        if (where.equals("status")) {
            fields.put("status_message", words);
        }
        return Run.of(fields);
    }

    private static List<StepReport> steps(String where, String words) {
        return switch (where) {
            case "log" -> List.of(new StepReport(1, "a step", true, List.of(), List.of(words)));
            case "message" -> List.of(Reporting.build(Reporting.model("error", words)));
            default -> List.of();
        };
    }
}
