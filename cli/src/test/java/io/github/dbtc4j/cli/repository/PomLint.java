package io.github.dbtc4j.cli.repository;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/// Finds plugins whose version each Maven would choose for itself, versions that move, and jars of
/// tests that a build without tests would need.
final class PomLint {

    /// What Maven binds to its life cycles without being asked.
    private static final List<String> BOUND =
            List.of(
                    "maven-clean-plugin",
                    "maven-resources-plugin",
                    "maven-compiler-plugin",
                    "maven-surefire-plugin",
                    "maven-jar-plugin",
                    "maven-install-plugin",
                    "maven-deploy-plugin",
                    "maven-site-plugin");

    private PomLint() {}

    /// What is wrong with these texts of `pom.xml`, of which the first is the parent of all.
    static List<String> findings(List<String> poms) {
        var findings = new ArrayList<String>();
        Set<String> known = new HashSet<>();
        List<Document> documents = poms.stream().map(PomLint::parse).toList();
        plugins(documents.getFirst()).stream()
                .filter(plugin -> !version(plugin).isEmpty())
                .forEach(plugin -> known.add(artifact(plugin)));
        BOUND.stream()
                .filter(plugin -> !known.contains(plugin))
                .forEach(plugin -> findings.add(plugin + " has no version in the parent"));
        for (Document document : documents) {
            for (Element plugin : plugins(document)) {
                if (version(plugin).isEmpty() && !known.contains(artifact(plugin))) {
                    findings.add(artifact(plugin) + " has no version");
                }
            }
            for (Element at : elements(document, "plugin", "dependency", "path", "parent")) {
                if (version(at).matches("LATEST|RELEASE|[\\[(].*|(?!\\$|0\\.1\\.0).*-SNAPSHOT")) {
                    findings.add(artifact(at) + " has a version that moves: " + version(at));
                }
            }
        }
        for (Document document : documents) {
            elements(document, "dependency").stream()
                    .filter(dependency -> child(dependency, "type").equals("test-jar"))
                    .filter(dependency -> !isManaged(dependency) && !isWithTestsOnly(dependency))
                    .map(dependency -> artifact(dependency) + " is a jar of tests, always needed")
                    .forEach(findings::add);
        }
        return findings;
    }

    private static boolean isManaged(Element dependency) {
        return dependency
                .getParentNode()
                .getParentNode()
                .getNodeName()
                .equals("dependencyManagement");
    }

    /// Whether it is in a profile for builds that make tests.
    private static boolean isWithTestsOnly(Element dependency) {
        Node profile = dependency.getParentNode().getParentNode();
        return profile.getNodeName().equals("profile")
                && profile.getTextContent().contains("!maven.test.skip");
    }

    private static List<Element> plugins(Document document) {
        return elements(document, "plugin");
    }

    private static List<Element> elements(Document document, String... names) {
        var elements = new ArrayList<Element>();
        for (String name : names) {
            NodeList found = document.getElementsByTagName(name);
            for (int i = 0; i < found.getLength(); i++) {
                elements.add((Element) found.item(i));
            }
        }
        return elements;
    }

    private static String version(Element element) {
        return child(element, "version");
    }

    private static String artifact(Element element) {
        return child(element, "artifactId");
    }

    private static String child(Element element, String name) {
        for (Node it = element.getFirstChild(); it != null; it = it.getNextSibling()) {
            if (it.getNodeName().equals(name)) {
                return it.getTextContent().strip();
            }
        }
        return "";
    }

    private static Document parse(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("not a pom.xml: " + e.getMessage(), e);
        }
    }
}
