package io.github.dbtc4j.sandbox.request;

import io.github.dbtc4j.http.Response;

/// Ends the handling of a request with an answer other than success.
public final class ApiErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Response response;

    public ApiErrorException(Response response) {
        super("HTTP " + response.status(), null, false, false);
        this.response = response;
    }

    public Response response() {
        return response;
    }
}
