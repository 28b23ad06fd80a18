package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.RunOption;
import io.github.dbtc4j.cli.option.StepOption;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc runs get-artifact`.
@Command(
        description = "Print one file of a run as it is.",
        footerHeading = "%nExample:%n",
        footer =
                "  ${COMMAND-FULL-NAME} --run-id=110 --path=run_results.json | jq"
                        + " '.results[].status'")
final class RunsGetArtifactCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final RunOption run = new RunOption();
    @Mixin private final StepOption step = new StepOption();

    @Option(
            names = {"-f", "--path"},
            required = true,
            paramLabel = "PATH",
            descriptionKey = "DBTC_ARTIFACT_PATH",
            description =
                    "The file, required, such as manifest.json; runs list-artifacts names them"
                            + " [env: DBTC_ARTIFACT_PATH].")
    private String path = "";

    RunsGetArtifactCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        Session session = Session.open(dbtc);
        return session.printFile(
                session.client().artifacts().get(account.id, run.id, path, step.index).text());
    }
}
