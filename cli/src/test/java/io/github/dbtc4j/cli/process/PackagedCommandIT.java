package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.build.Training;
import io.github.dbtc4j.cli.process.Storm.Ran;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The command as it is packaged, started many times at once: processes that are killed, stopped,
/// interrupted and paused, on a platform that fails.
///
/// `-Dharness.pipelines=500` starts more of them, `-Dharness.seed=7` others. A seed brings back
/// what is started and what befalls it, not how the machine lets it interleave: every check is of
/// something that holds however that is.
@Tag("gate")
class PackagedCommandIT {

    private static final Duration TTL = Duration.ofMinutes(30);

    private static final Pattern OURS = Pattern.compile("] (picocli|io\\.github\\.dbtc4j)\\.");
    private static final Pattern NAME = Pattern.compile("] (\\S+) source:");

    /// So many clones that others left one invocation deletes at most.
    private static final int SWEPT = 5;

    @Test
    void isNotWrongWhenPipelinesStartAndDie() throws Exception {
        play(1, 12);
    }

    @Tag("heavy")
    @Tag("storm")
    @Test
    void isNeverWrongHoweverManyPipelinesStartAndDie() throws Exception {
        play(Long.getLong("harness.seed", 1), Integer.getInteger("harness.pipelines", 44));
    }

    private static void play(long seed, int count) throws Exception {
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

    /// `-XX:AOTMode=on` refuses to start without its cache. What is not in the cache is picocli's,
    /// whose format is older than the cache takes, or rests upon that.
    @Test
    void startsFromACacheOfAllThatItsTrainingLoaded(@TempDir Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        Path cache = folder.resolve("dbtc.aot");
        var training =
                CommandProcess.java(List.of("-XX:DumpLoadedClassList=" + classes), Training.class);
        int path = training.indexOf("-cp") + 1;
        training.set(path, training.get(path) + ":" + training.get(path).replace("*", "packing/*"));
        succeeds(training);
        succeeds(
                CommandProcess.command(
                        List.of(
                                "-Xshare:dump",
                                "-XX:+AOTClassLinking",
                                "-XX:SharedClassListFile=" + classes,
                                "-XX:SharedArchiveFile=" + cache)));

        assertThat(loaded(cache, folder.resolve("version.log"), "--version"))
                .anyMatch(line -> line.contains("http.HttpTransport "))
                .noneMatch(line -> line.contains("sandbox.rest.JobApi "))
                .noneMatch(line -> line.contains("picocli.CommandLine "))
                .filteredOn(line -> !restsOnPicocli(line))
                .allMatch(line -> line.contains("shared objects file"));
        assertThat(loaded(cache, folder.resolve("help.log"), "plan", "--help"))
                .anyMatch(line -> line.contains("picocli.CommandLine "))
                .filteredOn(line -> !restsOnPicocli(line))
                .allMatch(line -> line.contains("shared objects file"));
    }

    /// The classes of ours and of picocli that a start from the cache loads.
    private static List<String> loaded(Path cache, Path log, String... args) throws IOException {
        succeeds(
                CommandProcess.command(
                        List.of(
                                "-XX:AOTMode=on",
                                "-XX:AOTCache=" + cache,
                                "-Xlog:class+load:file=" + log),
                        args));
        return Files.readAllLines(log).stream().filter(line -> OURS.matcher(line).find()).toList();
    }

    /// Whether a line is of picocli, or of what implements an interface of it.
    private static boolean restsOnPicocli(String line) {
        Matcher name = NAME.matcher(line);
        assertThat(name.find()).as(line).isTrue();
        if (name.group(1).contains("$$Lambda")) {
            return name.group(1).startsWith("io.github.dbtc4j.cli.");
        }
        try {
            return restsOnPicocli(Class.forName(name.group(1)));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean restsOnPicocli(Class<?> type) {
        return type.getName().startsWith("picocli.")
                || (type.getSuperclass() != null && restsOnPicocli(type.getSuperclass()))
                || Arrays.stream(type.getInterfaces()).anyMatch(PackagedCommandIT::restsOnPicocli);
    }

    private static void succeeds(List<String> command) {
        var ended = CommandProcess.start(Map.of(), command).end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
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

    /// Everything every process was, did and said, to find out why a check failed.
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
