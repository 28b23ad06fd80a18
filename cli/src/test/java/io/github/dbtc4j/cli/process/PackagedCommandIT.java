package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.build.AheadOfTime;
import io.github.dbtc4j.cli.build.Training;
import io.github.dbtc4j.cli.process.Storm.Ran;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The command as it is packaged, started many times at once: processes that are killed, stopped,
/// interrupted and paused, on a platform that fails.
///
/// `-Dharness.pipelines=500` starts more of them, `-Dharness.seed=7` others. A seed brings back
/// what is started and what befalls it, not how the machine lets it interleave: every check is of
/// something that holds however that is.
class PackagedCommandIT {

    private static final Duration TTL = Duration.ofMinutes(30);

    private static final Pattern OURS = Pattern.compile("] (picocli|io\\.github\\.dbtc4j)\\.");

    /// So many clones that others left one invocation deletes at most.
    private static final int SWEPT = 5;

    @Test
    void isNeverWrongHoweverManyPipelinesStartAndDie() throws Exception {
        long seed = Long.getLong("harness.seed", 1);
        int count = Integer.getInteger("harness.pipelines", 44);
        System.out.printf("harness: %d pipelines of seed %d%n", count, seed);
        try (var storm = new Storm(seed)) {
            storm.faults();
            List<Ran> ran = storm.run(Weather.draw(seed, count));
            storm.pass(TTL.plusMinutes(1));
            int left = storm.clonesLeft().size();
            write(ran);
            System.out.printf(
                    "harness: exit codes %s, %d clones left behind%n",
                    ran.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Ran::exitCode, TreeMap::new, Collectors.counting())),
                    left);

            assertThat(Aftermath.violations(storm, ran)).as("with seed " + seed).isEmpty();

            repeat(storm, Math.max(0, left - SWEPT), Weather.CALM.args());
            repeat(storm, 0, "reap", "--all");
            assertThat(Aftermath.violations(storm, ran)).as("after reaping").isEmpty();
        }
    }

    /// `-XX:AOTMode=on` refuses to start without its cache. What is not in the cache was generated,
    /// or belongs to what the training does not do.
    @Test
    void startsFromACacheOfAllThatItsTrainingLoaded(@TempDir Path folder) throws IOException {
        List<String> asPackaged = CommandProcess.java(List.of(), Training.class);
        String classPath = asPackaged.get(asPackaged.indexOf("-cp") + 1);
        Path lib = rewritten(Path.of(classPath.replace("/*", "")), folder.resolve("lib"));
        String cache = folder.resolve("dbtc.aot").toString();
        var trained =
                CommandProcess.start(
                                Map.of(),
                                from(
                                        lib,
                                        CommandProcess.java(
                                                List.of("-XX:AOTCacheOutput=" + cache),
                                                Training.class)))
                        .end();
        assertThat(trained.exitCode()).as(trained.out() + trained.err()).isZero();

        Path log = folder.resolve("classes.log");
        var started =
                CommandProcess.start(
                                Map.of(),
                                from(
                                        lib,
                                        CommandProcess.command(
                                                List.of(
                                                        "-XX:AOTMode=on",
                                                        "-XX:AOTCache=" + cache,
                                                        "-Xlog:class+load:file=" + log),
                                                "--version")))
                        .end();
        assertThat(started.exitCode()).as(started.out() + started.err()).isZero();
        assertThat(started.out()).startsWith("dbtc ");
        List<String> ours =
                Files.readAllLines(log).stream().filter(line -> OURS.matcher(line).find()).toList();
        assertThat(ours)
                .anyMatch(line -> line.contains("picocli.CommandLine "))
                .anyMatch(line -> line.contains("http.HttpTransport "))
                .noneMatch(line -> line.contains("sandbox.rest.JobApi "))
                .allMatch(line -> line.contains("shared objects file"));
    }

    private static Path rewritten(Path jars, Path lib) throws IOException {
        Files.createDirectory(lib);
        try (var all = Files.newDirectoryStream(jars, "*.jar")) {
            for (Path jar : all) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
        AheadOfTime.main(new String[] {lib.toString()});
        return lib;
    }

    /// The same command line with the jars of another folder.
    private static List<String> from(Path lib, List<String> command) {
        var moved = new ArrayList<>(command);
        moved.set(moved.indexOf("-cp") + 1, lib + "/*");
        return moved;
    }

    /// Once is enough for all but so many clones to be gone, unless the machine is so busy that a
    /// look is too old before it is acted upon.
    private static void repeat(Storm storm, int atMost, String... args) {
        for (int times = 0; times < 5 && storm.clonesLeft().size() > atMost; times++) {
            var ended = storm.dbtc(args);
            assertThat(ended.exitCode()).as(ended.err()).isZero();
        }
        assertThat(storm.clonesLeft()).hasSizeLessThanOrEqualTo(atMost);
    }

    /// Everything every process was, did and said, for whoever has to find out why.
    private static void write(List<Ran> ran) throws IOException {
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve("harness.txt"),
                ran.stream()
                        .map(each ->
                                "%s%n  exit code %d after %s, from %s to %s%n%s%n%s%n"
                                        .formatted(
                                                each.pipeline(),
                                                each.exitCode(),
                                                each.took(),
                                                each.started(),
                                                each.ended(),
                                                each.err().indent(4),
                                                each.calls().stream()
                                                        .map(call -> "  " + call)
                                                        .collect(Collectors.joining("\n"))))
                        .collect(Collectors.joining("\n")));
    }
}
