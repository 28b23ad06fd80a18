package io.github.dbtc4j.autoscaler.state;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The members of a JSON object that is being written, without those that say nothing.
final class Members {

    private final Map<String, Object> members = new LinkedHashMap<>();

    /// Adds a member, unless `value` is null, false or empty.
    Members put(String name, @Nullable Object value) {
        Object plain = plain(value);
        boolean isEmpty =
                plain == null
                        || plain.equals(false)
                        || (plain instanceof Collection<?> all && all.isEmpty());
        if (!isEmpty) {
            members.put(name, plain);
        }
        return this;
    }

    Map<String, Object> all() {
        return members;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case JobId(long id) -> id;
            case RunId(long id) -> id;
            case Instant time -> time.toString();
            case Enum<?> constant -> constant.name();
            case Collection<?> items -> items.stream().map(Members::plain).toList();
            case null, default -> value;
        };
    }
}
