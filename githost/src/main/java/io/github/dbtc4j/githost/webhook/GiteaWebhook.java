package io.github.dbtc4j.githost.webhook;

import io.github.dbtc4j.http.json.Fields;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gitea and Forgejo. Signatures, events and the action `synchronized` are those of recorded
/// deliveries; newer versions send GitHub's header as well (docs.gitea.com, "Webhooks").
final class GiteaWebhook implements HostWebhook {

    private static final Set<String> ACTIONS =
            Set.of("opened", "synchronized", "synchronize", "reopened", "edited", "closed");

    private final GithubWebhook github = new GithubWebhook();

    @Override
    public Authenticity check(Delivery delivery, List<WebhookSecret> secrets, Instant now) {
        Optional<String> own =
                delivery.header("x-gitea-signature")
                        .or(() -> delivery.header("x-forgejo-signature"));
        return own.isPresent()
                ? HostWebhook.hexadecimal(own, "", delivery, secrets)
                : github.check(delivery, secrets, now);
    }

    @Override
    public boolean test(List<String> path) {
        return github.test(path);
    }

    @Override
    public Received read(Delivery delivery, Fields body) {
        return GithubWebhook.read(
                delivery,
                body,
                header(delivery, "event").orElse(""),
                header(delivery, "delivery").orElse(null),
                ACTIONS);
    }

    private static Optional<String> header(Delivery delivery, String name) {
        return delivery.header("x-gitea-" + name)
                .or(() -> delivery.header("x-forgejo-" + name))
                .or(() -> delivery.header("x-github-" + name));
    }
}
