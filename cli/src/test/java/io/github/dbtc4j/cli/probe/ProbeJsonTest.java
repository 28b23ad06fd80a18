package io.github.dbtc4j.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A report says nothing of whose account it is, and makes a sandbox that is like it.
@Tag("gate")
class ProbeJsonTest {

    @TempDir private Path folder;

    static Stream<Assumption> askedConstants() {
        return ProbeTest.askedConstants();
    }

    @ParameterizedTest
    @MethodSource("askedConstants")
    void makesTheSandboxLikeTheAccount(Assumption constant) throws IOException {
        var account = new ProbeStage(ProbeStage.options(constant));
        String report = report(account);

        SandboxOptions options = ProbeFile.applied(written(report), ProbeStage.options());

        assertThat(options.switches().is(constant)).isTrue();
        assertThat(options.plan()).isEqualTo(plan(constant));
        assertThat(report(new ProbeStage(options))).isEqualTo(report);
    }

    /// A plan that cannot be read stays the default.
    private static String plan(Assumption constant) {
        return constant instanceof Assumption.CiTriggerOnTrial ? "trial_2025" : "starter_2025";
    }

    @Test
    void takesRunSlotsThatAreNotTold() throws IOException {
        var account = new ProbeStage(ProbeStage.options().runSlots(null));

        SandboxOptions options =
                ProbeFile.applied(written(report(account)), SandboxOptions.defaults());

        assertThat(options.runSlots()).isNull();
    }

    @ParameterizedTest
    @MethodSource("askedConstants")
    void namesNoTokenJobRunOrAccount(Assumption constant) {
        var stage = new ProbeStage(ProbeStage.options(constant));
        String report = report(stage);
        Sandbox sandbox = stage.sandbox;

        assertThat(report)
                .doesNotContain(CommandProcess.CANARY, "jaffle", "dbtc probe", "[CLONED")
                .doesNotContainPattern("\\d{5}");
        assertThat(sandbox.jobs())
                .extracting(JobView::name)
                .filteredOn(name -> !name.equals("CI")) // also a constant
                .noneMatch(report::contains);
    }

    @Test
    void leavesWhatNoConstantStandsForAsItIs() throws IOException {
        Path file =
                written(
                        """
                        [{"question": "DeleteAnswer", "answer": null, "seen": "HTTP 202"},
                         {"question": "LongCause", "answer": "ACCEPTED"}]
                        """);

        SandboxOptions options = ProbeFile.applied(file, SandboxOptions.defaults());

        assertThat(options.switches().toString()).isEqualTo("[LongCause.ACCEPTED]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'question': 'Weather'}] | there is no question Weather",
                "[{'question': 'LongCause', 'answer': 'BLUE'}] | there is no answer LongCause.BLUE",
                "[{'answer': 'ACCEPTED'}] | an entry has no question",
                "{} | it is no JSON array",
                "[ | not JSON",
            })
    void refusesWhatItDoesNotKnow(String text, String problem) throws IOException {
        Path file = written(text.replace('\'', '"'));

        assertThatThrownBy(() -> ProbeFile.applied(file, SandboxOptions.defaults()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("It takes what dbtc probe --json printed.");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(
                        () -> ProbeFile.applied(folder.resolve("none"), SandboxOptions.defaults()))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void hasEveryQuestionOnce() {
        var rows =
                (List<?>) Json.read(ProbeJson.of(new ProbeReport().rows(AssumptionSet.defaults())));

        assertThat(rows)
                .hasSize(ProbeReport.questions().size() + ProbeMeasure.values().length)
                .extracting(row -> ProbeReply.object(row).get("question"))
                .doesNotHaveDuplicates();
    }

    private static String report(ProbeStage stage) {
        return ProbeJson.of(stage.probe().report().rows(AssumptionSet.defaults()));
    }

    private Path written(String report) throws IOException {
        return Files.writeString(folder.resolve("report.json"), report);
    }
}
