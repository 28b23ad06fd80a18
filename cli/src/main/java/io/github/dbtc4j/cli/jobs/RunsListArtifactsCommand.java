package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.RunOption;
import io.github.dbtc4j.cli.option.StepOption;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.Line;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc runs list-artifacts`.
@Command(
        description =
                "Print the names of a run's files, a line each on a terminal, else the platform's"
                        + " JSON.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --run-id=110 | jq -r '.data[]'")
final class RunsListArtifactsCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final RunOption run = new RunOption();
    @Mixin private final StepOption step = new StepOption();

    RunsListArtifactsCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        Session session = Session.open(dbtc);
        var files = session.client().artifacts().list(account.id, run.id, step.index);
        return session.print(files.json(), files.data().stream().map(Line::of).toList());
    }
}
