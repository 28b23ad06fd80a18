package io.github.dbtc4j.pipeline.report;

import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.explanation.StepReport;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A report in the XML of JUnit, which most CI systems show as a list of tests.
///
/// Its first test is the run as a whole, so that there is something to see when no model was built;
/// where others tell of a failure, it is left out, so that each failure counts once. What failed in
/// a run that succeeded is skipped, as JUnit has no warnings. Each node is a test: its type is the
/// class, its id the name, as GitLab shows them
/// (https://docs.gitlab.com/ci/testing/unit_test_reports/).
public final class JunitReport {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    private static final String TAIL = "</testsuites>\n";

    /// GitLab takes 30 MB a file.
    private static final int MOST_TESTS = 5_000;

    private JunitReport() {}

    /// The whole document.
    public static String of(Ending ending) {
        var xml = new StringBuilder(HEAD);
        switch (ending) {
            case Report report -> append(report, xml);
            case Closing closing -> suite("dbt", List.of(of(closing)), xml);
            case Aborted(_, var message) -> suite("dbt", List.of(none("error", message)), xml);
            case Skipped(var message, _) -> suite("dbt", List.of(none("skipped", message)), xml);
        }
        return xml.append(TAIL).toString();
    }

    private static void append(Report report, StringBuilder xml) {
        if (!(report.verdict() instanceof Verdict.Failed) || report.why().failedSteps().isEmpty()) {
            suite("dbt", List.of(whole(report)), xml);
        }
        boolean warning = report.severity() == Report.Severity.WARNING;
        int left = MOST_TESTS;
        for (StepReport step : report.why().steps()) {
            List<NodeResult> results = failuresFirst(step.results(), left);
            left -= results.size();
            var tests = new ArrayList<Test>();
            results.forEach(result -> tests.add(of(result, step, report.link())));
            if (step.failed() && step.failures().isEmpty()) {
                tests.add(of(step, report.link()));
            }
            if (warning) {
                tests.replaceAll(Test::asWarning);
            }
            if (!tests.isEmpty()) {
                suite("Step %d, %s".formatted(step.index(), step.name()), tests, xml);
            }
        }
    }

    private static Test none(String element, String message) {
        return new Test("run", "run", 0, null, element, message, message);
    }

    private static Test of(Closing closing) {
        String text = String.join("\n", closing.problems());
        String element = closing.problems().isEmpty() ? null : "error";
        return new Test("close", "close", 0, null, element, closing.sentence(), text);
    }

    /// One test.
    ///
    /// @param element `failure`, `error` or `skipped`; null for a test that passed
    /// @param message what is the matter, on one line
    /// @param text the same at length
    private record Test(
            String type,
            String name,
            double seconds,
            @Nullable String file,
            @Nullable String element,
            String message,
            String text) {

        /// The same in a run that succeeded.
        Test asWarning() {
            return element == null
                    ? this
                    : new Test(type, name, seconds, file, "skipped", "Warning: " + message, text);
        }
    }

    private static List<NodeResult> failuresFirst(List<NodeResult> results, int most) {
        return results.size() <= most
                ? results
                : results.stream()
                        .sorted(Comparator.comparing(result -> !result.hasFailed()))
                        .limit(most)
                        .toList();
    }

    private static Test whole(Report report) {
        String element =
                switch (report.verdict()) {
                    case Verdict.Succeeded _ -> null;
                    case Verdict.Triggered _, Verdict.Superseded _ -> "skipped";
                    case Verdict.Failed _ -> "failure";
                    case Verdict.Cancelled _, Verdict.Conflicted _, Verdict.DeadlinePassed _ ->
                            "error";
                };
        Run run = report.why().run();
        String text = run == null ? report.sentence() : linked(report.sentence(), report.link());
        return new Test("run", "run", seconds(run), null, element, report.sentence(), text);
    }

    private static double seconds(@Nullable Run run) {
        return run == null || run.finishedAt() == null
                ? 0
                : Duration.between(run.createdAt(), run.finishedAt()).toMillis() / 1000.0;
    }

    private static Test of(NodeResult result, StepReport step, @Nullable String link) {
        String element =
                !result.hasFailed()
                        ? result.status().equals("skipped") ? "skipped" : null
                        : result.status().equals("fail") ? "failure" : "error";
        String id = result.uniqueId();
        String said = result.message() == null ? result.status() : result.message();
        String message = result.hasFailed() ? step.reason(result) : said;
        String counted =
                result.failures() == null || !result.hasFailed()
                        ? message
                        : String.join("\n", message, "Failing rows: " + result.failures());
        String headline = result.hasFailedWithoutReason() ? step.headline() : null;
        return new Test(
                result.type(),
                id.substring(id.indexOf('.') + 1),
                result.seconds(),
                result.file(),
                element,
                headline == null ? result.said(300) : result.said(300) + ": " + headline,
                element == null ? counted : linked(counted, link));
    }

    private static Test of(StepReport step, @Nullable String link) {
        String headline = step.headline();
        return new Test(
                "step",
                step.name(),
                0,
                null,
                "error",
                headline == null ? "The step failed." : headline,
                linked(String.join("\n", step.logTail()), link));
    }

    private static String linked(String text, @Nullable String link) {
        return link == null ? text : String.join("\n", text, link);
    }

    private static void suite(String name, List<Test> tests, StringBuilder xml) {
        xml.append("  <testsuite name=\"").append(Xml.attribute(name));
        xml.append("\" tests=\"").append(tests.size());
        for (String element : List.of("failure", "error", "skipped")) {
            long count = tests.stream().filter(test -> element.equals(test.element())).count();
            xml.append("\" ").append(element.equals("skipped") ? element : element + "s");
            xml.append("=\"").append(count);
        }
        double all = tests.stream().mapToDouble(Test::seconds).sum();
        xml.append("\" time=\"").append(time(all)).append("\">\n");
        tests.forEach(test -> append(test, xml));
        xml.append("  </testsuite>\n");
    }

    private static void append(Test test, StringBuilder xml) {
        xml.append("    <testcase classname=\"").append(Xml.attribute(test.type()));
        xml.append("\" name=\"").append(Xml.attribute(test.name()));
        if (test.file() != null) {
            xml.append("\" file=\"").append(Xml.attribute(test.file()));
        }
        xml.append("\" time=\"").append(time(test.seconds())).append('"');
        if (test.element() == null) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n      <").append(test.element());
        xml.append(" message=\"").append(Xml.attribute(test.message())).append("\">");
        xml.append(Xml.text(test.text()));
        xml.append("</").append(test.element()).append(">\n    </testcase>\n");
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
