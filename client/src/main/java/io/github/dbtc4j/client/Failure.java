package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

/// What a [DbtCloudException] knows.
///
/// @param status the HTTP status, or null when no response came back
/// @param error what the response said
/// @param ambiguous whether the platform may have acted
record Failure(
        String method,
        String path,
        @Nullable Integer status,
        ErrorBody error,
        boolean ambiguous,
        String message,
        @Nullable Throwable cause) {}
