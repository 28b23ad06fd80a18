package io.github.dbtc4j.githost.webhook;

import io.github.dbtc4j.http.json.Fields;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Azure DevOps (learn.microsoft.com/azure/devops/service-hooks, "Webhooks" and "Events"). It signs
/// nothing: the secret is the password of basic authentication, with any user.
final class AzureWebhook implements HostWebhook {

    private static final Set<String> EVENTS =
            Set.of("git.pullrequest.created", "git.pullrequest.updated", "git.pullrequest.merged");
    private static final Set<String> WANTED =
            Set.of(
                    "id",
                    "eventType",
                    "resource",
                    "resource/pullRequestId",
                    "resource/repository",
                    "resource/repository/name",
                    "resource/repository/project",
                    "resource/repository/project/name");

    @Override
    public Authenticity check(Delivery delivery, List<WebhookSecret> secrets, Instant now) {
        Optional<String> header = delivery.header("authorization");
        if (header.isEmpty()) {
            return Authenticity.UNSIGNED;
        }
        String password = password(header.get());
        return HostWebhook.any(secrets, secret -> secret.is(password));
    }

    /// The password of basic authentication; empty where there is none.
    private static String password(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "";
        }
        try {
            byte[] pair = Base64.getDecoder().decode(header.substring(6).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public boolean test(List<String> path) {
        return WANTED.contains(String.join("/", path));
    }

    @Override
    public Received read(Delivery delivery, Fields body) {
        String event = body.text("eventType");
        if (!EVENTS.contains(event)) {
            return new Received.Ignored("it is not about a pull request");
        }
        Fields resource = body.required("resource");
        Fields repository = resource.required("repository");
        return HostWebhook.hint(
                Optional.ofNullable(body.textOrNull("id")),
                event,
                repository.required("project").text("name") + "/" + repository.text("name"),
                resource.number("pullRequestId"),
                delivery.body());
    }
}
