package io.github.dbtc4j.cli;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.Concurrency;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What can be chosen about autoscaling; the original's names and defaults.
final class AutoscalingOptions {

    @Option(
            names = "--should-poll",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_SHOULD_POLL",
            description =
                    "Wait until the run has ended, default no; a clone that is to be deleted is"
                            + " always waited for [env: DBTC_SHOULD_POLL].")
    boolean shouldPoll;

    @Mixin WaitOptions wait = new WaitOptions();

    @Option(
            names = "--delete-cloned-job",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            descriptionKey = "DBTC_DELETE_CLONED_JOB",
            description =
                    "Delete a clone once its run has ended, default yes"
                            + " [env: DBTC_DELETE_CLONED_JOB].")
    boolean deleteClonedJob;

    @Option(
            names = "--max-run-slots",
            paramLabel = "N",
            converter = Count.class,
            descriptionKey = "DBTC_MAX_RUN_SLOTS",
            description =
                    "How many runs of this job and its clones at once before one queues instead of"
                            + " being cloned; 0 never clones; default no limit but the account's"
                            + " [env: DBTC_MAX_RUN_SLOTS].")
    @Nullable Integer maxRunSlots;

    @Option(
            names = "--concurrency",
            paramLabel = "auto|clone|native",
            defaultValue = "AUTO",
            descriptionKey = "DBTC_CONCURRENCY",
            description =
                    "Who makes pull requests run side by side: the platform where it can and clones"
                            + " elsewhere (auto, default), always clones, or never clones (native)"
                            + " [env: DBTC_CONCURRENCY].")
    Concurrency concurrency = Concurrency.AUTO;

    Options toOptions() {
        return Options.defaults()
                .shouldPoll(shouldPoll)
                .pollInterval(wait.pollInterval)
                .cleanup(deleteClonedJob ? Cleanup.AFTER_RUN : Cleanup.NEVER)
                .maxRunSlots(maxRunSlots)
                .concurrency(concurrency)
                .timeout(wait.timeout);
    }
}
