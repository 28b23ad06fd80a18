package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.IncludeOption;
import io.github.dbtc4j.cli.option.RunOption;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.web.WebOption;
import io.github.dbtc4j.client.model.Include;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc runs get`.
@Command(
        description = "Print a run: text on a terminal, else the platform's JSON.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --run-id=110 -i run_steps | jq .data.status_humanized")
final class RunsGetCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final RunOption run = new RunOption();
    @Mixin private final IncludeOption include = new IncludeOption();

    @Mixin private final WebOption web = new WebOption();

    RunsGetCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        Session session = Session.open(dbtc);
        Include[] related = include.related.toArray(Include[]::new);
        var found = session.client().runs().get(account.id, run.id, related);
        if (web.given) {
            return web.open(session, found.data());
        }
        return session.print(found.json(), RunText.of(found.data()));
    }
}
