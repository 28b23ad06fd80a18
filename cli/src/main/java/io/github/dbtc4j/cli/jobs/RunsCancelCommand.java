package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.RunOption;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc runs cancel`.
@Command(
        description = {
            "Ask the platform to cancel a run and print its answer as JSON.",
            "A queued run is cancelled at once, a running one seconds later."
        },
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --run-id=110")
final class RunsCancelCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final RunOption run = new RunOption();

    RunsCancelCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        Session session = Session.open(dbtc);
        var cancelled = session.client().runs().cancel(account.id, run.id);
        return session.print(cancelled.json(), RunText.of(cancelled.data()));
    }
}
