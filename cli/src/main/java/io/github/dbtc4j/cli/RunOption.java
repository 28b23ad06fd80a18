package io.github.dbtc4j.cli;

import picocli.CommandLine.Option;

/// `--run-id`.
final class RunOption {

    @Option(
            names = {"-r", "--run-id"},
            required = true,
            paramLabel = "ID",
            converter = Ids.class,
            description = "The run.")
    long id;
}
