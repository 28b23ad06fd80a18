package io.github.dbtc4j.cli.option;

import picocli.CommandLine.Option;

/// Whether a command only shows what it would do.
public final class DryRunOption {

    @Option(
            names = "--dry-run",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_DRY_RUN",
            description = "Show what would be done and change nothing [env: DBTC_DRY_RUN].")
    public boolean given;
}
