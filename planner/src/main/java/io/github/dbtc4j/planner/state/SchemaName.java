package io.github.dbtc4j.planner.state;

import java.util.Locale;
import java.util.regex.Pattern;

/// Names of schemas, as a warehouse may read them.
///
/// The platform takes any text. Adapters put it into SQL with or without quotes, so that `"s_81"`
/// and `S_81` with a blank behind it may both be the schema `s_81`.
final class SchemaName {

    private static final Pattern NO_PART_OF_A_NAME = Pattern.compile("[^\\p{L}\\p{N}_$.-]");

    private SchemaName() {}

    /// Whether both may be one schema: case, blanks, quotes and other signs do not part them.
    static boolean mayBeOne(String name, String other) {
        return plain(name).equals(plain(other));
    }

    private static String plain(String name) {
        return NO_PART_OF_A_NAME.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
