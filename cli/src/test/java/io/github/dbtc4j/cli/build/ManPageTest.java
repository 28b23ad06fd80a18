package io.github.dbtc4j.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.dbtc4j.cli.HelpTest;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.terminal.ExitCode;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

@Tag("gate")
class ManPageTest {

    private static final String PAGE = ManPage.text("dbtc 1.2.3");

    @Test
    void describesEveryCommandOptionAndExitCode() {
        HelpTest.commands()
                .filter(command -> command.getSubcommands().isEmpty())
                .forEach(command -> {
                    var spec = command.getCommandSpec();
                    assertThat(PAGE).contains(".SS " + escaped(spec.qualifiedName()) + "\n");
                    spec.options()
                            .forEach(option ->
                                    assertThat(PAGE).contains(bare(option.longestName())));
                });
        ExitCode.list()
                .forEach((code, meaning) ->
                        assertThat(PAGE)
                                .contains(".TP\n.B " + code + "\n" + escaped(meaning) + "\n"));
    }

    @Test
    void startsNoLineWithARequestThatIsNone() {
        assertThat(PAGE.lines())
                .allMatch(line -> !line.startsWith("'"))
                .allMatch(line -> !line.startsWith(".") || line.matches("\\.(TH|SH|SS|TP|B)( .*)?"))
                .noneMatch(line -> line.contains("%n") || line.contains("${"));
    }

    @Test
    void isReadWithoutAWarningWhereGroffIsInstalled(@TempDir Path folder) throws IOException {
        assumeThat(Path.of("/usr/bin/groff")).as("groff").isExecutable();
        Path page = folder.resolve("dbtc.1");
        Files.writeString(page, PAGE);

        var read =
                CommandProcess.start(
                                Map.of("PATH", "/usr/bin:/bin"),
                                List.of("groff", "-man", "-Tutf8", "-ww", page.toString()))
                        .end();

        assertThat(read.err()).isEmpty();
        assertThat(read.out()).contains("autoscaling CI for dbt platform", "the run was cancelled");
    }

    /// Without the two hyphens, behind which a negatable option has its `[no-]`.
    private static String bare(String option) {
        return escaped(option.substring(2));
    }

    private static String escaped(String text) {
        return text.replace("-", "\\-");
    }
}
