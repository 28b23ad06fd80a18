package io.github.dbtc4j.client;

import io.github.dbtc4j.client.model.Timestamps;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Blocks requests after a 429 until the rate limit resets. All threads of a client share it.
///
/// The platform's limit holds for the whole account and is followed by five minutes in which every
/// request is rejected; whether requests made meanwhile prolong them is not documented
/// (docs.getdbt.com, "API rate limits"). So after one 429 nothing is sent until it is over.
final class Cooldown {

    private static final Duration UNTOLD = Duration.ofMinutes(5);

    private final SystemContext system;
    private @Nullable Long endNanos;

    Cooldown(SystemContext system) {
        this.system = system;
    }

    /// Begins, or prolongs, the cooldown.
    void begin(Response refusal) {
        Duration told = retryAfter(refusal, system.now());
        Duration wait = told == null ? UNTOLD : told;
        // a little more, differently in every process, so that they do not all come back at once
        Duration spread = Jitter.between(Duration.ZERO, wait.dividedBy(20), system);
        long end = system.nanoTime() + wait.plus(spread).toNanos();
        synchronized (this) {
            if (endNanos == null || end - endNanos > 0) {
                endNanos = end;
            }
        }
    }

    /// Returns how long the cooldown still lasts; zero when there is none.
    synchronized Duration remaining() {
        if (endNanos == null) {
            return Duration.ZERO;
        }
        long nanos = endNanos - system.nanoTime();
        if (nanos <= 0) {
            endNanos = null;
            return Duration.ZERO;
        }
        return Duration.ofNanos(nanos);
    }

    /// How long `response` asks to wait, never negative and at most a day, or null when it does not
    /// say. A date is measured against the response's own `Date`, else against `now`.
    static @Nullable Duration retryAfter(Response response, Instant now) {
        String text = response.header("retry-after").map(String::strip).orElse("");
        if (text.matches("\\d{1,9}")) {
            return atMostADay(Duration.ofSeconds(Long.parseLong(text)));
        }
        Instant until = Timestamps.readHttp(text);
        if (until == null) {
            return null;
        }
        Instant sent = response.header("date").map(Timestamps::readHttp).orElse(null);
        Duration wait = Duration.between(sent == null ? now : sent, until);
        return wait.isNegative() ? Duration.ZERO : atMostADay(wait);
    }

    private static Duration atMostADay(Duration wait) {
        Duration day = Duration.ofDays(1);
        return wait.compareTo(day) > 0 ? day : wait;
    }
}
