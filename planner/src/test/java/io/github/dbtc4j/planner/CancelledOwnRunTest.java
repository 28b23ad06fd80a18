package io.github.dbtc4j.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.CancelledOwnRun.Age;
import io.github.dbtc4j.planner.CancelledOwnRun.By;
import io.github.dbtc4j.planner.CancelledOwnRun.Outcome;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The truth table: each combination of what is known about a cancelled run is in one row of it.
class CancelledOwnRunTest {

    private static final String TABLE =
            """
            cancelled by            | ago           | duplicate | late | can rerun | repeatable | outcome
            *                       | *             | yes       | *    | *         | *          | ATTACH
            INVOCATION LANE_DELETED | *             | no        | yes  | *         | *          | DEADLINE_PASSED
            INVOCATION LANE_DELETED | ENDED SETTLED | no        | no   | yes       | *          | RERUN
            INVOCATION LANE_DELETED | ENDING        | no        | no   | *         | *          | WATCH
            INVOCATION LANE_DELETED | ENDED         | no        | no   | no        | *          | WATCH
            INVOCATION LANE_DELETED | SETTLED       | no        | no   | no        | no         | CANCELLED
            INVOCATION LANE_DELETED | SETTLED       | no        | no   | no        | yes        | FOLLOW
            PLATFORM                | ENDED SETTLED | no        | *    | yes       | *          | RERUN
            PLATFORM                | ENDING        | no        | *    | *         | *          | WATCH
            PLATFORM                | ENDED         | no        | *    | no        | *          | WATCH
            PLATFORM                | SETTLED       | no        | *    | no        | no         | CANCELLED
            PLATFORM                | SETTLED       | no        | no   | no        | yes        | FOLLOW
            PLATFORM                | SETTLED       | no        | yes  | no        | yes        | DEADLINE_PASSED_FOLLOWING
            OTHERS                  | ENDING ENDED  | no        | *    | *         | *          | WATCH
            OTHERS                  | SETTLED       | no        | *    | *         | no         | CANCELLED
            OTHERS                  | SETTLED       | no        | no   | *         | yes        | FOLLOW
            OTHERS                  | SETTLED       | no        | yes  | *         | yes        | DEADLINE_PASSED_FOLLOWING
            """;

    private static final List<List<String>> ROWS =
            TABLE.lines().skip(1).map(line -> List.of(line.split(" *\\| *"))).toList();

    static Stream<CancelledOwnRun> combinations() {
        return Stream.of(By.values())
                .flatMap(by ->
                        Stream.of(Age.values())
                                .flatMap(age ->
                                        IntStream.range(0, 16)
                                                .mapToObj(bits -> combination(by, age, bits))));
    }

    private static CancelledOwnRun combination(By by, Age age, int bits) {
        return new CancelledOwnRun(
                by, age, (bits & 8) != 0, (bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void isInOneRow(CancelledOwnRun run) {
        List<String> known =
                List.of(
                        run.by().name(),
                        run.age().name(),
                        word(run.hasDuplicate()),
                        word(run.isLate()),
                        word(run.canRerun()),
                        word(run.mayBeRepeated()));

        assertThat(ROWS.stream().filter(row -> fits(row, known)).map(List::getLast))
                .map(Outcome::valueOf)
                .containsExactly(run.outcome());
    }

    private static boolean fits(List<String> row, List<String> known) {
        return IntStream.range(0, known.size())
                .allMatch(i ->
                        row.get(i).equals("*")
                                || List.of(row.get(i).split(" ")).contains(known.get(i)));
    }

    private static String word(boolean is) {
        return is ? "yes" : "no";
    }
}
