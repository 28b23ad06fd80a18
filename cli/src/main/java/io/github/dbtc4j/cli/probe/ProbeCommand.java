package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.DryRunOption;
import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.option.AssumptionSet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `dbtc probe`.
@Command(
        description = {
            "Ask your account what the sandbox can only assume of the platform.",
            "Creates throw-away jobs beside a CI job, one at a time, without any trigger; runs them"
                    + " a few times, cancels and deletes them. The CI job itself is only read."
                    + " Nothing is left as a rule; after a kill -9, or a signal before the platform"
                    + " has answered, the next probe or reap deletes what is.",
            "Prints question, answer, what the sandbox assumes and whether they agree on standard"
                    + " error. With --json also a report without token, names or ids, which dbtc"
                    + " sandbox --switches takes."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797 --dry-run   # list the calls, send none",
            "  ${COMMAND-FULL-NAME} --job-id=73797 --yes --json > account.json",
        })
public final class ProbeCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();

    @Option(
            names = {"-j", "--job-id"},
            required = true,
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_JOB_ID",
            description =
                    "The CI job beside which to create throw-away jobs; required"
                            + " [env: DBT_CLOUD_JOB_ID].")
    private long job;

    @Option(
            names = "--step",
            paramLabel = "COMMAND",
            defaultValue = "dbt parse",
            descriptionKey = "DBTC_PROBE_STEP",
            description =
                    "What runs of a throw-away job execute, default `dbt parse`; again for a second"
                            + " [env: DBTC_PROBE_STEP].")
    private List<String> steps = List.of();

    @Mixin private final DryRunOption dryRun = new DryRunOption();

    @Option(
            names = "--yes",
            descriptionKey = "DBTC_PROBE_YES",
            description =
                    "Do it; without this nothing is created, triggered or deleted"
                            + " [env: DBTC_PROBE_YES].")
    private boolean yes;

    public ProbeCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (dryRun.given || !yes) {
            Stream.of(ProbeCall.values()).map(ProbeCall::line).forEach(dbtc.stderr()::line);
            if (!dryRun.given) {
                throw new UsageException(
                        "probe: nothing was sent. It would send these calls, some of them several"
                                + " times; --yes lets it.");
            }
            dbtc.stderr().line("Nothing was sent.");
            return ExitCode.SUCCESS.code();
        }
        return probe(Session.open(dbtc));
    }

    private int probe(Session session) throws IOException, InterruptedException {
        try (var signal = new ProbeOnSignal(session.narration())) {
            var probe =
                    new Probe(
                            session.client(),
                            SystemContext.real(),
                            session.narration()::say,
                            account.id,
                            job,
                            steps);
            return tell(session, probe.run(signal::stopping));
        }
    }

    private int tell(Session session, Probe.Outcome outcome) throws IOException {
        if (outcome.disturbed()) {
            session.narration()
                    .say(
                            "There is no report: others deleted or used a throw-away job meanwhile."
                                    + " Run one probe at a time.");
            return ExitCode.PLATFORM.code();
        }
        List<ProbeReport.Row> rows = outcome.report().rows(AssumptionSet.defaults());
        ProbeTable.lines(rows).forEach(session.narration()::say);
        session.narration().say(ProbeTable.summary(rows));
        if (dbtc.json || dbtc.output != null) {
            session.printTold(ProbeJson.of(rows));
        }
        return (outcome.clean() ? ExitCode.SUCCESS : ExitCode.PLATFORM).code();
    }
}
