package io.github.dbtc4j.pipeline.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.model.RunStatus;
import io.github.dbtc4j.client.model.RunStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class LogTailTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    Running dbt;error: dbt1308: [Snowflake] x;  Finished 'build' with 2 errors in 5s | error: dbt1308: [Snowflake] x
                    Cloning;fatal: reference is not a tree: 1f3a;Cleaning up           | fatal: reference is not a tree: 1f3a
                    15:01:02  Database Error in model orders (models/orders.sql);  no such column;15:01:03  Done. PASS=1 ERROR=1 | 15:01:02  Database Error in model orders (models/orders.sql) no such column
                    Encountered an error:;Runtime Error;  no profile                    | Encountered an error: Runtime Error
                    [ERROR]: no space left;bye                                          | [ERROR]: no space left
                    1 of 2 OK created;Done. PASS=2 WARN=0 ERROR=0 SKIP=0 TOTAL=2         | Done. PASS=2 WARN=0 ERROR=0 SKIP=0 TOTAL=2
                    """)
    void headlineIsTheErrorAndNotTheLastLine(String log, String headline) {
        assertThat(LogTail.headline(List.of(log.split(";")))).isEqualTo(headline);
    }

    @Test
    void thereIsNoHeadlineWithoutALog() {
        assertThat(LogTail.headline(List.of())).isNull();
    }

    @Test
    void keepsAnErrorThatIsFurtherUp() {
        Stream<String> after = IntStream.range(0, 40).mapToObj(i -> "line " + i);
        String log =
                String.join(
                        "\n",
                        Stream.concat(Stream.of("start", "fatal: no such branch", "detail"), after)
                                .toList());

        List<String> tail = LogTail.of(step(log));

        assertThat(tail)
                .hasSize(LogTail.LINES)
                .startsWith("fatal: no such branch", "detail", "…")
                .endsWith("line 38", "line 39");
        assertThat(LogTail.headline(tail)).isEqualTo("fatal: no such branch");
    }

    @Test
    void isTheEndWhereNoErrorIsToBeSeen() {
        String log = String.join("\n", Collections.nCopies(40, "all well"));

        assertThat(LogTail.of(step(log))).hasSize(LogTail.LINES).containsOnly("all well");
    }

    private static RunStep step(String log) {
        return new RunStep(1, "Clone git repository", RunStatus.Known.ERROR, log, null, Map.of());
    }
}
