package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.report.Aborted;
import io.github.dbtc4j.pipeline.report.AzureReport;
import io.github.dbtc4j.pipeline.report.Closing;
import io.github.dbtc4j.pipeline.report.GithubReport;
import io.github.dbtc4j.pipeline.report.JunitReport;
import io.github.dbtc4j.pipeline.report.MarkdownReport;
import io.github.dbtc4j.pipeline.report.Outputs;
import io.github.dbtc4j.pipeline.report.Report;
import io.github.dbtc4j.pipeline.report.TextReport;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

/// Hostile text in every field of a report stays text in every form it takes. The fields are
/// enumerated: a new one is tried without a word here.
class HostileReportTest {

    private static final List<Verdict> VERDICTS =
            List.of(
                    new Verdict.Failed(new RunId(110)),
                    new Verdict.Cancelled(new RunId(110)),
                    new Verdict.Superseded(new RunId(110), new RunId(111)));

    private static final List<String> LINES =
            List.of(
                    "### ", "- ", "| ", "|---", "**Step ", "_", "[Run ", "Run ", "No run", "… and ",
                    "<pre>", "</pre>", "Nodes: ");

    static Stream<String> texts() {
        return Stream.concat(CiLog.HOSTILE.stream(), Stream.of(String.join("\n", CiLog.HOSTILE)));
    }

