package io.github.dbtc4j.cli.repository;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.github.dbtc4j.cli.Main;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of the house, held against the classes of all modules; each is also shown to catch who
/// breaks it.
@Tag("gate")
class HouseRulesTest {

    private static final String OURS = "io.github.dbtc4j.";

    /// What a reader still takes in at a glance, in one folder.
    private static final int MOST_FILES = 25;

    private static final Set<String> MACHINE =
            Set.of(
                    "java.time.Instant.now",
                    "java.time.LocalDate.now",
                    "java.time.LocalDateTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.System.getenv",
                    "java.lang.System.getProperty",
                    "java.lang.Thread.sleep",
                    "java.lang.Math.random",
                    "java.util.UUID.randomUUID",
                    "java.util.Random.<init>",
                    "java.security.SecureRandom.<init>",
                    "java.util.concurrent.ThreadLocalRandom.current",
                    "java.time.InstantSource.system");

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("test-classes"))
                    .importPackages("io.github.dbtc4j");

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of("http knows no other module", knows("http"), Carrying.class),
                Arguments.of("the planner knows no other module", knows("planner"), Planning.class),
                Arguments.of("the client knows http", knows("client", "http"), Talking.class),
                Arguments.of(
                        "the autoscaler knows planner and client",
                        knows("autoscaler", "planner", "client", "http"),
                        Doing.class),
                Arguments.of(
                        "the pipeline knows planner and client",
                        knows("pipeline", "planner", "client", "http"),
                        Translating.class),
                Arguments.of("githost knows http", knows("githost", "http"), Commenting.class),
                Arguments.of("the sandbox knows http", knows("sandbox", "http"), Pretending.class),
                Arguments.of(
                        "the simulation does not know the command line",
                        knows("simulation", "http", "client", "planner", "autoscaler", "sandbox"),
                        Proving.class),
                Arguments.of(
                        "clock, chance and environment are handed in", handedIn(), Watching.class),
                Arguments.of("JSON's library is hidden", jacksonIsHidden(), Parsing.class),
                Arguments.of("no code logs", noCodeLogs(), Logging.class),
                Arguments.of("only the command line prints", noCodePrints(), Printing.class),
                Arguments.of("no futures in public", noFutures(), Promising.class),
                Arguments.of("what only packs is not shipped", packsAlone(), Shipping.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void isKept(String name, ArchRule rule, Class<?> offender) {
        rule.check(HOUSE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void catchesWhoBreaksIt(String name, ArchRule rule, Class<?> offender) {
        JavaClasses one = new ClassFileImporter().importClasses(offender);

        assertThatThrownBy(() -> rule.check(one)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyPackageSaysWhatItIsAndThatNullIsMarked(String name) throws Exception {
        String path = name.replace('.', '/') + "/package-info.java";
        String module = name.substring(OURS.length()).replaceFirst("\\..*", "");
        Path source = Repository.ROOT.resolve(module).resolve("src/main/java").resolve(path);

        assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                .isTrue();
        assertThat(Files.readString(source)).startsWith("/// ");
    }

    static Stream<String> packages() {
        return HOUSE.stream().map(JavaClass::getPackageName).distinct();
    }

    @Test
    void noPackageIsCrowded() throws IOException {
        assertThat(crowded(sources(), MOST_FILES)).isEmpty();
        assertThat(crowded(sources(), 20)).as("with a lower limit").isNotEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/"))
                    .toList();
        }
    }

    private static List<Path> crowded(List<Path> files, int most) {
        return files.stream()
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(folder -> folder.getValue() > most + 1) // its package-info does not count
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void noPackagesFormACycle() {
        slices().matching(OURS + "(**)").should().beFreeOfCycles().check(HOUSE);

        ArchRule same = slices().matching("java.(**)").should().beFreeOfCycles();
        JavaClasses cycle =
                new ClassFileImporter()
                        .importClasses(Collection.class, Comparator.class, Stream.class);
        assertThatThrownBy(() -> same.check(cycle)).isInstanceOf(AssertionError.class);
    }

    /// Classes of `module` use those of our own that are in it or in `others`, and no more. Who
    /// breaks a rule in this test stands for its module by annotation.
    private static ArchRule knows(String module, String... others) {
        DescribedPredicate<JavaClass> known =
                resideInAnyPackage(
                        Stream.concat(Stream.of(module), Stream.of(others))
                                .map(name -> OURS + name + "..")
                                .toArray(String[]::new));
        return noClasses()
                .that(areOf(module))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(OURS + "*..").and(not(known)).and(not(resideInTests())))
                .allowEmptyShould(false);
    }

    private static ArchRule handedIn() {
        return noClasses()
                .that(not(areOf("cli")).and(not(named(OURS + "http.RealSystemContext"))))
                .should(touchTheMachine());
    }

    private static ArchCondition<JavaClass> touchTheMachine() {
        return new ArchCondition<>("touch the machine's clock, chance or environment") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    String target = access.getTargetOwner().getName() + "." + access.getName();
                    boolean seeded =
                            target.equals("java.util.Random.<init>")
                                    && access.getTarget().getFullName().contains("(long)");
                    boolean allowed =
                            type.getName().equals(OURS + "client.DbtCloudClient")
                                    && access.getOrigin().getName().equals("fromEnvironment")
                                    && target.equals("java.lang.System.getenv");
                    if (MACHINE.contains(target) && !seeded && !allowed) {
                        events.add(SimpleConditionEvent.satisfied(type, access.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchRule jacksonIsHidden() {
        return noClasses()
                .that(not(named(OURS + "http.json.Json")).and(not(inside(OURS + "http.json.Json"))))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.."));
    }

    private static ArchRule noCodeLogs() {
        return noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "java.util.logging..", "org.slf4j..", "org.apache.logging.."));
    }

    private static ArchRule noCodePrints() {
        return noClasses()
                .that(not(areOf("cli")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    private static ArchRule packsAlone() {
        String packing = OURS + "cli.build..";
        return noClasses()
                .that(areOf("cli").and(not(resideInAPackage(packing))))
                .should()
                .dependOnClassesThat(resideInAPackage(packing).and(not(resideInTests())));
    }

    private static ArchRule noFutures() {
        return methods()
                .that()
                .arePublic()
                .should(
                        new ArchCondition<JavaMethod>("not return a CompletableFuture") {
                            @Override
                            public void check(JavaMethod method, ConditionEvents events) {
                                if (method.getRawReturnType()
                                        .isAssignableTo(java.util.concurrent.Future.class)) {
                                    events.add(
                                            SimpleConditionEvent.violated(
                                                    method, method.getFullName()));
                                }
                            }
                        });
    }

    private static DescribedPredicate<JavaClass> areOf(String module) {
        return DescribedPredicate.describe(
                "are of " + module,
                type -> {
                    if (type.isAnnotatedWith(StandsFor.class)) {
                        return type.getAnnotationOfType(StandsFor.class).value().equals(module);
                    }
                    return (type.getPackageName() + ".").startsWith(OURS + module + ".");
                });
    }

    private static DescribedPredicate<JavaClass> resideInTests() {
        return DescribedPredicate.describe(
                "are of this test",
                type -> type.getName().startsWith(HouseRulesTest.class.getName()));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe("named " + name, type -> type.getName().equals(name));
    }

    private static DescribedPredicate<JavaClass> inside(String name) {
        return DescribedPredicate.describe(
                "inside " + name, type -> type.getName().startsWith(name + "$"));
    }

    /// The module that a class of this test pretends to be of.
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface StandsFor {
        String value();
    }

    @StandsFor("http")
    static final class Carrying {
        final Class<?> known = io.github.dbtc4j.client.DbtCloudClient.class;
    }

    @StandsFor("planner")
    static final class Planning {
        final Class<?> known = Json.class;
    }

    @StandsFor("client")
    static final class Talking {
        final Class<?> known = io.github.dbtc4j.planner.Planner.class;
    }

    @StandsFor("autoscaler")
    static final class Doing {
        final Class<?> known = io.github.dbtc4j.sandbox.Sandbox.class;
    }

    @StandsFor("pipeline")
    static final class Translating {
        final Class<?> known = io.github.dbtc4j.autoscaler.Autoscaler.class;
    }

    @StandsFor("githost")
    static final class Commenting {
        final Class<?> known = io.github.dbtc4j.client.DbtCloudClient.class;
    }

    @StandsFor("sandbox")
    static final class Pretending {
        final Class<?> known = io.github.dbtc4j.client.DbtCloudClient.class;
    }

    @StandsFor("simulation")
    static final class Proving {
        final Class<?> known = Main.class;
    }

    @StandsFor("client")
    static final class Watching {
        final long time = System.nanoTime();
    }

    static final class Parsing {
        final Class<?> known = tools.jackson.core.JsonParser.class;
    }

    static final class Logging {
        final Class<?> known = java.util.logging.Level.class;
    }

    @StandsFor("client")
    static final class Printing {
        final Object known = System.out;
    }

    @StandsFor("cli")
    static final class Shipping {
        final Class<?> known = io.github.dbtc4j.cli.build.Training.class;
    }

    static final class Promising {
        public java.util.concurrent.@org.jspecify.annotations.Nullable CompletableFuture<String>
                later() {
            return null;
        }
    }
}
