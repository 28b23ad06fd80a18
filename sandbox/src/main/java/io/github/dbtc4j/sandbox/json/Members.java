package io.github.dbtc4j.sandbox.json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// A JSON object whose members stay in the order they are written, in every Java process alike.
public final class Members {

    private Members() {}

    /// Returns an object with these members, in this order.
    ///
    /// @param pairs names and values in turn
    public static Map<String, @Nullable Object> of(@Nullable Object... pairs) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return members;
    }
}