    private static Stream<Report> reports(String text) {
        return VERDICTS.stream().map(verdict -> (Report) filled(Report.class, text, verdict));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aLogHasNoCommandInIt(String text) {
        reports(text).forEach(report -> assertThat(CiLog.foreign(TextReport.of(report))).isEmpty());
        var prompt = new Prompt(Map.of());
        prompt.stderr().line(text);
        prompt.stderr().line("    " + text);
        prompt.stderr().trace(new IllegalStateException(text, new IllegalArgumentException(text)));
        assertThat(CiLog.foreign(prompt.err())).as(prompt.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anAnnotationIsOneCommandWithOurOwnProperties(String text) {
        reports(text)
                .flatMap(report -> GithubReport.of(report).lines())
                .forEach(command -> {
                    assertThat(CiLog.foreign(command)).isEmpty();
                    assertThat(command).hasLineCount(1).matches("::(error|notice) .*");
                    String properties = command.substring(8, command.indexOf("::", 2)).strip();
                    assertThat(properties.split(",", -1))
                            .allMatch(each -> each.matches("(file|title)=.*"))
                            .hasSizeLessThan(3);
                });
        assertThat(CiLog.foreign(GithubReport.of(aborted("x" + text)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anIssueOfAzureIsOneCommandWithOurOwnProperties(String text) {
        reports(text)
                .flatMap(report -> AzureReport.of(report).lines())
                .forEach(command -> {
                    assertThat(CiLog.foreign(command)).isEmpty();
                    assertThat(command).hasLineCount(1).startsWith("##vso[task.");
                    String properties =
                            command.substring(command.indexOf(' ') + 1, command.indexOf(']'));
                    assertThat(properties.split(";", -1))
                            .allMatch(
                                    each -> each.matches("(type|sourcepath|variable|isOutput)=.*"))
                            .hasSizeLessThan(3);
                });
        assertThat(CiLog.foreign(AzureReport.of(aborted(text)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void outputsAndVariablesAreOursAlone(String text) {
        reports(text)
                .forEach(report -> {
                    Map<String, String> outputs = Outputs.of(report);
                    List<String> lines = GithubReport.outputs(report).lines().toList();
                    var names = new ArrayList<String>();
                    for (int at = 0; at < lines.size(); at++) {
                        String[] heading = lines.get(at).split("<<", 2);
                        names.add(heading[0]);
                        at += lines.subList(at + 1, lines.size()).indexOf(heading[1]) + 1;
                    }
                    assertThat(names).containsExactlyElementsOf(outputs.keySet());
                    assertThat(Outputs.dotenv(report).lines())
                            .allMatch(line -> line.matches("DBTC_[A-Z_]+=[\\w.,:/@%+=-]+"));
                });
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aJunitReportHasOurElementsAlone(String text) {
        Stream.concat(reports(text).map(JunitReport::of), Stream.of(JunitReport.of(aborted(text))))
                .forEach(xml -> {
                    assertThat(CiLog.foreign(xml)).as(xml).isEmpty();
                    var elements = document(xml).getElementsByTagName("*");
                    for (int i = 0; i < elements.getLength(); i++) {
                        var element = (Element) elements.item(i);
                        assertThat(element.getTagName())
                                .isIn(
                                        "testsuites",
                                        "testsuite",
                                        "testcase",
                                        "failure",
                                        "error",
                                        "skipped");
                        assertThat(element.hasAttribute("a")).isFalse();
                    }
                });
    }

    /// A closing that ended without a run.
    @ParameterizedTest
    @MethodSource("texts")
    void whatAClosingDidStaysText(String text) {
        var closing = (Closing) filled(Closing.class, text, VERDICTS.getFirst());

        assertThat(GithubReport.of(closing).lines())
                .isNotEmpty()
                .allMatch(command -> command.matches("::(error|notice|warning) .*"))
                .allMatch(command -> CiLog.foreign(command).isEmpty());
        assertThat(AzureReport.of(closing).lines())
                .isNotEmpty()
                .allMatch(command -> command.startsWith("##vso[task."))
                .allMatch(command -> CiLog.foreign(command).isEmpty());
        assertThat(CiLog.foreign(MarkdownReport.of(closing))).isEmpty();
        assertThat(MarkdownReport.of(closing)).doesNotContain("<", "](", "![");
        assertThat(CiLog.foreign(JunitReport.of(closing))).isEmpty();
        assertThat(document(JunitReport.of(closing)).getElementsByTagName("a").getLength())
                .isZero();
        assertThat(Outputs.dotenv(closing).lines())
                .allMatch(line -> line.matches("DBTC_[A-Z_]+=[\\w.,:/@%+=-]+"));
    }

    private static org.w3c.dom.Document document(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(xml, e);
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aSummaryHasOurMarkupAlone(String text) {
        Stream.concat(
                        reports(text).map(MarkdownReport::of),
                        Stream.of(MarkdownReport.of(aborted("x" + text))))
                .forEach(markdown -> {
                    assertThat(CiLog.foreign(markdown)).as(markdown).isEmpty();
                    boolean log = false;
                    for (String line : markdown.lines().toList()) {
                        String marks = line.replaceAll("`[^`]+`", "CODE").replaceAll("\\\\.", "");
                        log = line.equals("<pre>") || (log && !line.equals("</pre>"));
                        if (log) {
                            assertThat(line.replaceFirst("^<pre>$", "")).doesNotContain("<");
                            continue;
                        }
                        if (!line.isEmpty() && !markdown.contains("could not tell")) {
                            assertThat(LINES.stream().anyMatch(line::startsWith)).as(line).isTrue();
                        }
                        assertThat(marks.replaceFirst("^</pre>$|\\(<https://x/>\\)", ""))
                                .doesNotContain("<", "](", "![");
                        if (line.startsWith("| ")) {
                            assertThat(marks.replaceAll("[^|]", "")).as(line).hasSize(4);
                        }
                    }
                });
    }

    /// A value of this type with `text` in all its texts.
    private static Object filled(Type type, String text, Verdict verdict) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            Type element = list.getActualTypeArguments()[0];
            Object filled = filled(element, text, verdict);
            return filled instanceof NodeResult node
                    ? List.of(failed(node), node)
                    : List.of(filled);
        }
        return switch ((Class<?>) type) {
            case Class<?> c when c == String.class -> text;
            case Class<?> c when c == int.class -> 1;
            case Class<?> c when c == long.class || c == Long.class -> 1L;
            case Class<?> c when c == double.class -> 1.0;
            case Class<?> c when c == boolean.class -> true;
            case Class<?> c when c == Verdict.class -> verdict;
            case Class<?> c when c == Run.class -> run(text);
            case Class<?> c when c.isEnum() -> c.getEnumConstants()[0];
            case Class<?> c when c.isRecord() -> filledRecord(c, text, verdict);
            default -> throw new AssertionError("say here how to fill a " + type);
        };
    }

    private static Object filledRecord(Class<?> type, String text, Verdict verdict) {
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values =
                Arrays.stream(parts)
                        .map(part -> filled(part.getGenericType(), text, verdict))
                        .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("it cannot be made", e);
        }
    }

    private static NodeResult failed(NodeResult node) {
        return new NodeResult(
                "model.p." + node.uniqueId(),
                "error",
                node.message(),
                node.failures(),
                node.seconds(),
                node.file());
    }

    private static Run run(String text) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        for (String name :
                Set.of(
                        "status_message",
                        "git_sha",
                        "git_branch",
                        "retry_not_supported_reason",
                        "status_humanized")) {
            fields.put(name, text);
        }
        fields.put("href", text.length() % 2 == 0 ? "https://x/" : "https://x/" + text);
        for (String name : List.of("id", "account_id", "project_id", "job_definition_id")) {
            fields.put(name, 110);
        }
        fields.put("status", 20);
        fields.put("created_at", "2026-03-02 09:00:00.000000+00:00");
        return Run.of(fields);
    }

    private static Aborted aborted(String message) {
        return new Aborted("dbtc could not tell how this commit builds", message);
    }
}
