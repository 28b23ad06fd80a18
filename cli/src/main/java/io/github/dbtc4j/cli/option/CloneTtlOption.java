package io.github.dbtc4j.cli.option;

import picocli.CommandLine.Option;

import java.time.Duration;

/// `--clone-ttl`.
public final class CloneTtlOption {

    @Option(
            names = "--clone-ttl",
            paramLabel = "DURATION",
            converter = CloneTtlConverter.class,
            defaultValue = "30m",
            descriptionKey = "DBTC_CLONE_TTL",
            description =
                    "How long a clone may be idle before it is deleted, 15m or more;"
                            + " default 30m [env: DBTC_CLONE_TTL].")
    public Duration time = Duration.ofMinutes(30);
}
