package io.github.dbtc4j.githost.webhook;

import io.github.dbtc4j.http.json.Fields;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// GitLab (docs.gitlab.com, "Webhooks" and "Webhook events"): the secret itself in a header, or in
/// newer versions a signature after Standard Webhooks (gitlab-org/gitlab, merge request 230944).
final class GitlabWebhook implements HostWebhook {

    /// Standard Webhooks leave the tolerance to the receiver; their libraries take this.
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final Set<String> ACTIONS = Set.of("open", "update", "reopen", "close", "merge");

    @Override
    public Authenticity check(Delivery delivery, List<WebhookSecret> secrets, Instant now) {
        Optional<String> signatures = delivery.header("webhook-signature");
        if (signatures.isPresent()) {
            return signed(signatures.get(), delivery, secrets, now);
        }
        return delivery.header("x-gitlab-token")
                .map(token -> HostWebhook.any(secrets, secret -> secret.is(token)))
                .orElse(Authenticity.UNSIGNED);
    }

    private static Authenticity signed(
            String signatures, Delivery delivery, List<WebhookSecret> secrets, Instant now) {
        String time = delivery.header("webhook-timestamp").orElse("");
        if (!SECONDS.matcher(time).matches()) {
            return Authenticity.WRONG;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
        if (age.compareTo(TOLERANCE) > 0) {
            return Authenticity.WRONG;
        }
        String id = delivery.header("webhook-id").orElse("");
        var text = new ByteArrayOutputStream();
        text.writeBytes(HostWebhook.bytes(id + "." + time + "."));
        text.writeBytes(delivery.body());
        for (String signature : signatures.split(" ", 10)) {
            byte[] mac = decoded(signature);
            Authenticity one =
                    HostWebhook.any(
                            secrets, secret -> secret.signsByStandard(text.toByteArray(), mac));
            if (one == Authenticity.AUTHENTIC) {
                return one;
            }
        }
        return Authenticity.WRONG;
    }

    private static byte[] decoded(String signature) {
        try {
            return signature.startsWith("v1,")
                    ? Base64.getDecoder().decode(signature.substring(3))
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Override
    public boolean test(List<String> path) {
        return switch (path.getFirst()) {
            case "object_kind" -> true;
            case "project" -> path.size() == 1 || path.getLast().equals("path_with_namespace");
            case "object_attributes" ->
                    path.size() == 1
                            || (path.size() == 2
                                    && Set.of("iid", "action").contains(path.getLast()));
            default -> false;
        };
    }

    @Override
    public Received read(Delivery delivery, Fields body) {
        if (!"merge_request".equals(body.textOrNull("object_kind"))) {
            return new Received.Ignored("it is not about a merge request");
        }
        Fields request = body.required("object_attributes");
        String action = request.textOrNull("action");
        if (action == null || !ACTIONS.contains(action)) {
            return new Received.Ignored("nothing that is built has changed");
        }
        return HostWebhook.hint(
                delivery.header("webhook-id")
                        .or(() -> delivery.header("idempotency-key"))
                        .or(() -> delivery.header("x-gitlab-event-uuid")),
                "merge_request." + action,
                body.required("project").text("path_with_namespace"),
                request.number("iid"),
                delivery.body());
    }
}
