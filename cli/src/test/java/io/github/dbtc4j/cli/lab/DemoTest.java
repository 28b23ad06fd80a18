package io.github.dbtc4j.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Main;
import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.TerminalSize;
import io.github.dbtc4j.simulation.comparison.Contender;
import io.github.dbtc4j.simulation.comparison.Recording;
import io.github.dbtc4j.simulation.comparison.WorkloadTrace;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

class DemoTest {

    /// What `dbtc demo` prints. `-Dgolden=write` writes it anew, but not in CI.
    private static final Path GOLDEN =
            Repository.ROOT.resolve("cli/src/test/resources/io/github/dbtc4j/cli/demo.txt");

    private static final WorkloadTrace MORNING = WorkloadTrace.of(1);

    private static Recording ours;
    private static List<Recording> all;
    private static Output output;
    private static String report;

    @BeforeAll
    static void play(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("morning.html");
        output = demo("--report", file.toString());
        report = Files.readString(file);
        all = new ArrayList<>();
        for (Contender contender : List.of(Contender.QUEUE, Contender.ORIGINAL, Contender.OURS)) {
            all.add(contender.play(MORNING));
        }
        ours = all.getLast();
    }

    @Test
    void printsTheSameAsEver() throws Exception {
        boolean rewrite =
                "write".equals(System.getProperty("golden")) && !"true".equals(System.getenv("CI"));
        if (rewrite) {
            Files.writeString(GOLDEN, output.out());
        }

        assertThat(output.out())
                .as("after a change that is meant to change it: -Dgolden=write, and look at it")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void saysFirstThatNothingOfItIsReal() {
        assertThat(DemoCommand.headline(MORNING))
                .startsWith("Simulated platform, virtual time, seed 1")
                .hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void tellsTheStoryLineByLineWhereThereIsNoTerminal() {
        assertThat(output.exitCode()).isZero();
        assertThat(output.err().lines())
                .filteredOn(line -> !line.contains("morning.html"))
                .allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d \\S.*"))
                .anyMatch(line -> line.endsWith("CI job is free: triggering it"))
                .anyMatch(line -> line.endsWith("1 of 5 slots used: cloning it"))
                .anyMatch(line -> line.contains("newer commit: cancelling #"));
        assertThat(output.out() + output.err()).doesNotContain("\u001B");
    }

    @Test
    void theTableIs80ColumnsWide() {
        assertThat(DemoTable.of(MORNING, all).text().lines()).allMatch(text -> text.length() == 80);
    }

    @Test
    void everyFrameFitsTheTerminalAndIsAsHighAsTheFirst() {
        for (int width : List.of(80, 120)) {
            var view = new DemoView(ours, new DemoInk(false), width, 24);
            int height = view.frame(MORNING.start()).size();

            assertThat(height).isLessThan(24);
            for (Instant now = MORNING.start();
                    !now.isAfter(ours.end().plusSeconds(30));
                    now = now.plusSeconds(30)) {
                assertThat(view.frame(now))
                        .hasSize(height)
                        .allMatch(line -> line.length() < width, "is narrower than " + width);
            }
        }
    }

    @Test
    void aFrameShowsWhoHoldsTheRunSlotsAndHowEachRunWent() {
        var view = new DemoView(ours, new DemoInk(false), 80, 24);
        List<String> last = view.frame(ours.end());

        assertThat(last.getFirst()).endsWith("run slots □ free □ free □ free □ free □ free");
        assertThat(last)
                .filteredOn(line -> line.startsWith("#"))
                .hasSize(9)
                .allMatch(line -> line.endsWith("✓") || line.endsWith("✗"));
        assertThat(view.frame(MORNING.start().plusSeconds(3))).first().asString().contains("■#");
    }

    @Test
    void usesColoursOnlyWhereTheyAreWanted() {
        var plain = new DemoView(ours, new DemoInk(false), 80, 24);
        var coloured = new DemoView(ours, new DemoInk(true), 80, 24);

        assertThat(String.join("", plain.frame(ours.end()))).doesNotContain("\u001B");
        assertThat(
                        String.join("\n", coloured.frame(ours.end()))
                                .replaceAll("\u001B\\[[0-9;]*m", ""))
                .isEqualTo(String.join("\n", plain.frame(ours.end())));
    }

    @Test
    void readsTheTerminalsSize() {
        assertThat(TerminalSize.read("40 120")).isEqualTo(new TerminalSize(120, 40));
        assertThat(TerminalSize.read("0 0")).isEqualTo(new TerminalSize(80, 24));
        assertThat(TerminalSize.read("")).isEqualTo(new TerminalSize(80, 24));
    }

    @Test
    void theReportIsOneWellFormedPageThatLoadsNothing() throws Exception {
        Document page = parse(report);

        assertThat(report).doesNotContainIgnoringCase("http").doesNotContain("@import");
        assertThat(elements(page)).noneMatch(element -> element.hasAttribute("src"));
        assertThat(elements(page)).noneMatch(element -> element.hasAttribute("href"));
        assertThat(elements(page))
                .extracting(Element::getTagName)
                .doesNotContain("script", "link", "img", "iframe", "object");
        assertThat(report.replace("url(#hatch)", "")).doesNotContain("url(");
    }

    @Test
    void refusesAReportItCannotWriteBeforeItBegins(@TempDir Path folder) {
        Output refused = demo("--report", folder.resolve("missing/morning.html").toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("--report", "missing", "cannot be written");
    }

    @Test
    void theReportDrawsEveryRunThatTookARunSlot() throws Exception {
        long bars =
                elements(parse(report)).stream()
                        .filter(element -> element.getTagName().equals("g"))
                        .count();
        long runs =
                all.stream()
                        .flatMap(recording -> recording.runs().stream())
                        .filter(run -> run.dequeuedAt() != null)
                        .count();

        assertThat(bars).isEqualTo(runs).isPositive();
    }

    @Test
    void theReportEscapesWhatItShows() throws Exception {
        String html = DemoReport.of("<b onload='x'>&\"", all, DemoTable.of(MORNING, all));

        assertThat(html).contains("&lt;b onload=&#39;x&#39;&gt;&amp;&quot;");
        assertThat(elements(parse(html))).noneMatch(element -> element.getTagName().equals("b"));
    }

    private record Output(int exitCode, String out, String err) {}

    private static Output demo(String... options) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var args = new ArrayList<String>(List.of("demo"));
        args.addAll(List.of(options));
        var shell =
                new ProcessIo(
                        Map.of(),
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false);
        int exitCode = Main.run(shell, args.toArray(String[]::new));
        return new Output(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html)));
    }

    private static List<Element> elements(Document page) {
        NodeList nodes = page.getElementsByTagName("*");
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
