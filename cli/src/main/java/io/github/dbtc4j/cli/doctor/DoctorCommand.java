package io.github.dbtc4j.cli.doctor;

import io.github.dbtc4j.autoscaler.doctor.Doctor;
import io.github.dbtc4j.autoscaler.doctor.Finding.Level;
import io.github.dbtc4j.cli.option.CloneTtlOption;
import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.JsonOutput;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `dbtc doctor`.
@Command(
        description = {
            "Check whether everything is as autoscaling CI needs it, and say what to do next.",
            "Looks at token, host, account, run slots, the job, its variables, which mode applies"
                    + " and why, clock, clones.",
            "Where token or account are missing, it says where each value comes from, and sends"
                    + " nothing.",
            "Changes nothing: only reads are sent. Prints a table, and for programs the same as a"
                    + " JSON array. Ends with 0 if there is no problem, with 9 if there is one;"
                    + " notes do not count."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797",
            "  ${COMMAND-FULL-NAME} | jq '.[] | select(.level != \"ok\")'",
        })
public final class DoctorCommand implements Callable<Integer> {

    /// A diagnosis should not take minutes.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Dbtc dbtc;

    @Option(
            names = {"-a", "--account-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_ACCOUNT_ID",
            description = "The account [env: DBT_CLOUD_ACCOUNT_ID].")
    private @Nullable Long account;

    @Option(
            names = {"-j", "--job-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_JOB_ID",
            description = "The CI job to look at [env: DBT_CLOUD_JOB_ID].")
    private @Nullable Long job;

    @Mixin private final CloneTtlOption ttl = new CloneTtlOption();

    public DoctorCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = new SettingsFound(dbtc.settings());
        Long named = account;
        if (named == null || !dbtc.hasToken()) {
            dbtc.settings().problems().forEach(dbtc.narration()::say);
            return tell(
                    new JsonOutput(dbtc),
                    settings.missing(dbtc.hasToken(), dbtc.host().orElse(null), named, job));
        }
        Session session = Session.open(dbtc, PATIENCE);
        var findings = Doctor.of(session.client(), SystemContext.real(), named, job, ttl.time);
        return tell(
                session.result(),
                Stream.concat(settings.elsewhere().stream(), findings.stream().map(DoctorRow::of))
                        .toList());
    }

    private static int tell(JsonOutput result, List<DoctorRow> rows) throws IOException {
        result.show(rows.stream().flatMap(row -> DoctorTable.lines(row).stream()).toList());
        result.conclude(DoctorTable.summary(rows));
        result.offer(DoctorTable.json(rows));
        boolean well = DoctorTable.count(rows, Level.PROBLEM) == 0;
        return (well ? ExitCode.SUCCESS : ExitCode.UNHEALTHY).code();
    }
}
