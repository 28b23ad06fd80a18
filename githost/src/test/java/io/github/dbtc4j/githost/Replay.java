package io.github.dbtc4j.githost;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A git host that gives the answers it was told, in that order and the last one again and again,
/// and keeps what it was sent. Of anything else it says that it is not there.
final class Replay implements Transport {

    /// What a test waits for when it wants a connection to break.
    private static final int BROKEN = 0;

    private final Map<String, Deque<Response>> answers = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();

    Replay on(String call, int status, Map<String, String> headers, String body) {
        answers.computeIfAbsent(call, key -> new ArrayDeque<>())
                .add(Response.of(status, headers, body));
        return this;
    }

    /// @param call method and path with its query, such as `GET /repos/a/b/pulls/1`
    Replay on(String call, int status, String body) {
        return on(call, status, Map.of(), body);
    }

    Replay breaks(String call) {
        return on(call, BROKEN, "");
    }

    @Override
    public synchronized Response send(Request request) throws IOException {
        requests.add(request);
        Deque<Response> queue = answers.getOrDefault(call(request), new ArrayDeque<>());
        if (queue.isEmpty()) {
            return Response.of(404, Map.of(), "{\"message\": \"Not Found\"}");
        }
        Response answer = queue.size() == 1 ? queue.element() : queue.remove();
        if (answer.status() == BROKEN) {
            throw new IOException("the connection broke");
        }
        return answer;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /// The calls that were made.
    List<String> calls() {
        return requests().stream().map(Replay::call).toList();
    }

    /// The bodies of what changes something, read.
    List<Map<String, @Nullable Object>> bodies() {
        return requests().stream()
                .filter(request -> request.body() != null)
                .map(request -> Json.readObject(Objects.requireNonNull(request.body())))
                .toList();
    }

    private static String call(Request request) {
        String query = request.uri().getRawQuery();
        return request.method()
                + " "
                + request.uri().getRawPath()
                + (query == null ? "" : "?" + query);
    }
}
