package io.github.dbtc4j.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Commands;
import io.github.dbtc4j.cli.HelpTest;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every option can be given as a variable, and says as which.
@Tag("gate")
public class VariablesTest {

    private static final Pattern NAMED = Pattern.compile("\\[env: ([A-Z_]+)]");

    /// Declared in several commands, and meant to be one: the same words in each of them.
    private static final Set<String> SHARED =
            Set.of(
                    "DBT_CLOUD_ACCOUNT_ID",
                    "DBT_CLOUD_JOB_ID",
                    "DBT_CLOUD_PROJECT_ID",
                    "DBTC_PAYLOAD",
                    "DBTC_SHOULD_POLL");

    static Stream<OptionSpec> options() {
        return HelpTest.commands()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> !option.usageHelp() && !option.versionHelp());
    }

    @Test
    void everyOptionHasOneAndNamesNoOther() {
        assertThat(options())
                .hasSizeGreaterThan(200)
                .allSatisfy(option -> {
                    var names = new ArrayList<String>();
                    NAMED.matcher(String.join(" ", option.description()))
                            .results()
                            .forEach(found -> names.add(found.group(1)));
                    assertThat(names)
                            .as(option.longestName())
                            .containsExactly(EnvironmentDefaults.of(option).orElse("a variable"));
                });
    }

    @Test
    void anOptionIsCalledAsItsVariable() {
        assertThat(options())
                .filteredOn(option -> EnvironmentDefaults.of(option).orElse("").startsWith("DBTC_"))
                .allSatisfy(option ->
                        assertThat(EnvironmentDefaults.of(option).orElse(""))
                                .endsWith(
                                        "_"
                                                + option.longestName()
                                                        .substring(2)
                                                        .replace('-', '_')
                                                        .toUpperCase(Locale.ROOT)));
    }

    @Test
    void noTwoOptionsOfDifferentMeaningShareOne() {
        var declarations = new TreeMap<String, Set<String>>();
        var shapes = new TreeMap<String, Set<String>>();
        options()
                .forEach(option -> {
                    String variable = EnvironmentDefaults.of(option).orElse("");
                    declarations
                            .computeIfAbsent(variable, name -> new TreeSet<>())
                            .add(option.userObject().toString());
                    shapes.computeIfAbsent(variable, name -> new TreeSet<>())
                            .add(option.longestName() + " " + option.paramLabel());
                });

        assertThat(shapes).allSatisfy((name, shape) -> assertThat(shape).as(name).hasSize(1));
        declarations.values().removeIf(fields -> fields.size() == 1);
        assertThat(declarations.keySet()).isEqualTo(new TreeSet<>(SHARED));
    }

    @Test
    void whatIsWrittenForLaterJobsIsReadThereOnlyWhereItMeansTheSame() throws Exception {
        String page = Files.readString(Repository.ROOT.resolve("docs/reports.md"));
        String outputs = page.substring(page.indexOf("## Outputs"), page.indexOf("## An example"));
        var written = new TreeSet<String>();
        Pattern.compile("`([a-z_]+)`")
                .matcher(outputs)
                .results()
                .forEach(name -> written.add("DBTC_" + name.group(1).toUpperCase(Locale.ROOT)));
        var read = new TreeSet<String>();
        options().flatMap(option -> EnvironmentDefaults.of(option).stream()).forEach(read::add);

        assertThat(written).contains("DBTC_STATUS", "DBTC_JOB_ID");
        written.retainAll(read);
        assertThat(written).containsExactly("DBTC_GIT_SHA", "DBTC_RUN_ID");
    }

    /// Each command with each of its options that takes less than any text.
    public static Stream<Arguments> strict() {
        return HelpTest.commands()
                .filter(command -> command.getSubcommands().isEmpty())
                .flatMap(command ->
                        command.getCommandSpec().options().stream()
                                .filter(option -> !option.usageHelp())
                                .filter(VariablesTest::isStrict)
                                .map(option -> Arguments.of(command, option)));
    }

    public static boolean isStrict(OptionSpec option) {
        Class<?> type = option.auxiliaryTypes()[0];
        return option.converters().length > 0 || (type != String.class && type != Path.class);
    }

    @ParameterizedTest
    @MethodSource("strict")
    void aWrongValueIsRefusedWithTheNameOfTheVariable(CommandLine command, OptionSpec option) {
        String variable = EnvironmentDefaults.of(option).orElseThrow();
        var environment = new HashMap<String, String>();
        environment.put("DBT_CLOUD_HOST", "http://127.0.0.1:9");
        environment.put("DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY);
        environment.put("DBT_CLOUD_ACCOUNT_ID", "1");
        environment.put("DBT_CLOUD_JOB_ID", "1");
        environment.put("DBTC_RUN_ID", "1");
        environment.put("DBTC_PAYLOAD", "{}");
        environment.put("DBTC_ARTIFACT_PATH", "manifest.json");
        environment.put(variable, "@wrong");
        var args = new ArrayList<>(path(command));
        command.getCommandSpec()
                .positionalParameters()
                .forEach(parameter -> args.add(parameter.paramLabel().replaceFirst("\\|.*", "")));

        var prompt = new Prompt(environment);

        assertThat(prompt.dbtc(args.toArray(String[]::new))).as(prompt.err()).isEqualTo(2);
        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err())
                .contains("(in the variable " + variable + ")")
                .doesNotContain("\tat ", "ITypeConverter", "io.github");
    }

    @Test
    void thereIsAStrictOptionOfEachConverter() {
        var converters = new TreeSet<String>();
        strict().map(arguments -> (OptionSpec) arguments.get()[1])
                .forEach(option -> {
                    Stream.of(option.converters())
                            .forEach(converter ->
                                    converters.add(converter.getClass().getSimpleName()));
                });

        assertThat(converters)
                .containsExactlyInAnyOrder(
                        "CloneTtlConverter",
                        "CommitConverter",
                        "CountConverter",
                        "Durations",
                        "IdConverter",
                        "JobUrlConverter",
                        "Label",
                        "OfCleanup",
                        "OfLanes",
                        "OfSharedSchema",
                        "Part",
                        "Prefix",
                        "RecipeConverter",
                        "SequenceConverter",
                        "RunStatusConverter");
    }

    @ParameterizedTest
    @CsvSource({"ftp://x, DBT_CLOUD_HOST", "http://x.com, DBT_CLOUD_HOST"})
    void aHostThatCannotBeUsedIsRefusedLikewise(String host, String variable) {
        var prompt =
                new Prompt(
                        Map.of(
                                variable,
                                host,
                                "DBT_CLOUD_SERVICE_TOKEN",
                                CommandProcess.CANARY,
                                "DBT_CLOUD_ACCOUNT_ID",
                                "1"));

        assertThat(prompt.dbtc("jobs", "list")).isEqualTo(2);
        assertThat(prompt.err()).contains(variable);
    }

    @ParameterizedTest
    @CsvSource({
        "runs list, DBTC_RUNS_LIMIT, 101, limit 101",
        "jobs list, DBTC_OUTPUT, /nowhere/x, --output",
        "demo, DBTC_DEMO_SPEED, -1, --speed -1",
        "simulate, DBTC_SIMULATE_PROFILE, calm, --profile",
        "plan, DBTC_PAYLOAD, @/nowhere/x, --payload",
    })
    void aValueThatIsRefusedLaterToo(String args, String variable, String value, String message) {
        var environment = new HashMap<String, String>();
        environment.put("DBT_CLOUD_HOST", "http://127.0.0.1:9");
        environment.put("DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY);
        environment.put("DBT_CLOUD_ACCOUNT_ID", "1");
        environment.put("DBT_CLOUD_JOB_ID", "1");
        environment.put(variable, value);
        var prompt = new Prompt(environment);

        assertThat(prompt.dbtc(args.split(" ", -1))).as(prompt.err()).isEqualTo(2);
        assertThat(prompt.err()).contains(message, "(in the variable " + variable + ")");
    }

    @Test
    void aTokenInItsVariableIsNotTakenForAnArgument() {
        try (var platform = Platform.starter()) {
            var prompt = new Prompt(platform.environment());

            assertThat(prompt.dbtc("jobs", "list")).as(prompt.err()).isZero();
            assertThat(prompt.err()).doesNotContain("among the arguments");
        }
    }

    @Test
    void theOutputGoesWhereItsVariableSays(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("jobs.json");
        try (var platform = Platform.starter()) {
            var environment = new HashMap<>(platform.environment());
            environment.put("DBTC_OUTPUT", file.toString());
            var prompt = new Prompt(environment);

            assertThat(prompt.dbtc("jobs", "list")).as(prompt.err()).isZero();
            assertThat(prompt.out()).isEmpty();
            assertThat(Files.readString(file)).contains("\"data\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, , true",
        "true, --dry-run, true",
        "false, --dry-run, true",
        "true, --no-dry-run, false",
        ", --dry-run, true"
    })
    void argumentOverridesVariableOfFlag(String variable, String flag, boolean dry) {
        var command = Commands.of(new Prompt(variables("DBTC_DRY_RUN", variable)).shell());
        var args = new ArrayList<>(List.of("reap", "--account-id=1"));
        if (flag != null) {
            args.add(flag);
        }
        var parsed = command.parseArgs(args.toArray(String[]::new));
        OptionSpec option = parsed.subcommand().commandSpec().findOption("--dry-run");

        assertThat((boolean) option.getValue()).isEqualTo(dry);
    }

    @Test
    void severalValuesAreSeparatedAsInTheOption() {
        var variables = Map.of("DBTC_RUNS_STATUS", "queued,3", "DBTC_INCLUDE_RELATED", "job");
        var command = Commands.of(new Prompt(variables).shell());
        var list = command.parseArgs("runs", "list", "-a", "1").subcommand().subcommand();

        assertThat((List<?>) list.commandSpec().findOption("--status").getValue()).hasSize(2);
        assertThat((List<?>) list.commandSpec().findOption("-i").getValue()).hasSize(1);
    }

    private static Map<String, String> variables(String name, String value) {
        return value == null ? Map.of() : Map.of(name, value);
    }

    private static List<String> path(CommandLine command) {
        return List.of(
                command.getCommandSpec().qualifiedName().substring("dbtc ".length()).split(" "));
    }
}
