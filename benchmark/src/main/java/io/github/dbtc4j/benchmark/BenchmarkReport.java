package io.github.dbtc4j.benchmark;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Runs every benchmark and prints a table in Markdown: each beside the reference of its class.
public final class BenchmarkReport {

    private static final String REFERENCE = "reference";

    private BenchmarkReport() {}

    /// Takes how many iterations of a second to measure in each of two processes, default 5.
    public static void main(String... args) throws RunnerException {
        int iterations = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        var results =
                new Runner(
                                new OptionsBuilder()
                                        .include(BenchmarkReport.class.getPackageName())
                                        .mode(Mode.AverageTime)
                                        .timeUnit(TimeUnit.MICROSECONDS)
                                        .forks(2)
                                        .warmupIterations(iterations)
                                        .warmupTime(TimeValue.seconds(1))
                                        .measurementIterations(iterations)
                                        .measurementTime(TimeValue.seconds(1))
                                        .jvmArgs(
                                                "-XX:+UseSerialGC",
                                                "-Xmx1g",
                                                "--sun-misc-unsafe-memory-access=allow")
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .run();
        System.out.println("| | µs | ± | × its reference |");
        System.out.println("| --- | --: | --: | --: |");
        byClass(results).forEach((name, ofClass) -> print(name, ofClass));
    }

    private static Map<String, List<RunResult>> byClass(Iterable<RunResult> results) {
        var byClass = new TreeMap<String, List<RunResult>>();
        for (RunResult result : results) {
            String path = result.getParams().getBenchmark();
            String className = path.substring(0, path.lastIndexOf('.'));
            byClass.merge(
                    className.substring(className.lastIndexOf('.') + 1),
                    List.of(result),
                    (one, other) -> List.of(one.getFirst(), other.getFirst()));
        }
        return byClass;
    }

    private static void print(String name, List<RunResult> results) {
        double reference =
                results.stream()
                        .filter(each -> label(each).equals(REFERENCE))
                        .mapToDouble(each -> each.getPrimaryResult().getScore())
                        .findFirst()
                        .orElseThrow();
        for (RunResult result : results) {
            Result<?> time = result.getPrimaryResult();
            print(name, label(result), time, reference);
            result.getSecondaryResults()
                    .forEach((counter, perOperation) ->
                            System.out.printf(
                                    Locale.ROOT,
                                    "| %s.%s, %s a second | %,.0f | | |%n",
                                    name,
                                    label(result),
                                    counter,
                                    1e6 * perOperation.getScore() / time.getScore()));
        }
    }

    private static void print(String name, String label, Result<?> time, double reference) {
        System.out.printf(
                Locale.ROOT,
                "| %s.%s | %,.1f | %,.1f | %,.1f |%n",
                name,
                label,
                time.getScore(),
                time.getScoreError(),
                time.getScore() / reference);
    }

    private static String label(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }
}
