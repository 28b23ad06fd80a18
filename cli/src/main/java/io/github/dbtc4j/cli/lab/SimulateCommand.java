package io.github.dbtc4j.cli.lab;

import io.github.dbtc4j.cli.option.CountConverter;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.JsonOutput;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.TerminalSize;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.report.ComparisonPage;
import io.github.dbtc4j.simulation.report.ReportJson;
import io.github.dbtc4j.simulation.report.ReportPage;
import io.github.dbtc4j.simulation.report.SimulationReport;
import io.github.dbtc4j.simulation.scenario.Variation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/// `dbtc simulate`.
@Command(
        description = {
            "Play many pipelines against a simulated dbt platform, with everything that goes"
                    + " wrong.",
            "Each scenario is drawn from a seed and played in virtual time by the real autoscaler."
                    + " What truly happened is checked against the rules of the protocol."
                    + " Needs no network and no account.",
            "With --compare: how long people wait with each strategy, on quiet and on busy days."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --scenarios=10000 --profile=faults --strategy=base-first",
            "  ${COMMAND-FULL-NAME} --profile=faults --strategy=base-first --trace=7",
            "  ${COMMAND-FULL-NAME} --forging --scenarios=200000",
            "  ${COMMAND-FULL-NAME} --resuming --scenarios=20000",
            "  ${COMMAND-FULL-NAME} --compare",
        })
final class SimulateCommand implements Callable<Integer> {

    private static final Pattern REPORTED_COMMIT =
            Pattern.compile("[0-9a-f]{7,64}|" + ReportPage.UNKNOWN_COMMIT);

    private final Dbtc dbtc;

