package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.simulation.report.ReportJson;
import io.github.dbtc4j.simulation.report.ReportPage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;

/// `dbtc simulate`: what it keeps in files.
class SimulateTest {

    private static final String[] FEW = {
        "simulate", "--profile=clean", "--strategy=base-first", "--json", "--seed=700"
    };

    @Test
    void goesOnFromWhatWasKept(@TempDir Path folder) {
        Path kept = folder.resolve("kept.json");
        var first = new Prompt(Map.of());
        assertThat(simulate(first, "--scenarios=4", "--resume=" + kept)).isZero();
        var second = new Prompt(Map.of());
        assertThat(simulate(second, "--scenarios=10", "--resume=" + kept)).isZero();
        var whole = new Prompt(Map.of());
        assertThat(simulate(whole, "--scenarios=10")).isZero();

        assertThat(second.out()).isEqualTo(whole.out()).isNotEqualTo(first.out());
        assertThat(second.err()).contains("6 of 6 scenarios");
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void mixesNothing(@TempDir Path folder) throws Exception {
        Path kept = folder.resolve("kept.json");
        assertThat(simulate(new Prompt(Map.of()), "--scenarios=2", "--resume=" + kept)).isZero();
        String before = Files.readString(kept);

        for (String other : new String[] {"--seed=701", "--forging", "--commit=0123456"}) {
            var prompt = new Prompt(Map.of());
            assertThat(simulate(prompt, "--scenarios=4", "--resume=" + kept, other)).isEqualTo(2);
            assertThat(prompt.err())
                    .contains("is of another simulation", "name another file to begin anew");
        }
        Files.writeString(folder.resolve("notes.txt"), "hello");
        var prompt = new Prompt(Map.of());
        assertThat(simulate(prompt, "--resume=" + folder.resolve("notes.txt"))).isEqualTo(2);
        assertThat(prompt.err()).contains("is no simulation that was broken off");
        assertThat(kept).hasContent(before);
    }

    /// What is kept is a file of others where a cache or an artifact brings it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                // a kind that steers the terminal, is too long or is none
                "\"\\u001b[2Jx\": {\"count\": 1, \"seeds\": [700]}",
                "\"a\\nb\": {\"count\": 1, \"seeds\": [700]}",
                "\"a\\u202eb\": {\"count\": 1, \"seeds\": [700]}",
                "\"\": {\"count\": 1, \"seeds\": [700]}",
                "\"0123456789012345678901234567890123456789012345678901234567891\":"
                        + " {\"count\": 1, \"seeds\": [700]}",
                // counts that cannot be
                "\"x\": {\"count\": -1, \"seeds\": []}",
                "\"x\": {\"count\": 3, \"seeds\": [700]}",
                "\"x\": {\"count\": 1, \"seeds\": [700, 701]}"
            })
    void readsNoKindAndCountThatNothingPlayed(String kind, @TempDir Path folder) throws Exception {
        Path kept = kept(folder);
        Files.writeString(
                kept,
                Files.readString(kept)
                        .replaceFirst(
                                "\"violations\":\\{",
                                Matcher.quoteReplacement(
                                        "\"violations\":{\"S1\":{%s}".formatted(kind))));

        assertRefused(kept, "is no simulation that was broken off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"scenarios\":-1",
                "\"scenarios\":2147483648",
                "\"invocations\":-1",
                "\"api_calls\":9223372036854775807",
                "\"needless_wait_ms\":9223372036854775807"
            })
    void readsNoAbsurdFigure(String figure, @TempDir Path folder) throws Exception {
        Path kept = kept(folder);
        String name = figure.replaceFirst(":.*", "");
        String changed = Files.readString(kept).replaceFirst(name + ":[0-9]+", figure);
        Files.writeString(kept, changed);

        assertThat(changed).contains(figure);
        assertRefused(kept, "is no simulation that was broken off");
    }

    @Test
    void readsNoTwoCellsOfOneKind(@TempDir Path folder) throws Exception {
        Path kept = kept(folder);
        Files.writeString(
                kept,
                Files.readString(kept).replaceFirst("\"cells\":\\[(.*)\\]", "\"cells\":[$1,$1]"));

        assertRefused(kept, "is no simulation that was broken off");
    }

    @Test
    void showsNothingOfTheFileThatSteersTheTerminal(@TempDir Path folder) throws Exception {
        Path kept = kept(folder);
        Files.writeString(
                kept, Files.readString(kept).replace("\"unknown\"", "\"\\u001b[2Jmine\""));

        assertRefused(kept, "is of another simulation");
    }

    @Test
    void readsNoFolderNorALargeFile(@TempDir Path folder) throws Exception {
        assertRefused(folder, "is no regular file");
        Path large = folder.resolve("large.json");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((16L << 20) + 1);
        }
        assertRefused(large, "is over 16 MiB");
        assertRefused(folder.resolve("none/kept.json"), "its folder is not there");
    }

    /// Others who may write into the folder would have it write where they want.
    @Test
    void writesThroughNoLinkOfOthers(@TempDir Path folder) throws Exception {
        Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
        Files.createSymbolicLink(folder.resolve("kept.json.next"), mine);

        kept(folder);

        assertThat(mine).hasContent("mine");
    }

    /// A name that is too long is found out when the file is to be made.
    @Test
    void saysWhyNothingCouldBeKept(@TempDir Path folder) {
        Path kept = folder.resolve("k".repeat(300));
        var prompt = new Prompt(Map.of());

        int exitCode = simulate(prompt, "--scenarios=2", "--resume=" + kept);

        assertThat(exitCode).as(prompt.err()).isEqualTo(ExitCode.OUTPUT.code());
        assertThat(prompt.err())
                .contains(
                        "--resume " + kept + ": what has been played cannot be kept (",
                        "name another file, and start again")
                .doesNotContain("please report it");
        assertThat(folder).isEmptyDirectory();
    }

    private static Path kept(Path folder) {
        Path kept = folder.resolve("kept.json");
        assertThat(simulate(new Prompt(Map.of()), "--scenarios=2", "--resume=" + kept)).isZero();
        return kept;
    }

    private static void assertRefused(Path file, String why) {
        var prompt = new Prompt(Map.of());
        assertThat(simulate(prompt, "--scenarios=4", "--resume=" + file)).isEqualTo(2);
        assertThat(prompt.err()).contains(why).doesNotContain("\u001b");
        assertThat(prompt.out()).isEmpty();
    }

    @Test
    void writesTheForgedScenariosIntoThePageOfTheOthers(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("report.md");
        Files.copy(Path.of("../docs/simulation-report.md"), page);
        ReportPage before = ReportPage.read(Files.readString(page));
        var prompt = new Prompt(Map.of());

        assertThat(
                        simulate(
                                prompt,
                                "--scenarios=3",
                                "--forging",
                                "--commit=0123abc",
                                "--report=" + page))
                .isZero();

        assertThat(ReportPage.read(Files.readString(page)))
                .isEqualTo(before.withForged(ReportJson.read(prompt.out()), "0123abc"));
        assertThat(prompt.err()).contains("The forged scenarios are in ");
    }

    @Test
    void wantsThePageForTheForgedScenarios(@TempDir Path folder) {
        var prompt = new Prompt(Map.of());

        int exitCode = simulate(prompt, "--forging", "--report=" + folder.resolve("none.md"));

        assertThat(exitCode).isEqualTo(2);
        assertThat(prompt.err()).contains("--forging: name the page that has it with --report");
    }

    private static int simulate(Prompt prompt, String... more) {
        String[] all = new String[FEW.length + more.length];
        System.arraycopy(FEW, 0, all, 0, FEW.length);
        System.arraycopy(more, 0, all, FEW.length, more.length);
        return prompt.dbtc(all);
    }
}
