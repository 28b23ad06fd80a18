package io.github.dbtc4j.sandbox.webhook;

import io.github.dbtc4j.sandbox.json.InvalidFieldException;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a request wants a subscription to be.
record WebhookFields(
        String name,
        String description,
        List<String> eventTypes,
        List<Long> jobIds,
        URI target,
        boolean active) {

    /// The request schema's fields. Those the platform fills itself are allowed and ignored, so
    /// that what was read can be written back.
    private static final Set<String> KNOWN =
            Set.of(
                    "id",
                    "name",
                    "description",
                    "event_types",
                    "job_ids",
                    "client_url",
                    "active",
                    "http_status_code",
                    "dispatched_at",
                    "deactivate_reason",
                    "account_id",
                    "account_identifier");

    /// @throws InvalidFieldException when a field is unknown, missing or wrong
    static WebhookFields read(Map<String, ? extends @Nullable Object> json, WebhookSender sender) {
        for (String field : json.keySet()) {
            if (!KNOWN.contains(field)) {
                throw new InvalidFieldException(field, "no such field", "it");
            }
        }
        return new WebhookFields(
                text(json, "name"),
                json.get("description") == null ? "" : text(json, "description"),
                eventTypes(json.get("event_types")),
                jobIds(json.get("job_ids")),
                target(text(json, "client_url"), sender),
                active(json.get("active")));
    }

    private static String text(Map<String, ? extends @Nullable Object> json, String field) {
        if (json.get(field) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new InvalidFieldException(field, "a text that is not empty", json.get(field));
    }

    private static List<String> eventTypes(@Nullable Object found) {
        List<String> types = new ArrayList<>();
        if (found instanceof List<?> list) {
            for (Object type : list) {
                if (type instanceof String name && WebhookEvent.NAMES.contains(name)) {
                    types.add(name);
                } else {
                    throw new InvalidFieldException("event_types", "" + WebhookEvent.NAMES, type);
                }
            }
        }
        if (types.isEmpty()) {
            throw new InvalidFieldException(
                    "event_types", "at least one of " + WebhookEvent.NAMES, found);
        }
        return List.copyOf(types);
    }

    private static List<Long> jobIds(@Nullable Object found) {
        List<Long> ids = new ArrayList<>();
        switch (found) {
            case null -> {}
            case List<?> list -> {
                for (Object id : list) {
                    if (!(id instanceof Long number)) {
                        throw new InvalidFieldException("job_ids", "whole numbers", id);
                    }
                    ids.add(number);
                }
            }
            default -> throw new InvalidFieldException("job_ids", "a list of whole numbers", found);
        }
        return List.copyOf(ids);
    }

    private static URI target(String text, WebhookSender sender) {
        try {
            URI target = URI.create(text);
            sender.check(target);
            return target;
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(
                    "client_url", "an address to deliver to", e.getMessage());
        }
    }

    private static boolean active(@Nullable Object found) {
        if (found instanceof Boolean active) {
            return active;
        }
        throw new InvalidFieldException("active", "true or false", found);
    }
}
