package io.github.dbtc4j.cli.option;

import picocli.CommandLine.Option;

/// `--job-id`, where one job is meant.
public final class JobOption {

    @Option(
            names = {"-j", "--job-id"},
            required = true,
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_JOB_ID",
            description = "The job; required [env: DBT_CLOUD_JOB_ID].")
    public long id;
}
