package io.github.dbtc4j.githost.webhook;

import io.github.dbtc4j.http.json.Fields;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Bitbucket Cloud (support.atlassian.com/bitbucket-cloud, "Event payloads" and "Manage webhooks").
final class BitbucketWebhook implements HostWebhook {

    private static final Set<String> EVENTS =
            Set.of(
                    "pullrequest:created",
                    "pullrequest:updated",
                    "pullrequest:fulfilled",
                    "pullrequest:rejected");

    @Override
    public Authenticity check(Delivery delivery, List<WebhookSecret> secrets, Instant now) {
        return HostWebhook.hexadecimal(
                delivery.header("x-hub-signature"), "sha256=", delivery, secrets);
    }

    @Override
    public boolean test(List<String> path) {
        return switch (path.getFirst()) {
            case "pullrequest" ->
                    path.size() == 1 || (path.size() == 2 && path.getLast().equals("id"));
            case "repository" ->
                    path.size() == 1 || (path.size() == 2 && path.getLast().equals("full_name"));
            default -> false;
        };
    }

    @Override
    public Received read(Delivery delivery, Fields body) {
        String event = delivery.header("x-event-key").orElse("");
        if (!EVENTS.contains(event)) {
            return new Received.Ignored(
                    "it is not about a pull request, or nothing that is built has changed");
        }
        return HostWebhook.hint(
                delivery.header("x-request-uuid"),
                event,
                body.required("repository").text("full_name"),
                body.required("pullrequest").number("id"),
                delivery.body());
    }
}
