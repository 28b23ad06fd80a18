package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.ReportJson;
import io.github.dbtc4j.simulation.ReportPage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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

    @Test
    void writesTheForgedScenariosIntoThePageOfTheOthers(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("report.md");
        Files.copy(Path.of("../docs/simulation-report.md"), page);
        ReportPage before = ReportPage.read(Files.readString(page));
        var prompt = new Prompt(Map.of());

        assertThat(simulate(prompt, "--scenarios=3", "--forging", "--report=" + page)).isZero();

        assertThat(ReportPage.read(Files.readString(page)))
                .isEqualTo(before.withForged(ReportJson.read(prompt.out())));
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
