package io.github.dbtc4j.sandbox.webhook;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.json.InvalidFieldException;
import io.github.dbtc4j.sandbox.json.Members;
import io.github.dbtc4j.sandbox.request.RequestHandler;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The subscriptions' part of API v3: the one part of it whose paths end without a slash.
final class WebhookRoutes implements RequestHandler {

    private static final Pattern PATH =
            Pattern.compile(
                    "/api/v3/accounts/\\d+/webhooks/"
                            + "(?:(subscriptions)|subscription/(\\w+)(/test|/events)?)");
    private static final Pattern NUMBER = Pattern.compile("(limit|offset)=(\\d{1,9})");

    private final Webhooks webhooks;
    private final long accountId;
    private final WebhookSender sender;

    WebhookRoutes(Webhooks webhooks, long accountId, WebhookSender sender) {
        this.webhooks = webhooks;
        this.accountId = accountId;
        this.sender = sender;
    }

    @Override
    public Optional<Response> handle(Request request, Instant now) {
        Matcher path = PATH.matcher(request.uri().getPath());
        if (!path.matches()) {
            return Optional.empty();
        }
        try {
            if (path.group(1) != null) {
                return Optional.of(all(request, now));
            }
            return Optional.of(
                    webhooks.find(path.group(2))
                            .map(webhook -> one(webhook, path.group(3), request, now))
                            .orElseGet(WebhookRoutes::notFound));
        } catch (InvalidFieldException e) {
            return Optional.of(invalid(Map.of(e.field, e.problem)));
        } catch (IllegalArgumentException e) {
            return Optional.of(invalid(e.getMessage()));
        }
    }

    private Response all(Request request, Instant now) {
        return switch (request.method()) {
            case "GET" ->
                    page(
                            webhooks.all().stream().map(hook -> hook.json(accountId)).toList(),
                            request);
            case "POST" -> {
                Webhook webhook = webhooks.create(fields(request), now);
                Map<String, @Nullable Object> json = webhook.json(accountId);
                json.put("hmac_secret", webhook.secret);
                yield ok(201, json);
            }
            default -> notAllowed(request);
        };
    }

    private Response one(Webhook webhook, @Nullable String part, Request request, Instant now) {
        return switch (request.method() + (part == null ? "" : part)) {
            case "GET" -> ok(200, webhook.json(accountId));
            case "PUT" -> {
                webhooks.change(webhook, fields(request), now);
                yield ok(200, webhook.json(accountId));
            }
            case "DELETE" -> {
                webhooks.delete(webhook);
                yield json(
                        200,
                        envelope(
                                Map.of("id", webhook.id),
                                Members.of("code", 200, "is_success", true)));
            }
            case "GET/test" ->
                    ok(200, Members.of("event_id", webhooks.queueTest(webhook, now).eventId));
            case "GET/events" ->
                    page(webhooks.deliveries(webhook).stream().map(this::event).toList(), request);
            default -> notAllowed(request);
        };
    }

    private WebhookFields fields(Request request) {
        String body = request.body();
        return WebhookFields.read(body == null ? Map.of() : Json.readObject(body), sender);
    }

    private Map<String, @Nullable Object> event(Webhooks.Delivery delivery) {
        return Members.of(
                "id",
                delivery.eventId,
                "subscription_id",
                delivery.webhook.id,
                "account_identifier",
                Webhooks.accountIdentifier(accountId),
                "job_id",
                String.valueOf(delivery.jobId),
                "trigger_event_type",
                delivery.event.wireName,
                "payload",
                delivery.payload,
                "http_status_code",
                String.valueOf(delivery.status),
                "account_id",
                String.valueOf(accountId));
    }

    private static Response page(List<Map<String, @Nullable Object>> all, Request request) {
        int limit = 10;
        int offset = 0;
        String query = request.uri().getQuery();
        Matcher numbers = NUMBER.matcher(query == null ? "" : query);
        while (numbers.find()) {
            int number = Integer.parseInt(numbers.group(2));
            if (numbers.group(1).equals("limit")) {
                limit = number;
            } else {
                offset = number;
            }
        }
        var data = all.stream().skip(offset).limit(limit).toList();
        Map<String, @Nullable Object> envelope = envelope(data, Members.of("code", 200));
        envelope.put(
                "extra",
                Members.of(
                        "pagination",
                        Members.of("total_count", all.size(), "count", data.size()),
                        "filters",
                        Members.of("limit", limit, "offset", offset)));
        return json(200, envelope);
    }

    private static Response ok(int status, Map<String, ? extends @Nullable Object> data) {
        return json(status, envelope(data, Members.of("code", status)));
    }

    private static Response notFound() {
        return json(
                404,
                envelope(
                        null,
                        Members.of(
                                "code",
                                404,
                                "is_success",
                                false,
                                "user_message",
                                "The requested resource was not found. Please check that you have"
                                        + " the proper permissions.",
                                "developer_message",
                                "")));
    }

    private static Response invalid(@Nullable Object problem) {
        return json(
                400,
                envelope(
                        problem,
                        Members.of(
                                "code",
                                400,
                                "is_success",
                                false,
                                "user_message",
                                "The request was invalid. Please double check the provided data"
                                        + " and try again.",
                                "developer_message",
                                "")));
    }

    private static Response notAllowed(Request request) {
        return json(405, Members.of("detail", "Method \"" + request.method() + "\" not allowed."));
    }

    private static Map<String, @Nullable Object> envelope(
            @Nullable Object data, Map<String, @Nullable Object> status) {
        return Members.of("data", data, "status", status);
    }

    private static Response json(int status, Map<String, ? extends @Nullable Object> body) {
        return Response.of(status, Map.of("content-type", "application/json"), Json.write(body));
    }
}
