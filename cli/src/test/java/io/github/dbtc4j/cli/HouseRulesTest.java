package io.github.dbtc4j.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Surroundings;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;
import java.util.stream.Stream;

/// The rules of the house, held against the classes of all modules; each is also shown to catch who
/// breaks it.
class HouseRulesTest {

    private static final String OURS = "io.github.dbtc4j.";

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
                Arguments.of("the planner knows nobody", knows("planner"), Planning.class),
                Arguments.of("the client knows nobody", knows("client"), Talking.class),
                Arguments.of(
                        "the autoscaler knows planner and client",
                        knows("autoscaler", "planner", "client"),
                        Doing.class),
                Arguments.of(
                        "the pipeline knows planner and client",
                        knows("pipeline", "planner", "client"),
                        Translating.class),
                Arguments.of(
                        "the sandbox knows the client",
                        knows("sandbox", "client"),
                        Pretending.class),
                Arguments.of(
                        "the simulation does not know the command line",
                        knows("simulation", "client", "planner", "autoscaler", "sandbox"),
                        Proving.class),
                Arguments.of(
                        "the sandbox knows little of the client",
                        littleOfTheClient(),
                        Pretending.class),
                Arguments.of(
                        "clock, chance and environment are handed in", handedIn(), Watching.class),
                Arguments.of("JSON's library is hidden", jacksonIsHidden(), Parsing.class),
                Arguments.of("nobody logs", nobodyLogs(), Logging.class),
                Arguments.of("only the command line prints", nobodyPrints(), Printing.class),
                Arguments.of("no futures in public", noFutures(), Promising.class));
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
    @ValueSource(
            strings = {
                "client",
                "planner",
                "autoscaler",
                "pipeline",
                "sandbox",
                "simulation",
                "cli"
            })
    void everyPackageSaysThatNullIsMarked(String module) throws ClassNotFoundException {
        assertThat(HOUSE.stream().filter(it -> it.getPackageName().equals(OURS + module)))
                .as("classes of " + module)
                .isNotEmpty();
        assertThat(
                        Class.forName(OURS + module + ".package-info")
                                .isAnnotationPresent(NullMarked.class))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client",
                "planner",
                "autoscaler",
                "pipeline",
                "sandbox",
                "simulation",
                "cli"
            })
    void everyModuleIsOneFlatPackage(String module) {
        assertThat(HOUSE.stream().map(JavaClass::getPackageName))
                .noneMatch(name -> name.startsWith(OURS + module + "."));
    }

    /// Classes of `module` use those of our own that are in it or in `others`, and no more. Who
    /// breaks a rule in this test stands for its module by annotation.
    private static ArchRule knows(String module, String... others) {
        DescribedPredicate<JavaClass> known =
                resideInAnyPackage(
                        Stream.concat(Stream.of(module), Stream.of(others))
                                .map(it -> OURS + it)
                                .toArray(String[]::new));
        return noClasses()
                .that(areOf(module))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(OURS + "*").and(not(known)).and(not(resideInTests())))
                .allowEmptyShould(false);
    }

    private static ArchRule littleOfTheClient() {
        return noClasses()
                .that(areOf("sandbox"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(OURS + "client")
                                .and(
                                        not(
                                                belongToAnyOf(
                                                        Transport.class,
                                                        Request.class,
                                                        Response.class,
                                                        Json.class,
                                                        Surroundings.class))));
    }

    private static ArchRule handedIn() {
        return noClasses()
                .that(not(areOf("cli")).and(not(named(OURS + "client.ThisMachine"))))
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
                .that(not(named(OURS + "client.Json")).and(not(inside(OURS + "client.Json"))))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.."));
    }

    private static ArchRule nobodyLogs() {
        return noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "java.util.logging..", "org.slf4j..", "org.apache.logging.."));
    }

    private static ArchRule nobodyPrints() {
        return noClasses()
                .that(not(areOf("cli")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
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
                    return type.getPackageName().equals(OURS + module);
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

    @StandsFor("sandbox")
    static final class Pretending {
        final Class<?> known = io.github.dbtc4j.autoscaler.Autoscaler.class;
        final Class<?> tooMuch = io.github.dbtc4j.client.DbtCloudClient.class;
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

    static final class Promising {
        public java.util.concurrent.@org.jspecify.annotations.Nullable CompletableFuture<String>
                later() {
            return null;
        }
    }
}
