package io.github.dbtc4j.cli.option;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/// `--step`, of which step of a run the files are meant.
public final class StepOption {

    @Option(
            names = {"-s", "--step"},
            paramLabel = "N",
            converter = CountConverter.class,
            descriptionKey = "DBTC_STEP",
            description =
                    "The step whose files are meant, 1 for the first; default the last"
                            + " [env: DBTC_STEP].")
    public @Nullable Integer index;
}
