package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every test runs in one of two tiers, `mvn verify` or the profile `heavy`; those without a tag in
/// `make test` too, and they start no process and open no socket.
@Tag("gate")
class TestTiersTest {

    private static final List<String> MODULES =
            Stream.concat(Repository.LIBRARIES.stream(), Stream.of("cli")).toList();

    /// What starts a process or opens a socket.
    private static final Pattern OPENER =
            Pattern.compile(
                    "java\\.lang\\.ProcessBuilder|java\\.net\\.\\w*Socket"
                        + "|java\\.net\\.http\\.HttpClient|com\\.sun\\.net\\.httpserver\\..*"
                        + "|java\\.nio\\.channels\\.\\w*Channel|.*\\.dbtc4j\\.http\\.HttpTransport"
                        + "|.*\\.dbtc4j\\.sandbox\\.server\\.(SandboxServer|LoopbackHost)");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .importPaths(
                            MODULES.stream()
                                    .map(TestTiersTest::classes)
                                    .filter(Files::exists)
                                    .toArray(Path[]::new));

    private static Path classes(String module) {
        return Repository.ROOT.resolve(module).resolve("target/test-classes");
    }

    @Test
    void thereAreTestsOfEveryModule() {
        assertThat(MODULES).allSatisfy(module -> assertThat(classes(module)).isNotEmptyDirectory());
        assertThat(MODULES)
                .allMatch(module ->
                        tests().anyMatch(type ->
                                type.getPackageName().startsWith("io.github.dbtc4j." + module)));
    }

    @Test
    void thereIsNoOtherTag() {
        Set<String> tags =
                tests().flatMap(TestTiersTest::tags).collect(Collectors.toCollection(TreeSet::new));

        assertThat(tags).containsExactly("gate", "heavy", "storm");
        assertThat(tests().flatMap(type -> type.getMethods().stream()))
                .filteredOn(method -> tagsOf(method).anyMatch("storm"::equals))
                .isNotEmpty()
                .allMatch(method -> tagsOf(method).anyMatch("heavy"::equals));
    }

    @Test
    void surefireFindsEveryTestByItsName() {
        assertThat(tests().map(JavaClass::getSimpleName))
                .allMatch(name -> name.matches(".*(Test|IT)"));
    }

    @Test
    void theProfileRunsTheRestAndNothingElse() throws IOException {
        String parent = Files.readString(Repository.ROOT.resolve("pom.xml"));
        String everyday = parent.substring(0, parent.indexOf("<profiles>"));
        String heavy = profile(parent, "heavy");

        assertThat(everyday).contains("<tests.only/>", "<tests.without>heavy</tests.without>");
        assertThat(everyday)
                .contains(
                        "<groups>${tests.only}</groups>",
                        "<excludedGroups>${tests.without}</excludedGroups>");
        assertThat(heavy).contains("<tests.only>heavy</tests.only>", "<tests.without/>");
        for (String module : MODULES) {
            assertThat(Files.readString(Repository.ROOT.resolve(module).resolve("pom.xml")))
                    .doesNotContain("tests.only", "tests.without", "roups>");
        }
    }

    @Test
    void whatHasNoTagStartsNoProcessAndOpensNoSocket() throws IOException {
        String parent = Files.readString(Repository.ROOT.resolve("pom.xml"));

        assertThat(profile(parent, "quick"))
                .contains(
                        "<tests.without>heavy,gate</tests.without>",
                        "-Djava.nio.channels.spi.SelectorProvider=");
        assertThat(openers(tests().filter(TestTiersTest::isQuick))).isEmpty();
        assertThat(openers(tests().filter(type -> !isQuick(type))))
                .as("of those with a tag")
                .hasSizeGreaterThan(20);
    }

    private static String profile(String pom, String id) {
        int start = pom.indexOf("<id>" + id + "</id>");
        assertThat(start).isPositive();
        return pom.substring(start, pom.indexOf("</profile>", start));
    }

    private static Stream<JavaClass> tests() {
        return CLASSES.stream()
                .filter(type -> !type.isAnonymousClass())
                .filter(type ->
                        type.getAllMethods().stream()
                                .anyMatch(method -> method.isMetaAnnotatedWith(Testable.class)));
    }

    /// Whether a test of the class has no tag.
    private static boolean isQuick(JavaClass type) {
        return tagsOf(type).findAny().isEmpty()
                && type.getAllMethods().stream()
                        .filter(method -> method.isMetaAnnotatedWith(Testable.class))
                        .anyMatch(method -> tagsOf(method).findAny().isEmpty());
    }

    /// Those of a class, and of its methods.
    private static Stream<String> tags(JavaClass type) {
        return Stream.concat(
                tagsOf(type), type.getMethods().stream().flatMap(TestTiersTest::tagsOf));
    }

    private static Stream<String> tagsOf(CanBeAnnotated element) {
        Stream<Tag> one =
                element.isAnnotatedWith(Tag.class)
                        ? Stream.of(annotation(element, Tag.class))
                        : Stream.of();
        Stream<Tag> several =
                element.isAnnotatedWith(Tags.class)
                        ? Stream.of(annotation(element, Tags.class).value())
                        : Stream.of();
        return Stream.concat(one, several).map(Tag::value);
    }

    private static <A extends java.lang.annotation.Annotation> A annotation(
            CanBeAnnotated element, Class<A> type) {
        return switch (element) {
            case JavaClass it -> it.getAnnotationOfType(type);
            case JavaMethod it -> it.getAnnotationOfType(type);
            default -> throw new IllegalArgumentException(element.toString());
        };
    }

    /// Which of `tests` lead to an opener, be it by way of other classes among the tests.
    private static List<String> openers(Stream<JavaClass> tests) {
        return tests.flatMap(type -> opener(type).stream().map(by -> type.getName() + " by " + by))
                .sorted()
                .toList();
    }

    private static Optional<String> opener(JavaClass test) {
        var seen = new HashSet<JavaClass>(Set.of(test));
        var next = new ArrayDeque<JavaClass>(seen);
        while (!next.isEmpty()) {
            for (Dependency dependency : next.pop().getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (OPENER.matcher(target.getName()).matches()) {
                    return Optional.of(dependency.getDescription());
                }
                if (CLASSES.contain(target.getName()) && seen.add(target)) {
                    next.push(target);
                }
            }
        }
        return Optional.empty();
    }
}
