package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.Durations;
import io.github.dbtc4j.cli.terminal.UsageException;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;

/// Whether and how to wait for a run that is triggered, what to do when it fails, and where to tell
/// how it ended.
public final class FollowOptions {

    @Option(
            names = "--should-poll",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            descriptionKey = "DBTC_SHOULD_POLL",
            description = "Wait until the run has ended, default yes [env: DBTC_SHOULD_POLL].")
    public boolean shouldPoll;

    @Mixin public final WaitOptions wait = new WaitOptions();

    @Option(
            names = "--retries",
            paramLabel = "N",
            converter = CountConverter.class,
            defaultValue = "0",
            descriptionKey = "DBTC_RETRIES",
            description =
                    "How often a failed run is retried from the step it failed in, as long as the"
                            + " platform says that it can be; default 0 [env: DBTC_RETRIES].")
    public int retries;

    @Option(
            names = "--retry-delay",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "30s",
            descriptionKey = "DBTC_RETRY_DELAY",
            description =
                    "How long to wait before each retry, default 30s [env: DBTC_RETRY_DELAY].")
    public Duration retryDelay = Duration.ofSeconds(30);

    @Mixin public final ReportOptions report = new ReportOptions();

    /// Checks that the options agree.
    ///
    /// @throws UsageException when two options contradict each other
    public void check() {
        if (retries > 0 && !shouldPoll) {
            throw new UsageException(
                    "--retries waits for the run's end, which --no-should-poll (DBTC_SHOULD_POLL)"
                            + " does not; leave one of them out");
        }
    }
}
