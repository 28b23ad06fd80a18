package io.github.dbtc4j.githost;

import io.github.dbtc4j.http.Response;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How hosts say that there were too many requests.
final class RateLimit {

    private RateLimit() {}

    /// Whether `response` refuses because of that. GitHub also uses 403: with nothing remaining,
    /// with a wait, or in words (docs.github.com, "Rate limits for the REST API").
    static boolean refuses(Response response) {
        if (response.status() == 429) {
            return true;
        }
        boolean none = response.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
        return response.status() == 403
                && (none
                        || response.header("retry-after").isPresent()
                        || response.text().contains("secondary rate limit"));
    }

    /// How long to wait from `now` on: `Retry-After`, else the moment of the reset that GitHub
    /// sends as `X-RateLimit-Reset` and GitLab as `RateLimit-Reset` (docs.gitlab.com, "User and IP
    /// rate limits"). Null when neither is there.
    static @Nullable Duration wait(Response response, Instant now) {
        return response.header("retry-after")
                .flatMap(text -> retryAfter(text.strip(), now))
                .or(() ->
                        response.header("x-ratelimit-reset")
                                .or(() -> response.header("ratelimit-reset"))
                                .flatMap(RateLimit::seconds)
                                .map(seconds -> Duration.ofSeconds(seconds - now.getEpochSecond())))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .orElse(null);
    }

    private static Optional<Duration> retryAfter(String text, Instant now) {
        Optional<Duration> seconds = seconds(text).map(Duration::ofSeconds);
        if (seconds.isPresent()) {
            return seconds;
        }
        try {
            Instant moment =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(Duration.between(now, moment));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> seconds(String text) {
        return text.matches("\\d{1,12}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
