package io.github.dbtc4j.cli.option;

import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.pipeline.detection.PullRequestSchema;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How the temporary schema of a pull request is called: the same where it is built and where it is
/// dropped.
public final class SchemaOptions {

    @Option(
            names = "--schema-override",
            paramLabel = "SCHEMA",
            descriptionKey = "DBTC_SCHEMA_OVERRIDE",
            description =
                    "The pull request's schema; default <--schema-prefix>_<job>_<pull request>"
                            + " [env: DBTC_SCHEMA_OVERRIDE].")
    public @Nullable String override;

    @Option(
            names = "--schema-prefix",
            paramLabel = "PREFIX",
            converter = Prefix.class,
            defaultValue = PullRequestSchema.PREFIX,
            descriptionKey = "DBTC_SCHEMA_PREFIX",
            description =
                    "What the schema's name begins with, default dbt_cloud_pr"
                            + " [env: DBTC_SCHEMA_PREFIX].")
    public String prefix = PullRequestSchema.PREFIX;

    /// Reads what the name of a schema begins with.
    static final class Prefix implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (!text.matches("[A-Za-z_][A-Za-z0-9_]{0,199}")) {
                throw new TypeConversionException(
                        "'%s' is not the beginning of a schema's name: letters, digits and _"
                                .formatted(PlainText.of(text)));
            }
            return text;
        }
    }
}
