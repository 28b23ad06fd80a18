package io.github.dbtc4j.cli.doctor;

import io.github.dbtc4j.autoscaler.doctor.Doctor;
import io.github.dbtc4j.autoscaler.doctor.Finding;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.CloneTtlOption;
import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/// `dbtc doctor`.
@Command(
        description = {
            "Check whether everything is as autoscaling CI needs it, and say what to do next.",
            "Looks at token, host, account, run slots, the job, its variables, which mode applies"
                    + " and why, clock, clones.",
            "Changes nothing: only reads are sent. Prints a table on standard error, and the same"
                + " as a JSON array. Ends with 0 if there is no problem, with 9 if there is one;"
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
    @Mixin private final AccountOption account = new AccountOption();

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
        Session session = Session.open(dbtc, PATIENCE);
        var findings = Doctor.of(session.client(), SystemContext.real(), account.id, job, ttl.time);
        DoctorTable.origins(dbtc.settings()).forEach(session.narration()::say);
        findings.stream()
                .flatMap(finding -> DoctorTable.lines(finding).stream())
                .forEach(session.narration()::say);
        session.narration().say(DoctorTable.summary(findings));
        session.print(DoctorTable.json(findings));
        boolean well =
                findings.stream().noneMatch(finding -> finding.level() == Finding.Level.PROBLEM);
        return (well ? ExitCode.SUCCESS : ExitCode.UNHEALTHY).code();
    }
}
