package io.github.dbtc4j.githost.webhook;

import io.github.dbtc4j.githost.GitHostKind;
import io.github.dbtc4j.githost.webhook.Received.Reason;
import io.github.dbtc4j.http.json.Fields;
import io.github.dbtc4j.http.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// Receives the webhooks of one git host.
///
/// Who sent a delivery is checked over its raw bytes, before anything of it is read. Of the body
/// only the few members that are needed are kept.
public final class WebhookReceiver {

    private final HostWebhook host;
    private final List<WebhookSecret> secrets;

    /// @param secrets any of which will do, so that they can be changed one after the other
    /// @throws IllegalArgumentException when there is none
    public WebhookReceiver(GitHostKind kind, List<WebhookSecret> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException(
                    "webhooks need a secret: without one anyone could send them");
        }
        this.secrets = List.copyOf(secrets);
        host =
                switch (kind) {
                    case GITHUB -> new GithubWebhook();
                    case GITEA -> new GiteaWebhook();
                    case GITLAB -> new GitlabWebhook();
                    case BITBUCKET -> new BitbucketWebhook();
                    case AZURE_DEVOPS -> new AzureWebhook();
                };
    }

    /// Checks a delivery and reads which pull request it is about.
    ///
    /// @param now for signatures that end
    public Received receive(Delivery delivery, Instant now) {
        return switch (host.check(delivery, secrets, now)) {
            case UNSIGNED ->
                    new Received.Refused(
                            Reason.UNSIGNED,
                            "nothing shows who sent it: set the webhook's secret at the host");
            case WRONG ->
                    new Received.Refused(
                            Reason.WRONG_SIGNATURE,
                            "its signature is of another secret or too old: set the same secret"
                                    + " at the host and here");
            case AUTHENTIC -> read(delivery);
        };
    }

    private Received read(Delivery delivery) {
        try {
            return host.read(delivery, Fields.of("body", Json.readObject(delivery.body(), host)));
        } catch (IllegalArgumentException e) {
            return new Received.Refused(
                    Reason.UNREADABLE,
                    "it is authentic, but not what the host sends; is its content type JSON?");
        }
    }

    /// The body for storing: no secret is in it. Gitea before 1.17 puts the secret there.
    public String redacted(Delivery delivery) {
        String text = new String(delivery.body(), StandardCharsets.UTF_8);
        for (WebhookSecret secret : secrets) {
            text = secret.redact(text);
        }
        return text;
    }
}
