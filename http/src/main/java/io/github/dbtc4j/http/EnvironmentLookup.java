package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;

/// Variables that programs know in lower and in upper case.
final class EnvironmentLookup {

    private EnvironmentLookup() {}

    /// The name under which `name` is set to more than white space, the lower case first; null for
    /// neither.
    static @Nullable String set(Map<String, String> environment, String name) {
        for (String each : new String[] {name, name.toUpperCase(Locale.ROOT)}) {
            if (!environment.getOrDefault(each, "").isBlank()) {
                return each;
            }
        }
        return null;
    }
}
