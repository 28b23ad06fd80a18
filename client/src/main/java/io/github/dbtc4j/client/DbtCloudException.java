package io.github.dbtc4j.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// A call to the platform that did not succeed. The message says what was tried, why it failed and
/// what to do next; the token is in none of it.
@SuppressWarnings("serial") // never serialised
public abstract sealed class DbtCloudException extends RuntimeException {

    private final transient Failure failure;

    private DbtCloudException(Failure failure) {
        super(failure.message(), failure.cause());
        this.failure = failure;
    }

    /// The method of the call, such as `POST`.
    public String method() {
        return failure.method();
    }

    /// The path of the call with its query, without the host.
    public String path() {
        return failure.path();
    }

    /// The HTTP status, or null when no response came back.
    public @Nullable Integer status() {
        return failure.status();
    }

    /// What the platform says to its users, or null. Control characters are removed.
    public @Nullable String userMessage() {
        return failure.error().userMessage();
    }

    /// What the platform says to developers, or null.
    public @Nullable String developerMessage() {
        return failure.error().developerMessage();
    }

    /// What exactly was wrong, such as `schedule.time.interval: required key not provided`, or
    /// null.
    public @Nullable String detail() {
        return failure.error().detail();
    }

    /// What the platform answered, as it came but for the token, when that is a JSON object; else
    /// null, as when no response came back or something between us and the platform answered.
    public @Nullable String json() {
        return failure.error().json();
    }

    /// Whether the platform may have acted on the request although the call failed: look before
    /// sending it again. Never true for a `GET`.
    public boolean ambiguous() {
        return failure.ambiguous();
    }

    /// The token was not accepted (401).
    public static final class Unauthorized extends DbtCloudException {
        Unauthorized(Failure failure) {
            super(failure);
        }
    }

    /// There is no such thing, or the token may not see it (404): the platform gives both the same
    /// answer.
    public static final class NotFound extends DbtCloudException {
        NotFound(Failure failure) {
            super(failure);
        }
    }

    /// The platform understood and refused: any other status below 500, a redirect among them, or a
    /// 200 that says it was no success. Sending the same again will not help.
    public static final class Rejected extends DbtCloudException {
        Rejected(Failure failure) {
            super(failure);
        }
    }

    /// Too many requests (429). The platform did not act on this one; the client stays quiet until
    /// the cooldown is over.
    public static final class RateLimited extends DbtCloudException {
        private final transient Duration retryAfter;

        RateLimited(Failure failure, Duration retryAfter) {
            super(failure);
            this.retryAfter = retryAfter;
        }

        /// How long the cooldown still lasts, never negative. A call made earlier waits for it.
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /// The platform failed (408, 5xx) or could not be reached.
    public static final class Unavailable extends DbtCloudException {
        Unavailable(Failure failure) {
            super(failure);
        }
    }

    /// The platform reported success in a way that could not be read.
    public static final class Unreadable extends DbtCloudException {
        Unreadable(Failure failure) {
            super(failure);
        }
    }

    /// The calling thread was interrupted while it waited. Its interrupt flag is set again.
    public static final class Interrupted extends DbtCloudException {
        Interrupted(Failure failure) {
            super(failure);
        }
    }
}
