package io.github.dbtc4j.cli.option;

import picocli.CommandLine.Option;

/// `--run-id`.
public final class RunOption {

    @Option(
            names = {"-r", "--run-id"},
            required = true,
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBTC_RUN_ID",
            description = "The run, required, as in the address of its page [env: DBTC_RUN_ID].")
    public long id;
}
