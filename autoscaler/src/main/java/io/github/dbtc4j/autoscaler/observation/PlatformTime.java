package io.github.dbtc4j.autoscaler.observation;

import io.github.dbtc4j.client.model.Run;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/// What time it is on the platform at least: a proxy may put a `Date` of its own before the
/// platform's, and a clock that is behind would make everybody wait for what has long happened.
///
/// What a run says has happened is past, and the machine's clock tells how long ago it was seen.
final class PlatformTime {

    /// A `Date` has whole seconds and may be made before the response is.
    private static final Duration DATE_TOLERANCE = Duration.ofSeconds(5);

    private @Nullable Instant past;
    private @Nullable Instant seenAt;

    /// Takes note of what `run`, as it was seen at `now`, says has happened.
    void saw(Run run, Instant now) {
        Stream.of(run.createdAt(), run.startedAt(), run.finishedAt())
                .filter(Objects::nonNull)
                .filter(moment -> past == null || moment.isAfter(least(now)))
                .max(Instant::compareTo)
                .ifPresent(moment -> {
                    past = moment;
                    seenAt = now;
                });
    }

    /// `told`, unless that is before what is certain.
    Instant at(Instant told, Instant now) {
        Instant least = least(now);
        return told.plus(DATE_TOLERANCE).isBefore(least) ? least : told;
    }

    private Instant least(Instant now) {
        Instant moment = past;
        Instant seen = seenAt;
        return moment == null || seen == null
                ? Instant.MIN
                : moment.plus(Duration.between(seen, now));
    }
}
