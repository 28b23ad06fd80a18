package io.github.dbtc4j.client;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.VirtualTime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// A platform that plays answers in the order they were written down, and keeps what it was sent.
public final class Script implements Transport {

    private final Deque<Transport> scenes = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    Script then(Transport scene) {
        scenes.add(scene);
        return this;
    }

    public Script answers(int status, String body) {
        return then(request -> Response.of(status, Map.of(), body));
    }

    Script answers(int status, Map<String, String> headers, String body) {
        return then(request -> Response.of(status, headers, body));
    }

    Script answers(int times, int status, String body) {
        for (int i = 0; i < times; i++) {
            answers(status, body);
        }
        return this;
    }

    Script fails(IOException failure) {
        return then(request -> {
            throw failure;
        });
    }

    List<Request> requests() {
        return requests;
    }

    Request onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request: " + requests);
        }
        return requests.getFirst();
    }

    boolean isOver() {
        return scenes.isEmpty();
    }

    @Override
    public Response send(Request request) throws IOException, InterruptedException {
        requests.add(request);
        if (scenes.isEmpty()) {
            throw new AssertionError("nothing is written for " + request);
        }
        return scenes.remove().send(request);
    }

    /// A client of this script in the given time.
    public DbtCloudClient client(VirtualTime time) {
        return new DbtCloudClient(options(time));
    }

    ClientOptions options(VirtualTime time) {
        return ClientOptions.defaults()
                .host("ab123.us1.dbt.com")
                .token("dbtc_canary")
                .transport(this)
                .system(time);
    }

    /// A recorded answer, see README.md beside it.
    public static String recorded(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no recorded answer " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