    @Option(
            names = "--scenarios",
            paramLabel = "N",
            converter = CountConverter.class,
            defaultValue = "2000",
            descriptionKey = "DBTC_SIMULATE_SCENARIOS",
            description =
                    "How many, default 2000, divided among the profiles and our strategies; the"
                            + " others are compared in at most 5000 of a profile"
                            + " [env: DBTC_SIMULATE_SCENARIOS].")
    private int scenarios;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "all",
            descriptionKey = "DBTC_SIMULATE_PROFILE",
            description =
                    "clean, races, ci, faults (each with what the one before has) or all"
                            + " [env: DBTC_SIMULATE_PROFILE].")
    private String profile = "all";

    @Option(
            names = "--strategy",
            paramLabel = "STRATEGY",
            defaultValue = "all",
            descriptionKey = "DBTC_SIMULATE_STRATEGY",
            description =
                    "base-first, dedicated, original, queue or all"
                            + " [env: DBTC_SIMULATE_STRATEGY].")
    private String strategy = "all";

    @Option(
            names = "--forging",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_SIMULATE_FORGING",
            description =
                    "In each scenario another user also triggers runs under forged claims"
                            + " [env: DBTC_SIMULATE_FORGING].")
    private boolean forging;

    @Option(
            names = "--resuming",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_SIMULATE_RESUMING",
            description =
                    "In each scenario processes also die at any of their calls, and others go on"
                            + " from the state saved last [env: DBTC_SIMULATE_RESUMING].")
    private boolean resuming;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            descriptionKey = "DBTC_SIMULATE_SEED",
            description =
                    "The first scenario, default 1. The same seed plays the same"
                            + " [env: DBTC_SIMULATE_SEED].")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = CountConverter.class,
            descriptionKey = "DBTC_SIMULATE_THREADS",
            description =
                    "How many scenarios are played at a time; default: one for each core"
                            + " [env: DBTC_SIMULATE_THREADS].")
    private @Nullable Integer threads;

    @Option(
            names = "--trace",
            paramLabel = "SEED",
            descriptionKey = "DBTC_SIMULATE_TRACE",
            description =
                    "Tell this scenario line by line instead, and what it broke"
                            + " [env: DBTC_SIMULATE_TRACE].")
    private @Nullable Long trace;

    @Option(
            names = "--compare",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_SIMULATE_COMPARE",
            description =
                    "Compare waits, API calls and clones of the strategies on fixed days instead;"
                            + " takes minutes [env: DBTC_SIMULATE_COMPARE].")
    private boolean compare;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            descriptionKey = "DBTC_SIMULATE_REPORT",
            description =
                    "Also write it all to a page of Markdown; with --compare or --forging, its"
                            + " section of the page [env: DBTC_SIMULATE_REPORT].")
    private @Nullable Path report;

    @Option(
            names = "--commit",
            paramLabel = "HASH",
            defaultValue = ReportPage.UNKNOWN_COMMIT,
            descriptionKey = "DBTC_SIMULATE_COMMIT",
            description = "The commit that plays, for the page [env: DBTC_SIMULATE_COMMIT].")
    private String commit = ReportPage.UNKNOWN_COMMIT;

    @Option(
            names = "--sample",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_SIMULATE_SAMPLE",
            description =
                    "Play the page's sample again, and leave the rest of the page"
                            + " [env: DBTC_SIMULATE_SAMPLE].")
    private boolean sample;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            descriptionKey = "DBTC_SIMULATE_RESUME",
            description =
                    "Keep what has been played in this file, and go on from it: a long run may be"
                            + " broken off [env: DBTC_SIMULATE_RESUME].")
    private @Nullable Path resume;

    SimulateCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!REPORTED_COMMIT.matcher(commit).matches()) {
            throw new UsageException(
                    "--commit %s: expected the first digits of a commit's hash, in lower case"
                            .formatted(PlainText.of(commit)));
        }
        if (compare) {
            return compare();
        }
        if (sample) {
            return sample();
        }
        Set<Profile> profiles = chosen("--profile", profile, Profile.class);
        Set<Strategy> strategies = strategies();
        if (scenarios == 0) {
            throw new UsageException("--scenarios 0: expected at least 1");
        }
        refuseMixtures();
        if (trace != null) {
            return tell(trace, profiles, strategies);
        }
        ReportPage before = null;
        if (report != null && forging) {
            before = page(existing("--forging", report));
        } else if (report != null) {
            writable(report);
        }
        SimulationReport figures =
                play(
                        scenarios,
                        profiles,
                        strategies,
                        new SimulateParts(resume, seed, commit, variation()));
        var result = new JsonOutput(dbtc);
        result.write(dbtc.json ? ReportJson.write(figures) : figures.text().stripTrailing());
        if (report != null && before != null) {
            Files.writeString(report, before.withForged(figures, commit).markdown());
            dbtc.stderr().line("The forged scenarios are in " + report.toAbsolutePath() + ".");
        } else if (report != null) {
            write(report, figures);
        }
        List<String> breaches = figures.breaches();
        breaches.forEach(dbtc.stderr()::line);
        return breaches.isEmpty() ? ExitCode.SUCCESS.code() : ExitCode.RUN_FAILED.code();
    }

    private void refuseMixtures() {
        if (resuming && forging) {
            throw new UsageException("--resuming and --forging: give one of the two");
        }
        if (resuming && report != null) {
            throw new UsageException(
                    "--resuming: its figures are on no page; leave --report away, or add --json");
        }
    }

    /// The others believe no claims and resume nothing, so there is nothing to compare.
    private Set<Strategy> strategies() {
        Set<Strategy> chosen = chosen("--strategy", strategy, Strategy.class);
        if ((forging || resuming) && chosen.size() > 1) {
            chosen.removeIf(strategy -> !strategy.isOurs());
        }
        return chosen;
    }

    private int sample() throws InterruptedException, IOException {
        SimulateCompare.refuseScenarios("--sample", spec.commandLine().getParseResult());
        Path file = existing("--sample", report);
        ReportPage page = page(file);
        SimulationReport played = playSample();
        new JsonOutput(dbtc)
                .write(dbtc.json ? ReportJson.write(played) : played.text().stripTrailing());
        Files.writeString(file, page.withSample(played).markdown());
        dbtc.stderr().line("The sample is in " + file.toAbsolutePath() + ".");
        List<String> breaches = played.breaches();
        breaches.forEach(dbtc.stderr()::line);
        return breaches.isEmpty() ? ExitCode.SUCCESS.code() : ExitCode.RUN_FAILED.code();
    }

    private static ReportPage page(Path file) throws IOException {
        try {
            return ReportPage.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--report %s is no page of `dbtc simulate --report`: %s"
                            .formatted(PlainText.of(file.toString()), e.getMessage()));
        }
    }

    private static Path existing(String option, @Nullable Path page) {
        if (page == null || !Files.exists(page)) {
            throw new UsageException(option + ": name the page that has it with --report FILE");
        }
        return page;
    }

    private Variation variation() {
        return resuming ? Variation.DEATHS : forging ? Variation.CLAIMS : Variation.NONE;
    }

    private int compare() throws InterruptedException, IOException {
        SimulateCompare.refuseScenarios("--compare", spec.commandLine().getParseResult());
        if (report != null) {
            writable(report);
        }
        new SimulateCompare(dbtc, cores()).run(dbtc.json, report);
        return ExitCode.SUCCESS.code();
    }

    private SimulationReport play(
            int count, Set<Profile> profiles, Set<Strategy> strategies, SimulateParts parts)
            throws InterruptedException, IOException {
        SimulationReport before = parts.read();
        var progress =
                new SimulateProgress(
                        dbtc.stderr(),
                        SimulationReport.total(count, profiles, strategies) - before.played(),
                        SystemContext.real());
        try {
            return before.continued(
                    count, profiles, strategies, parts.variation(), cores(), progress, parts::keep);
        } catch (UncheckedIOException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private int cores() {
        return threads == null || threads == 0
                ? Runtime.getRuntime().availableProcessors()
                : threads;
    }

    private int tell(long scenario, Set<Profile> profiles, Set<Strategy> strategies)
            throws InterruptedException {
        if (profiles.size() > 1 || strategies.size() > 1) {
            throw new UsageException("--trace: name one --profile and one --strategy");
        }
        int width = dbtc.shell().live() ? TerminalSize.ofThisProcess().width() : Integer.MAX_VALUE;
        var history =
                ScenarioRunner.play(
                        profiles.iterator().next(),
                        strategies.iterator().next(),
                        scenario,
                        variation());
        SimulateTrace.of(history, width).forEach(dbtc.shell().out()::println);
        dbtc.shell().out().flush();
        return ExitCode.SUCCESS.code();
    }

    private static <E extends Enum<E>> Set<E> chosen(String option, String name, Class<E> type) {
        if (name.equalsIgnoreCase("all")) {
            return EnumSet.allOf(type);
        }
        return EnumSet.allOf(type).stream()
                .filter(each -> each.name().replace('_', '-').equalsIgnoreCase(name))
                .findFirst()
                .<Set<E>>map(EnumSet::of)
                .orElseThrow(() ->
                        new UsageException(
                                "%s %s: expected all or one of %s"
                                        .formatted(
                                                option,
                                                PlainText.of(name),
                                                String.join(
                                                        ", ",
                                                        EnumSet.allOf(type).stream()
                                                                .map(SimulateCommand::label)
                                                                .toList()))));
    }

    private static String label(Enum<?> it) {
        return it.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void write(Path file, SimulationReport figures)
            throws InterruptedException, IOException {
        dbtc.stderr().line("Now the sample for the report.");
        String comparison = ComparisonPage.sectionOf(Files.readString(file));
        String before = Files.readString(file);
        SimulationReport forged = SimulationReport.none(seed);
        String forgedCommit = ReportPage.UNKNOWN_COMMIT;
        if (!before.isEmpty()) {
            ReportPage page = page(file);
            forged = page.forged();
            forgedCommit = page.forgedCommit();
        }
        var page = new ReportPage(figures, commit, forged, forgedCommit, playSample(), comparison);
        Files.writeString(file, page.markdown());
        dbtc.stderr().line("The report is in " + file.toAbsolutePath() + ".");
    }

    private SimulationReport playSample() throws InterruptedException, IOException {
        return play(
                SimulationReport.SAMPLE,
                EnumSet.allOf(Profile.class),
                EnumSet.of(Strategy.BASE_FIRST, Strategy.DEDICATED),
                new SimulateParts(null, SimulationReport.SAMPLE_SEED, commit, Variation.NONE));
    }

    private static void writable(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, "");
            }
        } catch (IOException e) {
            throw new UsageException(
                    "--report %s cannot be written (%s); name a file in a folder that is there"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }
}
