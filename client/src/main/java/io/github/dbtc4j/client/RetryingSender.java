package io.github.dbtc4j.client;

import io.github.dbtc4j.client.access.Host;
import io.github.dbtc4j.client.access.TokenKind;
import io.github.dbtc4j.http.Network;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.TooLargeException;
import io.github.dbtc4j.http.UnreachableException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.SSLHandshakeException;

/// Sends a call until it has a response that counts.
///
/// A read is repeated, for as long as `patience` allows, after 408, 429, 5xx and failures of the
/// transport, with growing pauses of random length. A write is repeated only when it was certainly
/// not received, and only briefly: what its caller saw before deciding on it gets old. A write that
/// is refused with 429 is not repeated for the same reason, though nothing came of it; its caller
/// looks again first.
final class RetryingSender {

    /// How long to try where nothing was received: for a write, and for a host that never answered
    /// yet and so is probably misspelt.
    static final Duration UNRECEIVED_PATIENCE = Duration.ofSeconds(10);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final Settings settings;
    private final SystemContext system;
    private final Duration patience;
    private final Map<String, String> headers;
    private final Map<String, String> headersWithBody;
    private final ErrorMapper failures;
    private final Cooldown cooldown;
    private volatile boolean reached;

    RetryingSender(Settings settings) {
        this.settings = settings;
        this.system = settings.system();
        this.patience = settings.patience();
        this.headers =
                Map.of(
                        "Authorization",
                        settings.token().authorization(),
                        "Accept",
                        "application/json, */*;q=0.5",
                        "User-Agent",
                        "dbtc4j");
        this.headersWithBody = new HashMap<>(headers);
        this.headersWithBody.put("Content-Type", "application/json");
        this.failures = new ErrorMapper(settings.host(), settings.token(), settings.network());
        this.cooldown = new Cooldown(system);
    }

    Host host() {
        return settings.host();
    }

    TokenKind tokenKind() {
        return settings.token().kind();
    }

    boolean isReadOnly() {
        return settings.readOnly();
    }

    Network network() {
        return settings.network();
    }

    void close() {
        settings.transport().close();
    }

    ErrorMapper failures() {
        return failures;
    }

    /// A response and how often the call was sent for it.
    record Outcome(Response response, int attempts) {}

    /// Sends `call`, with `body` as JSON unless it is null, and returns the last response, of any
    /// status.
    ///
    /// @throws DbtCloudException when there was no response
    /// @throws ReadOnlyException when the client only reads and `call` does more
    Outcome send(Call call, @Nullable String body) {
        if (settings.readOnly() && !call.isRead()) {
            throw new ReadOnlyException(settings.token().redact(call.toString()));
        }
        Request request = request(call, body);
        long start = system.nanoTime();
        for (int attempt = 1; ; attempt++) {
            awaitQuiet(call, start);
            Duration pause = pause(attempt);
            String reason;
            try {
                Response response = send(call, request);
                reached = true;
                if (response.status() == 429) {
                    cooldown.begin(response);
                }
                if (!call.isRead() || !isTransient(response.status())) {
                    return new Outcome(response, attempt);
                }
                pause = longer(pause, asked(response));
                if (!fits(pause, start, patience)) {
                    return new Outcome(response, attempt);
                }
                reason = "HTTP " + response.status();
            } catch (TooLargeException e) {
                throw failures.tooLarge(call, e);
            } catch (UnreachableException e) {
                throw failures.unreachable(call, e);
            } catch (IOException e) {
                boolean sent = !isCertainlyNotReceived(e);
                boolean repeatable = call.isRead() || !sent;
                boolean known = sent || (call.isRead() && reached);
                if (!repeatable || !fits(pause, start, known ? patience : brief())) {
                    throw failures.unavailable(call, e, attempt, sent);
                }
                reason = failures.reason(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failures.interrupted(call, true);
            }
            sleep(call, reason, pause);
        }
    }

    private Response send(Call call, Request request) throws IOException, InterruptedException {
        long began = system.nanoTime();
        try {
            Response response = settings.transport().send(request);
            tell(call, Integer.toString(response.status()), began);
            return response;
        } catch (IOException e) {
            tell(call, failures.reason(e), began);
            throw e;
        }
    }

    private void tell(Call call, String result, long began) {
        var took = Duration.ofNanos(system.nanoTime() - began);
        settings.exchanges().accept(new Exchange(call.method(), call.path(), result, took));
    }

    /// Waits before the repetition number `attempt` of a read whose answer could not be read.
    void pauseAfterUnreadable(Call call, int attempt) {
        sleep(call, "unreadable answer", pause(attempt));
    }

    /// How long the client still keeps quiet after a 429.
    Duration quiet() {
        return cooldown.remaining();
    }

    private Request request(Call call, @Nullable String body) {
        return new Request(
                call.method(),
                settings.host().at(call.path()),
                body == null ? headers : headersWithBody,
                body,
                settings.requestTimeout());
    }

    private void awaitQuiet(Call call, long start) {
        Duration quiet = cooldown.remaining();
        while (quiet.isPositive()) {
            if (!fits(quiet, start, patience)) {
                throw failures.quiet(call, quiet);
            }
            sleep(call, "rate limited", quiet);
            quiet = cooldown.remaining();
        }
    }

    private void sleep(Call call, String reason, Duration duration) {
        settings.listener().accept(new Wait(call.method(), call.path(), reason, duration));
        try {
            system.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(call, false);
        }
    }

    /// Full jitter: anything up to a bound that doubles each time, but never so short that time
    /// stands still.
    private Duration pause(int attempt) {
        Duration bound = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        Duration longest = bound.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : bound;
        return Jitter.between(SHORTEST_PAUSE, longest, system);
    }

    /// How long the platform wants to be left alone after `response`.
    private Duration asked(Response response) {
        if (response.status() == 429) {
            return cooldown.remaining();
        }
        Duration told = Cooldown.retryAfter(response, system.now());
        return told == null ? Duration.ZERO : told;
    }

    private boolean fits(Duration pause, long start, Duration limit) {
        long spent = system.nanoTime() - start;
        return pause.plusNanos(spent).compareTo(limit) <= 0;
    }

    private Duration brief() {
        return patience.compareTo(UNRECEIVED_PATIENCE) < 0 ? patience : UNRECEIVED_PATIENCE;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static boolean isTransient(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    private static boolean isCertainlyNotReceived(IOException e) {
        return e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof SSLHandshakeException;
    }
}
