package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.GitHostException.Reason;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.TooLargeException;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.json.Fields;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// Sends requests to a host and reads its answers.
///
/// A read is repeated twice after 408, 5xx and failures of the transport. Anything else is sent
/// once.
final class RestCaller {

    private static final int READINGS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

    /// Which failures say that a thing is not to be had with this token.
    private static final Set<Reason> NOT_TO_BE_HAD =
            Set.of(Reason.UNAUTHORIZED, Reason.FORBIDDEN, Reason.NOT_FOUND);

    /// Which repository, and what it takes to reach it.
    record Connection(
            GitHostKind kind,
            Repository repository,
            Credential credential,
            Transport transport,
            SystemContext system) {}

    private final Connection connection;
    private final Map<String, String> headers;
    private final HostFailures failures;

    /// @param extra headers that this host wants beside the usual ones
    RestCaller(Connection connection, Map<String, String> extra, Advice advice) {
        this.connection = connection;
        Map<String, String> all = new HashMap<>();
        all.put("Accept", "application/json");
        all.put("User-Agent", "dbtc4j");
        all.putAll(extra);
        all.putAll(connection.credential().headers());
        this.headers = Map.copyOf(all);
        this.failures =
                new HostFailures(connection.kind().label(), connection.credential(), advice);
    }

    /// Reads what is at `path`.
    ///
    /// @param read its [IllegalArgumentException] says why the answer cannot be read
    <T> T get(Purpose purpose, String path, Function<Reply, T> read) {
        return read(purpose, send(purpose, "GET", path, null, status -> false), read);
    }

    /// Reads what is at `path`, if this token may.
    <T> Optional<T> find(Purpose purpose, String path, Function<Reply, T> read) {
        try {
            return Optional.of(get(purpose, path, read));
        } catch (GitHostException e) {
            if (NOT_TO_BE_HAD.contains(e.reason())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Returns where below the API's address `path` is redirected to; `path` itself if it is not.
    String redirected(Purpose purpose, String path) {
        Response response = send(purpose, "GET", path, null, RestCaller::isRedirect);
        return isRedirect(response.status())
                ? read(
                        purpose,
                        response,
                        reply -> below(response.header("location").orElse("nowhere")))
                : path;
    }

    /// Returns the part of `address` behind the API's address: requests go nowhere else.
    ///
    /// @throws IllegalArgumentException when it is not below that address
    String below(String address) {
        String api = connection.repository().api() + "/";
        if (!address.startsWith(api)) {
            throw new IllegalArgumentException("it leads away from the API");
        }
        return URI.create(address).toString().substring(api.length() - 1);
    }

    /// Reads pages as long as the answers announce another one, or until there are `most`.
    ///
    /// @param path of a page, the first being 1
    <T> Listing<T> pages(
            Purpose purpose, IntFunction<String> path, Function<Fields, T> read, int most) {
        List<T> items = new ArrayList<>();
        for (int page = 1; page <= most; page++) {
            boolean next =
                    get(
                            purpose,
                            path.apply(page),
                            reply -> {
                                reply.list().forEach(item -> items.add(read.apply(item)));
                                return reply.hasNext();
                            });
            if (!next) {
                return new Listing<>(items, true);
            }
        }
        return new Listing<>(items, false);
    }

    /// Sends `body` as JSON.
    void write(Purpose purpose, String method, String path, Map<String, ?> body) {
        send(purpose, method, path, Json.write(body), status -> false);
    }

    /// Deletes what is at `path`.
    void delete(Purpose purpose, String path) {
        send(purpose, "DELETE", path, null, status -> false);
    }

    private <T> T read(Purpose purpose, Response response, Function<Reply, T> read) {
        try {
            return read.apply(new Reply(response));
        } catch (IllegalArgumentException e) {
            throw failures.unreadable(purpose, response, e);
        }
    }

    /// @param also which statuses are answers besides those of success
    private Response send(
            Purpose purpose, String method, String path, @Nullable String body, IntPredicate also) {
        Request request = request(method, path, body);
        int attempts = method.equals("GET") ? READINGS : 1;
        for (int attempt = 1; ; attempt++) {
            try {
                Response response = connection.transport().send(request);
                if (isSuccess(response.status()) || also.test(response.status())) {
                    return response;
                }
                if (attempt == attempts || !isTransient(response.status())) {
                    throw failures.of(purpose, response, connection.system().now());
                }
            } catch (TooLargeException e) {
                throw failures.unavailable(purpose, request, e);
            } catch (IOException e) {
                if (attempt == attempts) {
                    throw failures.unavailable(purpose, request, e);
                }
            } catch (InterruptedException e) {
                throw interrupted(purpose);
            }
            pause(purpose, attempt);
        }
    }

    private Request request(String method, String path, @Nullable String body) {
        Map<String, String> sent = new HashMap<>(headers);
        if (body != null) {
            sent.put("Content-Type", "application/json");
        }
        return new Request(method, connection.repository().at(path), sent, body, TIMEOUT);
    }

    /// Between the shortest pause and a bound that doubles each time.
    private void pause(Purpose purpose, int attempt) {
        SystemContext system = connection.system();
        double fraction = (system.random() >>> 11) * 0x1p-53;
        long most = Duration.ofMillis(500L << attempt).minus(SHORTEST_PAUSE).toNanos();
        try {
            system.sleep(SHORTEST_PAUSE.plusNanos((long) (most * fraction)));
        } catch (InterruptedException e) {
            throw interrupted(purpose);
        }
    }

    private GitHostException interrupted(Purpose purpose) {
        Thread.currentThread().interrupt();
        return failures.interrupted(purpose);
    }

    /// 203 comes with Azure's page for signing in, in place of an answer.
    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300 && status != 203;
    }

    private static boolean isRedirect(int status) {
        return status >= 300 && status < 400;
    }

    private static boolean isTransient(int status) {
        return status == 408 || status >= 500;
    }
}
