package io.github.dbtc4j.githost.webhook;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// GitHub (docs.github.com, "Webhook events and payloads" and "Validating webhook deliveries").
final class GithubWebhook implements HostWebhook {

    private static final Set<String> ACTIONS =
            Set.of(
                    "opened",
                    "synchronize",
                    "reopened",
                    "ready_for_review",
                    "converted_to_draft",
                    "edited",
                    "closed");

    @Override
    public Authenticity check(Delivery delivery, List<WebhookSecret> secrets, Instant now) {
        return HostWebhook.hexadecimal(
                delivery.header("x-hub-signature-256"), "sha256=", delivery, secrets);
    }

    @Override
    public boolean test(List<String> path) {
        return switch (path.getFirst()) {
            case "action", "number" -> true;
            case "repository" -> path.size() == 1 || path.getLast().equals("full_name");
            default -> false;
        };
    }

    @Override
    public Received read(Delivery delivery, Fields body) {
        return read(
                delivery,
                body,
                delivery.header("x-github-event").orElse(""),
                delivery.header("x-github-delivery").orElse(null),
                ACTIONS);
    }

    /// What GitHub and Gitea have in common.
    static Received read(
            Delivery delivery,
            Fields body,
            String event,
            @Nullable String id,
            Set<String> actions) {
        if (!event.equals("pull_request")) {
            return new Received.Ignored("it is not about a pull request");
        }
        String action = body.text("action");
        if (!actions.contains(action)) {
            return new Received.Ignored("nothing that is built has changed");
        }
        return HostWebhook.hint(
                Optional.ofNullable(id),
                event + "." + action,
                body.required("repository").text("full_name"),
                body.number("number"),
                delivery.body());
    }
}
