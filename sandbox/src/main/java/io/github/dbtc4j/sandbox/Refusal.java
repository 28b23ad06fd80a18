package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.http.Response;

/// Ends the handling of a request with an answer other than success.
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Response response;

    Refusal(Response response) {
        super("HTTP " + response.status(), null, false, false);
        this.response = response;
    }

    Response response() {
        return response;
    }
}
