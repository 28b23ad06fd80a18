package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.web.WebOption;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc jobs get`.
@Command(
        description = "Print a job: text on a terminal, else the platform's JSON.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --job-id=73797 | jq -r .data.name")
final class JobsGetCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();

    @Mixin private final WebOption web = new WebOption();

    JobsGetCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        Session session = Session.open(dbtc);
        var found = session.client().jobs().get(account.id, job.id);
        if (web.given) {
            return web.open(session, found.data());
        }
        return session.print(found.json(), JobText.of(found.data()));
    }
}
