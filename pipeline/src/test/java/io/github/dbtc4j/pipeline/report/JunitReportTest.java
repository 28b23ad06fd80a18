package io.github.dbtc4j.pipeline.report;

import static io.github.dbtc4j.pipeline.explanation.Reporting.HOSTILE;
import static io.github.dbtc4j.pipeline.explanation.Reporting.LINK;
import static io.github.dbtc4j.pipeline.explanation.Reporting.build;
import static io.github.dbtc4j.pipeline.explanation.Reporting.failed;
import static io.github.dbtc4j.pipeline.explanation.Reporting.model;
import static io.github.dbtc4j.pipeline.explanation.Reporting.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.pipeline.explanation.NodeResult;
import io.github.dbtc4j.pipeline.explanation.Reporting;
import io.github.dbtc4j.pipeline.explanation.StepReport;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

class JunitReportTest {

    @Test
    void hasTheRunAndEachNodeAsATest() throws Exception {
        var skipped = new NodeResult("model.jaffle_shop.customers", "skipped", null, null, 0, null);
        var passed = new NodeResult("model.jaffle_shop.stg", "success", null, null, 2, null);
        Document xml =
                parse(
                        failed(
                                build(
                                        passed,
                                        model("error", "Database Error in model orders (m/o.sql)"),
                                        test(3),
                                        skipped)));

        assertThat(tests(xml))
                .containsExactly(
                        "model jaffle_shop.stg",
                        "model jaffle_shop.orders error",
                        "test jaffle_shop.not_null_orders_id.cf6c17daed failure",
                        "model jaffle_shop.customers skipped");
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo("Step 4, Invoke dbt with `dbt build`");
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("time")).isEqualTo("3.750");
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent())
                .isEqualTo("Got 3 results, configured to fail if != 0\nFailing rows: 3\n" + LINK);
        assertThat(((Element) failure.getParentNode()).getAttribute("file"))
                .isEqualTo("models/schema.yml");
    }

    /// dbt v2's words for what needed no building.
    @Test
    void whatWasReusedOrHadNothingToDoPasses() throws Exception {
        var reused = new NodeResult("model.jaffle_shop.a", "reused", null, null, 0, null);
        var noOp = new NodeResult("exposure.jaffle_shop.b", "no-op", null, null, 0, null);

        assertThat(tests(parse(failed(build(reused, noOp)))))
                .contains("model jaffle_shop.a", "exposure jaffle_shop.b");
    }

    @Test
    void writesValidXmlForAnyText() throws Exception {
        String worst = HOSTILE + "\u0000\u0001\uFFFF\uD800 ]]> <![CDATA[ &nbsp; 日本 😀";
        var node = new NodeResult("model.p." + worst, "error", worst, 1L, 0, worst);
        var step = new StepReport(2, worst, true, List.of(), List.of(worst));

        Document xml = parse(failed(build(node), step));

        Element error = (Element) xml.getElementsByTagName("error").item(0);
        assertThat(error.getTextContent())
                .contains("a]]>b|c`d\n: :error::x\n# #vso[", "<script>alert(1)</script>", "日本 😀")
                .doesNotContain("\u001B", "\u0000");
        assertThat(xml.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void hasATestForAStepThatFailedWithoutResults() throws Exception {
        var clone =
                new StepReport(
                        1, "Clone git repository", true, List.of(), List.of("Cloning", "fatal: x"));

        Document xml = parse(failed(clone));

        assertThat(tests(xml)).containsExactly("step Clone git repository error");
        Element error = (Element) xml.getElementsByTagName("error").item(0);
        assertThat(error.getAttribute("message")).isEqualTo("fatal: x");
    }

    @Test
    void saysOfEveryVerdictWhatBecameOfTheRun() throws Exception {
        var run = new RunId(110);
        assertThat(whole(new Verdict.Succeeded(run))).isEqualTo("run run");
        assertThat(whole(new Verdict.Triggered(run))).isEqualTo("run run skipped");
        assertThat(whole(new Verdict.Superseded(run, run))).isEqualTo("run run skipped");
        assertThat(whole(new Verdict.Cancelled(run))).isEqualTo("run run error");
        assertThat(whole(new Verdict.Conflicted(run, run))).isEqualTo("run run error");
        assertThat(whole(new Verdict.DeadlinePassed(null))).isEqualTo("run run error");
    }

    @Test
    void keepsTheFailuresWhenThereAreTooManyTests() throws Exception {
        var results =
                new ArrayList<>(
                        Collections.nCopies(
                                6_000,
                                new NodeResult("model.p.x", "success", null, null, 0, null)));
        results.add(test(1));

        List<String> tests = tests(parse(failed(build(results.toArray(NodeResult[]::new)))));

        assertThat(tests).hasSize(5_000);
        assertThat(tests.getFirst()).endsWith("failure");
    }

    @Test
    void countsEachFailureOnce() throws Exception {
        Document xml = parse(failed(build(model("error", "x"))));

        assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(xml.getElementsByTagName("failure").getLength()).isZero();
        assertThat(tests(parse(failed()))).containsExactly("run run failure");
    }

    @Test
    void skipsWhatFailedInARunThatSucceeded() throws Exception {
        var lint = new StepReport(3, "Lint", true, List.of(), List.of("error: too long"));
        Document xml = parse(Reporting.of(new Verdict.Succeeded(new RunId(110)), "Fine.", lint));

        assertThat(tests(xml)).containsExactly("run run", "step Lint skipped");
        Element skipped = (Element) xml.getElementsByTagName("skipped").item(0);
        assertThat(skipped.getAttribute("message")).isEqualTo("Warning: error: too long");
    }

    @Test
    void givesAFailureWithoutAMessageTheLog() throws Exception {
        // Fusion leaves messages out (dbt-core#14366)
        var orders = new NodeResult("model.p.orders", "error", null, null, 0, null);
        var step =
                new StepReport(
                        4,
                        "Invoke dbt",
                        true,
                        List.of(orders, test(3)),
                        List.of(
                                "error: dbt1308: invalid identifier",
                                "  --> models/orders.sql:12"));

        Element error = (Element) parse(failed(step)).getElementsByTagName("error").item(0);

        assertThat(error.getAttribute("message"))
                .isEqualTo("error: error: dbt1308: invalid identifier");
        assertThat(error.getTextContent()).contains("dbt1308", "models/orders.sql:12");
    }

    private static String whole(Verdict verdict) throws Exception {
        return tests(parse(Reporting.of(verdict, "x"))).getFirst();
    }

    private static Document parse(Report report) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(JunitReport.of(report))));
    }

    private static List<String> tests(Document xml) {
        var tests = new ArrayList<String>();
        var cases = xml.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            var text = new StringBuilder(test.getAttribute("classname"));
            text.append(' ').append(test.getAttribute("name"));
            for (var child = test.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element element) {
                    text.append(' ').append(element.getTagName());
                }
            }
            tests.add(text.toString());
        }
        return tests;
    }
}
