package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.cli.option.CleanupOptions;
import io.github.dbtc4j.cli.option.CountConverter;
import io.github.dbtc4j.cli.option.EnumConverter;
import io.github.dbtc4j.cli.option.SequenceOptions;
import io.github.dbtc4j.cli.option.WaitOptions;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.planner.Concurrency;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.SharedSchema;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of autoscaling, with the original's names and defaults.
final class AutoscalingOptions {

    @Option(
            names = "--should-poll",
            negatable = true,
            fallbackValue = "true",
            descriptionKey = "DBTC_SHOULD_POLL",
            description =
                    "Wait until the run has ended, default no, but yes for ci run; a clone that is"
                            + " to be deleted is always waited for [env: DBTC_SHOULD_POLL].")
    private @Nullable Boolean shouldPoll;

    @Mixin WaitOptions wait = new WaitOptions();

    @Mixin CleanupOptions cleanup = new CleanupOptions();

    @Option(
            names = "--max-run-slots",
            paramLabel = "N",
            converter = CountConverter.class,
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
                    "How pull requests run concurrently: by the platform where it can and by clones"
                        + " elsewhere (auto, default), always by clones (clone), or never by clones"
                        + " (native) [env: DBTC_CONCURRENCY].")
    Concurrency concurrency = Concurrency.AUTO;

    @Option(
            names = "--lanes",
            paramLabel = "base-first|dedicated",
            converter = EnumConverter.OfLanes.class,
            completionCandidates = EnumConverter.OfLanes.class,
            defaultValue = "base-first",
            descriptionKey = "DBTC_LANES",
            description =
                    "Where runs go: to the job while no other pull request is on it, else to a"
                            + " clone (base-first, default), or always to the pull request's own"
                            + " clone (dedicated) [env: DBTC_LANES].")
    LanePolicy lanes = LanePolicy.BASE_FIRST;

    @Option(
            names = "--shared-schema",
            paramLabel = "queue|allow",
            converter = EnumConverter.OfSharedSchema.class,
            completionCandidates = EnumConverter.OfSharedSchema.class,
            defaultValue = "queue",
            descriptionKey = "DBTC_SHARED_SCHEMA",
            description =
                    "While another pull request's run builds into the schema_override of the"
                            + " payload: wait for its end (queue, default), or run beside it and"
                            + " mix with it (allow) [env: DBTC_SHARED_SCHEMA].")
    SharedSchema sharedSchema = SharedSchema.QUEUE;

    @Option(
            names = "--allow-production-job",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_ALLOW_PRODUCTION_JOB",
            description =
                    "Take a job for a CI job although its environment is of type production, where"
                            + " pull requests would build; default no"
                            + " [env: DBTC_ALLOW_PRODUCTION_JOB].")
    boolean allowProductionJob;

    @Mixin SequenceOptions sequence = new SequenceOptions();

    /// With the original's default: not to wait.
    ///
    /// @throws UsageException when two options contradict each other
    Options toOptions() {
        return toOptions(false);
    }

    /// @param waits whether to wait unless the options say
    /// @throws UsageException when two options contradict each other
    Options toOptions(boolean waits) {
        if (lanes == LanePolicy.DEDICATED && maxRunSlots != null && maxRunSlots == 0) {
            throw new UsageException(
                    "--max-run-slots=0 never clones, which --lanes=dedicated always does; leave"
                            + " one of them out");
        }
        return Options.defaults()
                .shouldPoll(shouldPoll == null ? waits : shouldPoll)
                .polling(wait.polling())
                .cleanup(cleanup.cleanup())
                .cloneTtl(cleanup.ttl.time)
                .maxRunSlots(maxRunSlots)
                .concurrency(concurrency)
                .lanes(lanes)
                .sharedSchema(sharedSchema)
                .allowProductionJob(allowProductionJob)
                .sequence(sequence.sequence())
                .timeout(wait.timeout);
    }
}
