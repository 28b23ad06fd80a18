package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.pipeline.detection.PullRequestSchema;
import io.github.dbtc4j.pipeline.report.SchemaDrop;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Map;

/// Which schemas of a pull request are dropped, and how.
public final class DropOptions {

    @Option(
            names = "--drop-schemas",
            negatable = true,
            fallbackValue = "true",
            descriptionKey = "DBTC_DROP_SCHEMAS",
            description =
                    "Drop the schemas whether or not the pull request had a run; default: if it had"
                            + " one, as far as the platform still lists it"
                            + " [env: DBTC_DROP_SCHEMAS].")
    private @Nullable Boolean wanted;

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
            converter = IdConverter.class,
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

    @Option(
            names = "--force",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_DROP_FORCE",
            description =
                    "Drop --schema-override even if its name does not say that it is this pull"
                            + " request's [env: DBTC_DROP_FORCE].")
    private boolean force;

    /// What is to be dropped, null for nothing.
    ///
    /// @throws UsageException when a name cannot be used
    public @Nullable SchemaDrop schemaDrop(long base, PullRequest pullRequest) {
        if (Boolean.FALSE.equals(wanted)) {
            return null;
        }
        String said = schema.override;
        if (said != null && !force && !PullRequestSchema.isOf(said, new JobId(base), pullRequest)) {
            throw new UsageException(
                    "--schema-override: '%s' does not look like the schema of %s alone: such a name ends"
                                    .formatted(PlainText.of(said), pullRequest.label())
                            + " with _%d_%2$d, pr_%2$d or mr_%2$d. Nothing was changed. Name that"
                                    .formatted(base, pullRequest.number())
                            + " schema, drop none with --no-drop-schemas, or drop this one with"
                            + " --force.");
        }
        try {
            return new SchemaDrop(
                    macro,
                    said == null
                            ? PullRequestSchema.of(schema.prefix, new JobId(base), pullRequest)
                            : said);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--macro or --schema-override: " + e.getMessage());
        }
    }

    /// Whether they are dropped even of a pull request without a run.
    public boolean always() {
        return Boolean.TRUE.equals(wanted);
    }

    /// The job that runs the macro.
    public long jobId(long base) {
        return cleanupJob == null ? base : cleanupJob;
    }

    public Map<String, @Nullable Object> payload(
            SchemaDrop drop, long base, PullRequest pullRequest) {
        return drop.payload(
                "dbtc ci close: drop the schemas of " + pullRequest.label(),
                jobId(base) == base ? pullRequest : null,
                gitBranch);
    }
}
