package io.github.dbtc4j.sandbox.request;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The bodies of answers: the envelope, `{"detail": …}` and pages of HTML.
public final class Responses {

    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private Responses() {}

    /// 200 and one object.
    public static Response ok(@Nullable Object data) {
        return json(200, envelope(200, true, "Success!", data));
    }

    /// 201 and one object.
    public static Response created(@Nullable Object data) {
        return json(201, envelope(201, true, "Success!", data));
    }

    /// 200 and one object, as version 3 of the API answers.
    public static Response okV3(@Nullable Object data) {
        var body = envelope(200, true, "Success!", data);
        body.put("extra", Map.of());
        return json(200, body);
    }

    /// 200 and one page of a list.
    public static Response page(List<?> data, Map<String, ?> extra) {
        var body = envelope(200, true, "Success!", data);
        body.put("extra", extra);
        return json(200, body);
    }

    public static Response noContent() {
        return new Response(204, Map.of(), new byte[0]);
    }

    /// A file as it is, without an envelope.
    public static Response file(String type, String text) {
        return Response.of(200, Map.of("content-type", type), text);
    }

    /// 400 for a body or query that is not as it should be.
    ///
    /// @param problem a sentence, or sentences by the field they are about
    public static ApiErrorException invalid(Object problem) {
        return refusal(
                400,
                "The request was invalid. Please double check the provided data and try again.",
                problem);
    }

    /// 400 for what cannot be done now.
    public static ApiErrorException impossible(String message) {
        return refusal(400, message, null);
    }

    /// 404: it is not there, or not for this token.
    public static ApiErrorException notFound() {
        return refusal(
                404,
                "The requested resource was not found. Please check that you have the proper"
                        + " permissions.",
                null);
    }

    public static ApiErrorException invalidToken() {
        var body = envelope(401, false, "Invalid token.", null);
        status(body).put("developer_message", null);
        return new ApiErrorException(json(401, body));
    }

    public static ApiErrorException serverError() {
        return detail(
                500, "There was a server error. Please contact support at support@getdbt.com.");
    }

    public static ApiErrorException methodNotAllowed(String method) {
        return detail(405, "Method \"" + method + "\" not allowed.");
    }

    public static ApiErrorException detail(int code, String detail) {
        return new ApiErrorException(json(code, Map.of("detail", detail)));
    }

    public static ApiErrorException html(int code, String title) {
        return new ApiErrorException(
                Response.of(
                        code,
                        Map.of("content-type", "text/html; charset=utf-8"),
                        "<!DOCTYPE html>\n<html><head><title>%1$s</title></head><body><h1>%1$s</h1></body></html>\n"
                                .formatted(title)));
    }

    public static ApiErrorException redirect(String location) {
        return new ApiErrorException(
                new Response(
                        301,
                        Map.of("location", location, "content-type", "text/html; charset=utf-8"),
                        new byte[0]));
    }

    public static ApiErrorException refusal(int code, String message, @Nullable Object data) {
        var body = envelope(code, false, message, data);
        body.put("extra", Map.of());
        body.put("error_code", null);
        return new ApiErrorException(json(code, body));
    }

    private static Response json(int status, Map<String, ? extends @Nullable Object> body) {
        return new Response(status, JSON, Json.writeBytes(body));
    }

    private static Map<String, @Nullable Object> envelope(
            int code, boolean success, String message, @Nullable Object data) {
        var status = new LinkedHashMap<String, @Nullable Object>();
        status.put("code", code);
        status.put("is_success", success);
        status.put("user_message", message);
        status.put("developer_message", "");
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("status", status);
        body.put("data", data);
        return body;
    }

    @SuppressWarnings("unchecked") // made by envelope
    private static Map<String, @Nullable Object> status(Map<String, @Nullable Object> body) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(body.get("status"));
    }
}
