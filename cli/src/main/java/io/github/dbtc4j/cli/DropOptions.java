package io.github.dbtc4j.cli;

import io.github.dbtc4j.pipeline.PullRequestSchema;
import io.github.dbtc4j.pipeline.SchemaDrop;
import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.PullRequest;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Map;

/// Which schemas of a pull request are dropped, and how.
final class DropOptions {

    @Option(
            names = "--drop-schemas",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            descriptionKey = "DBTC_DROP_SCHEMAS",
            description = "Drop the schemas, default yes [env: DBTC_DROP_SCHEMAS].")
    private boolean wanted;

    @Mixin private final SchemaOptions schema = new SchemaOptions();

    @Option(
            names = "--macro",
            paramLabel = "NAME",
            defaultValue = SchemaDrop.MACRO,
            descriptionKey = "DBTC_DROP_MACRO",
            description =
                    "The macro that drops them, given the schema; default "
                            + SchemaDrop.MACRO
                            + " [env: DBTC_DROP_MACRO].")
    private String macro = SchemaDrop.MACRO;

    @Option(
            names = "--cleanup-job-id",
            paramLabel = "ID",
            converter = Ids.class,
            descriptionKey = "DBTC_CLEANUP_JOB_ID",
            description =
                    "The job that runs the macro, if not the CI job itself: one whose credentials"
                            + " may drop schemas [env: DBTC_CLEANUP_JOB_ID].")
    private @Nullable Long cleanupJob;

    @Option(
            names = "--git-branch",
            paramLabel = "BRANCH",
            descriptionKey = "DBTC_DROP_GIT_BRANCH",
            description =
                    "The branch to take the macro from, if not the one of the job's environment"
                            + " [env: DBTC_DROP_GIT_BRANCH].")
    private @Nullable String gitBranch;

    /// What is to be dropped, null for nothing.
    ///
    /// @throws WrongUsage when a name cannot be used
    @Nullable SchemaDrop schemaDrop(long base, PullRequest pullRequest) {
        if (!wanted) {
            return null;
        }
        try {
            return new SchemaDrop(
                    macro,
                    schema.override == null
                            ? PullRequestSchema.of(schema.prefix, new JobId(base), pullRequest)
                            : schema.override);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("--macro or --schema-override: " + e.getMessage());
        }
    }

    /// The job that runs the macro.
    long jobId(long base) {
        return cleanupJob == null ? base : cleanupJob;
    }

    Map<String, @Nullable Object> payload(SchemaDrop drop, long base, PullRequest pullRequest) {
        return drop.payload(
                "dbtc ci close: drop the schemas of " + pullRequest.label(),
                jobId(base) == base ? pullRequest : null,
                gitBranch);
    }
}
