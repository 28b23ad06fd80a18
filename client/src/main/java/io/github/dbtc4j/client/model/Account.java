package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// An account: the owner of projects, jobs and run slots.
///
/// @param runSlots how many runs may be in progress at once, or null when the platform did not say,
///   which is not the same as 0. A number beyond 32 bits reads as [Integer#MAX_VALUE]: how
///   "unlimited" is sent is not documented
/// @param queueLimit how many runs may be queued at once, or null
/// @param runDurationLimitSeconds after how long every run is cancelled, in seconds, or null
/// @param subdomain what the account's own host begins with, such as `ab123`, or null
///   (`static_subdomain`)
/// @param plan such as `starter_2025` or `enterprise`, or null
/// @param fields everything the platform sent, in its order, unmodifiable
public record Account(
        long id,
        @Nullable String name,
        @Nullable String plan,
        @Nullable String subdomain,
        @Nullable Integer runSlots,
        @Nullable Integer queueLimit,
        @Nullable Integer runDurationLimitSeconds,
        boolean locked,
        Map<String, @Nullable Object> fields) {

    /// Reads the object the platform sends for an account.
    ///
    /// @throws IllegalArgumentException when `fields` has no id or a field has the wrong type
    public static Account of(Map<String, @Nullable Object> fields) {
        return of(Fields.of("account", fields));
    }

    static Account of(Fields account) {
        Long runSlots = account.numberOrNull("run_slots");
        return new Account(
                account.number("id"),
                account.textOrNull("name"),
                account.textOrNull("plan"),
                account.textOrNull("static_subdomain"),
                runSlots == null ? null : (int) Math.min(runSlots, Integer.MAX_VALUE),
                account.intOrNull("queue_limit"),
                account.intOrNull("run_duration_limit_seconds"),
                account.flag("locked"),
                account.all());
    }
}
