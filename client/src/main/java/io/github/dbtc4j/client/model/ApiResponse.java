package io.github.dbtc4j.client.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What the platform answered to one successful call.
///
/// @param data the part that was asked for
/// @param json the whole body, to the letter, for printing it unchanged; empty when the answer had
///   no body (204)
/// @param serverTime the platform's clock (`Date` header, whole seconds), or null when it sent none
public record ApiResponse<T extends @Nullable Object>(
        T data, String json, @Nullable Instant serverTime) {}
