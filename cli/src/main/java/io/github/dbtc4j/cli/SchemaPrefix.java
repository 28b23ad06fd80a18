package io.github.dbtc4j.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what the name of a schema begins with.
final class SchemaPrefix implements ITypeConverter<String> {

    /// As in the platform's own names, by which clean-up macros find a schema.
    static final String DEFAULT = "dbt_cloud_pr";

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
