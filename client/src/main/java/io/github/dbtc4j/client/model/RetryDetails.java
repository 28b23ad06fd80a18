package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// Where a failed run broke off.
///
/// @param failedStep the command that failed, or null when the platform names none
/// @param skippedSteps the commands after it, never run
/// @param fields everything the platform sent, in its order, unmodifiable
public record RetryDetails(
        @Nullable String failedStep,
        List<String> skippedSteps,
        Map<String, @Nullable Object> fields) {

    static RetryDetails of(Fields details) {
        return new RetryDetails(
                details.textOrNull("failed_step"), details.texts("skipped_steps"), details.all());
    }
}
