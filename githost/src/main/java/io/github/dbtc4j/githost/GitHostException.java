package io.github.dbtc4j.githost;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// A request to a git host that did not succeed. The message says what was tried, why it failed and
/// what to do next; the token is in none of it.
@SuppressWarnings("serial") // never serialised
public final class GitHostException extends RuntimeException {

    /// Why a request did not succeed.
    public enum Reason {
        /// The token was not accepted.
        UNAUTHORIZED,
        /// The token lacks a permission, which the message names.
        FORBIDDEN,
        /// There is no such thing, or the token may not see it: hosts give both the same answer.
        NOT_FOUND,
        /// The host understood and refused. Sending the same again will not help.
        REFUSED,
        /// There were too many requests, and this one was not acted on.
        RATE_LIMITED,
        /// The host failed or could not be reached.
        UNAVAILABLE,
        /// The host reported success in a way that could not be read.
        UNREADABLE,
        /// The calling thread was interrupted while it waited. Its interrupt flag is set again.
        INTERRUPTED
    }

    private final Reason reason;
    private final transient @Nullable Integer status;
    private final transient @Nullable Duration retryAfter;

    GitHostException(
            Reason reason,
            String message,
            @Nullable Integer status,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /// Why the request did not succeed.
    public Reason reason() {
        return reason;
    }

    /// The HTTP status, or null when no response came back.
    public @Nullable Integer status() {
        return status;
    }

    /// How long the host wants to be left alone, never negative. Null where it does not say, and
    /// for other reasons than a rate limit.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
