package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.planner.Cleanup;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

import java.util.Objects;

/// When to delete a clone.
public final class CleanupOptions {

    private static final String CLEANUP = "--cleanup";
    private static final String DELETE = "--delete-cloned-job";

    @Option(
            names = CLEANUP,
            paramLabel = "after-run|idle|never",
            converter = EnumConverter.OfCleanup.class,
            completionCandidates = EnumConverter.OfCleanup.class,
            descriptionKey = "DBTC_CLEANUP",
            description =
                    "When to delete clones: once their run has ended, which means waiting for that"
                        + " (after-run, default); once they have been idle for --clone-ttl, kept"
                        + " for later commits until then (idle); or not at all (never) [env:"
                        + " DBTC_CLEANUP].")
    private @Nullable Cleanup cleanup;

    @Option(
            names = DELETE,
            negatable = true,
            fallbackValue = "true",
            descriptionKey = "DBTC_DELETE_CLONED_JOB",
            description =
                    "The original dbtc's aliases for --cleanup=after-run and --cleanup=never"
                            + " [env: DBTC_DELETE_CLONED_JOB].")
    private @Nullable Boolean deleteClonedJob;

    @Mixin public final CloneTtlOption ttl = new CloneTtlOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// What both options come to. One among the arguments is stronger than the other's variable.
    ///
    /// @throws UsageException when they contradict each other
    public Cleanup cleanup() {
        Cleanup original =
                deleteClonedJob == null
                        ? null
                        : deleteClonedJob ? Cleanup.AFTER_RUN : Cleanup.NEVER;
        if (cleanup == null || original == null || cleanup == original) {
            return Objects.requireNonNullElse(
                    cleanup, Objects.requireNonNullElse(original, Cleanup.AFTER_RUN));
        }
        ParseResult given = command.commandLine().getParseResult();
        boolean here = given.hasMatchedOption(CLEANUP);
        if (here == given.hasMatchedOption(DELETE)) {
            throw new UsageException(
                    "%s=%s (DBTC_CLEANUP) contradicts %s (DBTC_DELETE_CLONED_JOB), which means %s=%s; give one of them"
                            .formatted(
                                    CLEANUP,
                                    EnumConverter.of(cleanup),
                                    original == Cleanup.NEVER ? "--no-delete-cloned-job" : DELETE,
                                    CLEANUP,
                                    EnumConverter.of(original)));
        }
        return here ? cleanup : original;
    }
}
