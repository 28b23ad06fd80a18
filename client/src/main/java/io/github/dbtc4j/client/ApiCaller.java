package io.github.dbtc4j.client;

import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.Envelope;
import io.github.dbtc4j.client.model.Timestamps;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.http.json.TooManyValuesException;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.Function;

/// Turns the platform's responses into answers or exceptions.
final class ApiCaller {

    /// How often a read is made in all whose answer cannot be read, as after a connection that
    /// broke in the middle of the text.
    private static final int READINGS = 3;

    /// The same for a host that was understood before: it is no wrong address, but has trouble.
    private static final int READINGS_IN_TROUBLE = 10;

    private final RetryingSender exchange;
    private volatile boolean understood;
    private final ErrorMapper failures;

    ApiCaller(RetryingSender exchange) {
        this.exchange = exchange;
        this.failures = exchange.failures();
    }

    /// Sends `call` without a body and reads its answer.
    <T extends @Nullable Object> ApiResponse<T> answer(Call call, Function<Envelope, T> read) {
        return answer(call, null, read);
    }

    /// Sends `call` and reads its answer.
    ///
    /// @param body sent as JSON, unless it is null
    /// @param read what to make of the envelope; empty when the response had no body. Its
    ///   [IllegalArgumentException] says why the envelope cannot be read
    <T extends @Nullable Object> ApiResponse<T> answer(
            Call call, @Nullable Object body, Function<Envelope, T> read) {
        String json = body == null ? null : Json.write(body);
        for (int reading = 1; ; reading++) {
            Response response = success(call, json);
            try {
                ApiResponse<T> answer = read(call, response, read);
                understood = true;
                return answer;
            } catch (TooManyValuesException e) {
                throw failures.tooLarge(call, response, e);
            } catch (IllegalArgumentException e) {
                if (!call.isRead() || reading >= (understood ? READINGS_IN_TROUBLE : READINGS)) {
                    throw failures.unreadable(call, response, e);
                }
                exchange.pauseAfterUnreadable(call, reading);
            }
        }
    }

    /// Sends `call` and returns its response when it is a success.
    Response success(Call call, @Nullable String body) {
        RetryingSender.Outcome outcome = exchange.send(call, body);
        Response response = outcome.response();
        if (response.status() < 200 || response.status() >= 300) {
            throw failures.of(call, response, outcome.attempts(), exchange.quiet());
        }
        return response;
    }

    private <T extends @Nullable Object> ApiResponse<T> read(
            Call call, Response response, Function<Envelope, T> read) {
        String json = response.text();
        Envelope envelope = new Envelope(json.isBlank() ? Map.of() : Json.readFrozen(json));
        if (envelope.isRefusal()) {
            throw failures.rejected(call, response);
        }
        return new ApiResponse<>(
                read.apply(envelope),
                json,
                response.header("date").map(Timestamps::readHttp).orElse(null));
    }
}
