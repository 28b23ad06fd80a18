package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.observation.Polling;
import io.github.dbtc4j.cli.terminal.Durations;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Duration;

/// How to wait for a run.
public final class WaitOptions {

    @Option(
            names = "--poll-interval",
            paramLabel = "SECONDS",
            converter = Durations.class,
            descriptionKey = "DBTC_POLL_INTERVAL",
            description =
                    "Poll at this interval. Default: adapts to recent runs of the job, so that an"
                            + " end is noticed as soon as by polling every 10 seconds [env:"
                            + " DBTC_POLL_INTERVAL].")
    private @Nullable Duration pollInterval;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "24h",
            descriptionKey = "DBTC_TIMEOUT",
            description =
                    "How long to wait altogether: 90, 90s, 15m, 24h; default 24h. Then the run is"
                            + " cancelled, but that of a plain trigger continues"
                            + " [env: DBTC_TIMEOUT].")
    public Duration timeout = Duration.ofHours(24);

    public Polling polling() {
        return pollInterval == null
                ? Options.defaults().polling()
                : new Polling.Fixed(pollInterval);
    }
}
