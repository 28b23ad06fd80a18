package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

/// What the body of an error response says, cleaned for reading.
record ErrorBody(
        @Nullable String userMessage, @Nullable String developerMessage, @Nullable String detail) {

    static final ErrorBody NONE = new ErrorBody(null, null, null);
}
