package io.github.dbtc4j.cli;

import picocli.CommandLine.Option;

import java.time.Duration;

/// How to wait for a run.
final class WaitOptions {

    @Option(
            names = "--poll-interval",
            paramLabel = "SECONDS",
            converter = Durations.class,
            defaultValue = "10",
            descriptionKey = "DBTC_POLL_INTERVAL",
            description = "How long between two looks, default 10 [env: DBTC_POLL_INTERVAL].")
    Duration pollInterval = Duration.ofSeconds(10);

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "24h",
            descriptionKey = "DBTC_TIMEOUT",
            description =
                    "How long to wait altogether: 90, 90s, 15m, 24h; default 24h"
                            + " [env: DBTC_TIMEOUT].")
    Duration timeout = Duration.ofHours(24);
}
