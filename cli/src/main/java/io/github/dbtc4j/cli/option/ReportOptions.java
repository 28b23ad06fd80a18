package io.github.dbtc4j.cli.option;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/// Where to tell how a run ended, besides standard error. For every command that waits for a run.
public final class ReportOptions {

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            descriptionKey = "DBTC_JUNIT",
            description =
                    "Write a JUnit XML report: each model and test of the run"
                            + " [env: DBTC_JUNIT].")
    public @Nullable Path junit;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            descriptionKey = "DBTC_SUMMARY",
            description = "Write a summary in Markdown [env: DBTC_SUMMARY].")
    public @Nullable Path summary;

    @Option(
            names = "--dotenv",
            paramLabel = "FILE",
            descriptionKey = "DBTC_DOTENV",
            description =
                    "Write variables for later jobs: DBTC_RUN_ID, DBTC_RUN_URL, DBTC_STATUS, ..."
                            + " [env: DBTC_DOTENV].")
    public @Nullable Path dotenv;

    @Option(
            names = "--artifacts",
            paramLabel = "DIR",
            descriptionKey = "DBTC_ARTIFACTS",
            description =
                    "Download the run's artifacts, such as run_results.json and manifest.json, to"
                            + " this folder [env: DBTC_ARTIFACTS].")
    public @Nullable Path artifacts;

    @Option(
            names = "--ci-output",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            descriptionKey = "DBTC_CI_OUTPUT",
            description =
                    "In GitHub Actions write annotations, job summary and outputs; in Azure"
                            + " Pipelines issues, summary and output variables; in GitLab CI"
                            + " dbtc-junit.xml and dbtc.env. Default yes [env: DBTC_CI_OUTPUT].")
    public boolean ciOutput;
}
