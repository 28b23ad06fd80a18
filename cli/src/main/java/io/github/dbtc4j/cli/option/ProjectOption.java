package io.github.dbtc4j.cli.option;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/// `--project-id`, to see less.
public final class ProjectOption {

    @Option(
            names = {"-p", "--project-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_PROJECT_ID",
            description = "Only this project's [env: DBT_CLOUD_PROJECT_ID].")
    public @Nullable Long id;
}
