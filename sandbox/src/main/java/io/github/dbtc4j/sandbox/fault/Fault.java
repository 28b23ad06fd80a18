package io.github.dbtc4j.sandbox.fault;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.sandbox.json.InvalidFieldException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// One thing that goes wrong between a client and the platform: which requests it meets, how often,
/// and what happens then.
///
/// The same fault in JSON, as `POST /sandbox/faults` takes it and [#parse] reads it:
///
/// ```json
/// {"endpoint": "trigger", "kind": "status", "status": 502, "body": "html",
///  "strikes": "after", "delay_seconds": 3, "count": 2}
/// ```
///
/// | field | meaning |
/// |---|---|
/// | `endpoint` | a name of [Endpoint] in lower case; without it any call |
/// | `method` | an HTTP method; without it any |
/// | `path` | a regular expression found anywhere in the path; without it any |
/// | `kind` | `status`, `reset`, `truncate`, `delay` or `lag`: see [Kind]; required |
/// | `status`, `body`, `retry_after` | of `status`: the code (required), `envelope` (default), `html`, `detail` or `empty`, and a `Retry-After` header in seconds |
/// | `bytes` | of `truncate`: how much of the body is kept (required); of `reset`: how much of it is sent first |
/// | `lag_seconds` | of `lag` (required) |
/// | `strikes` | `before` (default), `after` or `late`: see [Strikes] |
/// | `late_seconds` | of `late`: when the effect happens, counted from the moment the answer is due |
/// | `delay_seconds` | how long the answer takes; of `delay` required |
/// | `count` | the next N matching requests; without it all |
/// | `probability` | of striking, 0 to 1, drawn with the sandbox's seed; without it 1 |
///
/// Seconds are platform seconds: at speed 60 a delay of 60 takes one second of the client's time.
///
/// @param endpoint the call it meets, or null for any
/// @param method the HTTP method it meets, or null for any
/// @param path found anywhere in the request's path, or null for any
/// @param kind what goes wrong
/// @param strikes whether the request takes effect although it seems to fail
/// @param late with [Strikes#LATE], how long after the answer was due the effect happens
/// @param delay how long the answer takes
/// @param count how many more matching requests it strikes, or null for all of them
/// @param probability of striking a matching request, over 0 and at most 1
public record Fault(
        @Nullable Endpoint endpoint,
        @Nullable String method,
        @Nullable Pattern path,
        Kind kind,
        Strikes strikes,
        Duration late,
        Duration delay,
        @Nullable Integer count,
        double probability) {

    /// What goes wrong.
    public sealed interface Kind {}

    /// Another answer than the platform's.
    ///
    /// @param code the HTTP status, 200 to 599
    /// @param retryAfter sent as `Retry-After`, or null for no such header
    public record Status(int code, Body body, @Nullable Duration retryAfter) implements Kind {
        public Status {
            if (code < 200 || code > 599) {
                throw new InvalidFieldException("status", "200 to 599", code);
            }
        }
    }

    /// The connection is closed. In process: an [java.io.IOException].
    ///
    /// @param afterBytes how much of the platform's body is sent first, or null for no answer at
    ///   all. A client cannot tell which from the exception
    public record Reset(@Nullable Integer afterBytes) implements Kind {
        public Reset {
            if (afterBytes != null && afterBytes < 0) {
                throw new InvalidFieldException("bytes", "at least 0", afterBytes);
            }
        }
    }

    /// A complete answer whose body ends too early.
    public record Truncate(int bytes) implements Kind {
        public Truncate {
            if (bytes < 0) {
                throw new InvalidFieldException("bytes", "at least 0", bytes);
            }
        }
    }

    /// The right answer, only slow: [Fault#delay]. In process, a delay beyond the request's timeout
    /// is an [java.net.SocketTimeoutException].
    public record Delay() implements Kind {}

    /// List answers that do not show yet what was created within the last [#lag]. Meets list calls
    /// only.
    public record Lag(Duration lag) implements Kind {}

    /// The three families of error bodies seen from the platform, and none.
    public enum Body {
        ENVELOPE,
        HTML,
        DETAIL,
        EMPTY
    }

    /// When the fault strikes, seen from the request's effect.
    public enum Strikes {
        /// Nothing was done. With [Delay]: it is done when the delay is over.
        BEFORE,
        /// It was done at once, only the answer suffers.
        AFTER,
        /// It is done later, when the client has its error already.
        LATE
    }

    public Fault {
        if (madeOfTheAnswer(kind)) {
            strikes = Strikes.AFTER;
        }
        if (count != null && count < 1) {
            throw new InvalidFieldException("count", "a whole number of at least 1", count);
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new InvalidFieldException(
                    "probability", "a number over 0 and at most 1", probability);
        }
        if (delay.isNegative()) {
            throw new InvalidFieldException("delay_seconds", "at least 0", delay);
        }
        if (late.isNegative()) {
            throw new InvalidFieldException("late_seconds", "at least 0", late);
        }
        if (kind instanceof Delay && strikes == Strikes.LATE) {
            throw new InvalidFieldException(
                    "strikes", "before or after with the kind delay", "late");
        }
    }

    /// A fault of any call, that strikes every time, before the effect and at once.
    public static Fault of(Kind kind) {
        return new Fault(
                null, null, null, kind, Strikes.BEFORE, Duration.ZERO, Duration.ZERO, null, 1);
    }

    /// Reads the JSON form described above.
    ///
    /// @throws IllegalArgumentException when a field is unknown, missing or out of range; the
    ///   message names it and what was expected
    public static Fault parse(Map<String, ? extends @Nullable Object> json) {
        return FaultJson.read(json);
    }

    public Fault on(Endpoint endpoint) {
        return new Fault(endpoint, method, path, kind, strikes, late, delay, count, probability);
    }

    public Fault at(Pattern path) {
        return new Fault(endpoint, method, path, kind, strikes, late, delay, count, probability);
    }

    public Fault after() {
        return new Fault(
                endpoint, method, path, kind, Strikes.AFTER, late, delay, count, probability);
    }

    public Fault late(Duration late) {
        return new Fault(
                endpoint, method, path, kind, Strikes.LATE, late, delay, count, probability);
    }

    public Fault delayed(Duration delay) {
        return new Fault(endpoint, method, path, kind, strikes, late, delay, count, probability);
    }

    public Fault times(int count) {
        return new Fault(endpoint, method, path, kind, strikes, late, delay, count, probability);
    }

    public Fault probability(double probability) {
        return new Fault(endpoint, method, path, kind, strikes, late, delay, count, probability);
    }

    boolean meets(Request request) {
        String path = request.uri().getPath();
        return (endpoint == null || endpoint.covers(request.method(), path))
                && (method == null || method.equals(request.method()))
                && (this.path == null || this.path.matcher(path).find())
                && (!(kind instanceof Lag) || listing(request.method(), path));
    }

    /// Half an answer and an old list are made of the platform's own answer: the effect comes
    /// first.
    static boolean madeOfTheAnswer(Kind kind) {
        return switch (kind) {
            case Truncate _, Lag _ -> true;
            case Reset(Integer bytes) -> bytes != null;
            case Status _, Delay _ -> false;
        };
    }

    private static boolean listing(String method, String path) {
        return Endpoint.LIST_JOBS.covers(method, path) || Endpoint.LIST_RUNS.covers(method, path);
    }
}
