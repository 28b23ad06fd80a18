package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/// Where a pipeline stands in the order of its CI system.
public final class SequenceOptions {

    @Option(
            names = "--sequence",
            paramLabel = "N[.M]",
            converter = SequenceConverter.class,
            descriptionKey = "DBTC_SEQUENCE",
            description =
                    "This pipeline's number in its CI system and, behind a dot, its attempt: the"
                            + " greater one is the newer commit's. Default: whose run the platform"
                            + " received later; for ci run, what the environment tells"
                            + " [env: DBTC_SEQUENCE].")
    private @Nullable Sequence sequence;

    @Option(
            names = "--sequence-scope",
            paramLabel = "TEXT",
            descriptionKey = "DBTC_SEQUENCE_SCOPE",
            description =
                    "What --sequence counts within, such as github/OWNER/REPOSITORY/WORKFLOW;"
                            + " numbers of different scopes are not compared. Only a checksum of it"
                            + " is sent [env: DBTC_SEQUENCE_SCOPE].")
    private @Nullable String scope;

    /// Returns the sequence within its scope, null when none was given.
    ///
    /// @throws UsageException when there is a scope of nothing
    public @Nullable Sequence sequence() {
        String name = scope == null ? "" : scope.strip();
        if (name.isEmpty()) {
            return sequence;
        }
        if (sequence == null) {
            throw new UsageException(
                    "--sequence-scope (DBTC_SEQUENCE_SCOPE) says what --sequence counts within:"
                            + " give --sequence (DBTC_SEQUENCE) too, or neither");
        }
        return sequence.within(name);
    }
}
