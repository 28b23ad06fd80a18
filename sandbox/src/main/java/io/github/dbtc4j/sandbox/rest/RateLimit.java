package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.ApiErrorException;
import io.github.dbtc4j.sandbox.request.Responses;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// 5,000 requests a minute for the whole account; beyond that nothing is answered for five minutes
/// (documentation of rate limits).
final class RateLimit {

    private static final Duration COOLDOWN = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final World world;

    /// When each of the latest requests came, the oldest first.
    private final ArrayDeque<Instant> latest = new ArrayDeque<>();

    private Instant coolUntil = Instant.MIN;

    RateLimit(World world) {
        this.world = world;
    }

    /// @throws ApiErrorException 429 when there were too many
    void count() {
        Instant now = world.now();
        if (now.isBefore(coolUntil)) {
            if (world.switches.is(Assumption.TrafficInCooldown.PROLONGS)) {
                coolUntil = now.plus(COOLDOWN);
            }
            throw refusal(now);
        }
        if (latest.size() == world.options.requestsPerMinute()) {
            if (latest.getFirst().isAfter(now.minus(WINDOW))) {
                coolUntil = now.plus(COOLDOWN);
                throw refusal(now);
            }
            latest.removeFirst();
        }
        latest.addLast(now);
    }

    private ApiErrorException refusal(Instant now) {
        String message = "Too many requests. Please try again later.";
        Response plain =
                (switch (world.switches.get(Assumption.RateLimitBody.class)) {
                            case ENVELOPE -> Responses.refusal(429, message, null);
                            case DETAIL -> Responses.detail(429, message);
                            case HTML -> Responses.html(429, "Too Many Requests");
                        })
                        .response();
        if (world.switches.is(Assumption.RetryAfter.ABSENT)) {
            return new ApiErrorException(plain);
        }
        Map<String, String> headers = new HashMap<>(plain.headers());
        headers.put("retry-after", String.valueOf(Duration.between(now, coolUntil).toSeconds()));
        return new ApiErrorException(new Response(plain.status(), headers, plain.body()));
    }
}
