package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.CiStatus;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.cli.web.WebOption;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc ci status`.
@Command(
        description = {
            "Show active runs with their pull requests, clones and run slots.",
            "Changes nothing. Prints a table on standard error, and the same as a JSON object."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} --job-id=73797",
            "  ${COMMAND-FULL-NAME} | jq '.runs[] | select(.pull_request == \"github:50\")'",
        })
final class CiStatusCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();

    @Option(
            names = {"-j", "--job-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_JOB_ID",
            description =
                    "Only runs of this job and its clones; else all of the account"
                            + " [env: DBT_CLOUD_JOB_ID].")
    private @Nullable Long baseJob;

    @Mixin private final WebOption web = new WebOption();

    CiStatusCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Session session = Session.open(dbtc);
        if (web.given && baseJob == null) {
            throw new UsageException("--web opens the page of one job: name it with --job-id");
        }
        if (baseJob != null) {
            // a job that is not there has neither runs nor clones: say so instead
            var found = session.client().jobs().get(account.id, baseJob);
            if (web.given) {
                return web.open(session, found.data());
            }
        }
        var overview =
                CiStatus.look(
                        session.client(),
                        SystemContext.real(),
                        session.narration(),
                        account.id,
                        baseJob);
        return session.printBoth(StatusJson.of(overview), StatusTable.lines(overview));
    }
}
