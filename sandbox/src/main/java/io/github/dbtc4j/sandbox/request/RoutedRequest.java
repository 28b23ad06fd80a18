package io.github.dbtc4j.sandbox.request;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.option.Actor;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One request, read as far as every route needs it.
///
/// @param method after a redirect where one would have happened
/// @param path the segments after `/api/v2/accounts/1/`
public record RoutedRequest(
        Request request,
        String method,
        String version,
        List<String> path,
        QueryParameters query,
        Actor by) {

    public boolean isGet() {
        return method.equals("GET");
    }

    public boolean isPost() {
        return method.equals("POST");
    }

    public boolean isDelete() {
        return method.equals("DELETE");
    }

    /// The number in the path at `index`.
    ///
    /// @throws ApiErrorException 404 when it is not a number
    public long id(int index) {
        String text = path.get(index);
        if (!QueryParameters.isNumber(text)) {
            throw Responses.notFound();
        }
        return Long.parseLong(text);
    }

    /// Returns the body as an object, from any of the three accepted encodings; values of forms are
    /// texts.
    ///
    /// @throws ApiErrorException 400 when it cannot be read
    public Map<String, @Nullable Object> body() {
        String body = request.body();
        if (body == null || body.isBlank()) {
            return Map.of();
        }
        String type = header("content-type").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return Forms.urlEncoded(body);
        }
        if (type.startsWith("multipart/form-data")) {
            return Forms.multipart(body, header("content-type"));
        }
        try {
            if (Json.read(body) instanceof Map<?, ?>) {
                return Json.readObject(body);
            }
        } catch (IllegalArgumentException e) {
            throw Responses.detail(400, "JSON parse error - " + e.getMessage());
        }
        throw Responses.invalid(PythonText.of(Json.read(body)) + " is not of type 'object'");
    }

    String header(String name) {
        return header(request, name);
    }

    public static String header(Request request, String name) {
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return "";
    }
}
