package io.github.dbtc4j.sandbox.fault;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.json.Members;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The answers of a platform that is not well.
final class CorruptResponse {

    private CorruptResponse() {}

    static Response of(Fault.Status fault) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (fault.retryAfter() != null) {
            headers.put("retry-after", String.valueOf(fault.retryAfter().toSeconds()));
        }
        return switch (fault.body()) {
            case ENVELOPE -> json(fault.code(), headers, envelope(fault.code()));
            case DETAIL ->
                    json(
                            fault.code(),
                            headers,
                            Map.of(
                                    "detail",
                                    "There was a server error. Please contact support at"
                                            + " support@getdbt.com."));
            case HTML -> {
                headers.put("content-type", "text/html");
                yield Response.of(
                        fault.code(),
                        headers,
                        "<!DOCTYPE html>\n<html><head><title>Uh oh!</title></head><body>%d</body></html>\n"
                                .formatted(fault.code()));
            }
            case EMPTY -> Response.of(fault.code(), headers, "");
        };
    }

    /// The first `bytes` of the body, as a complete answer.
    static Response cut(Response whole, int bytes) {
        byte[] body = whole.body();
        return new Response(
                whole.status(), whole.headers(), Arrays.copyOf(body, Math.min(bytes, body.length)));
    }

    private static Map<String, @Nullable Object> envelope(int code) {
        return Members.of(
                "status",
                Members.of(
                        "code",
                        code,
                        "is_success",
                        code < 400,
                        "user_message",
                        code < 400 ? "Success!" : "A fault of the sandbox.",
                        "developer_message",
                        ""),
                "data",
                null);
    }

    private static Response json(
            int status, Map<String, String> headers, Map<String, ? extends @Nullable Object> body) {
        headers.put("content-type", "application/json");
        return Response.of(status, headers, Json.write(body));
    }
}
