package io.github.dbtc4j.githost.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.githost.GitHostKind;
import io.github.dbtc4j.githost.webhook.Received.Hint;
import io.github.dbtc4j.githost.webhook.Received.Ignored;
import io.github.dbtc4j.githost.webhook.Received.Reason;
import io.github.dbtc4j.githost.webhook.Received.Refused;
import io.github.dbtc4j.http.json.Fields;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Deliveries of each host: who sent them, and which pull request they are about.
class WebhookReceiverTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final String SECRET = "correct horse battery staple";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    pull_request-opened       | pull_request.opened       | 23a0252d-776c-487b-a19a-209b5f87af3c
                    pull_request-synchronized | pull_request.synchronized | 5ef3fb38-bf4f-46af-9beb-0b6d9f64fede
                    pull_request-closed       | pull_request.closed       | e107a1e7-f802-48bd-a437-d6e8c8a7591e
                    """)
    void readsWhatAGiteaSigned(String name, String event, String id) throws IOException {
        byte[] body = file("webhook/gitea/" + name + ".body.json");
        String repository = Fields.of("body", json(body)).required("repository").text("full_name");

        assertThat(gitea("s3cret").receive(recorded(name), NOW))
                .isEqualTo(new Hint(id, event, repository, 1));
    }

    @Test
    void ignoresItsOwnCommentsOnGitea() throws IOException {
        assertThat(gitea("s3cret").receive(recorded("issue_comment-created"), NOW))
                .isInstanceOf(Ignored.class);
    }

    @Test
    void refusesAChangedBodyAnotherSecretAndNoSignature() throws IOException {
        String name = "pull_request-opened";
        byte[] body = file("webhook/gitea/" + name + ".body.json");
        body[body.length / 2] ^= 1;

        assertThat(reason(gitea("s3cret").receive(new Delivery(headers(name), body), NOW)))
                .isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(reason(gitea("s3cre7").receive(recorded(name), NOW)))
                .isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(reason(gitea("s3cret").receive(new Delivery(Map.of(), body), NOW)))
                .isEqualTo(Reason.UNSIGNED);
    }

    /// While a secret is changed, both are in use.
    @Test
    void takesEitherOfTwoSecrets() throws IOException {
        var receiver =
                new WebhookReceiver(
                        GitHostKind.GITEA,
                        List.of(WebhookSecret.of(SECRET), WebhookSecret.recorded("s3cret")));

        assertThat(receiver.receive(recorded("pull_request-opened"), NOW)).isInstanceOf(Hint.class);
    }

    /// A Gitea 1.14 sends the secret in the body.
    @Test
    void storesNoSecret() throws IOException {
        Delivery delivery = recorded("pull_request-opened");

        assertThat(new String(delivery.body(), StandardCharsets.UTF_8)).contains("s3cret");
        assertThat(gitea("s3cret").redacted(delivery))
                .contains("\"secret\": \"[secret]\"")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "opened, true",
        "synchronize, true",
        "reopened, true",
        "ready_for_review, true",
        "converted_to_draft, true",
        "closed, true",
        "labeled, false",
    })
    void readsWhatGithubWasRecordedWith(String action, boolean matters) throws IOException {
        byte[] body = file("octokit/pull_request." + action + ".json");
        Fields json = Fields.of("body", json(body));
        Received received =
                receiver(GitHostKind.GITHUB)
                        .receive(
                                new Delivery(
                                        Map.of(
                                                "X-GitHub-Event",
                                                "pull_request",
                                                "X-GitHub-Delivery",
                                                "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                                                "X-Hub-Signature-256",
                                                "sha256=" + SecondHmac.hexadecimal(SECRET, body)),
                                        body),
                                NOW);

        if (matters) {
            assertThat(received)
                    .isEqualTo(
                            new Hint(
                                    "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                                    "pull_request." + action,
                                    "codertocat/hello-world",
                                    json.number("number")));
        } else {
            assertThat(received).isInstanceOf(Ignored.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"ping, ping", "issue_comment, issue_comment.created"})
    void ignoresOtherEventsOfGithub(String event, String file) throws IOException {
        byte[] body = file("octokit/" + file + ".json");
        Map<String, String> headers =
                Map.of(
                        "x-github-event",
                        event,
                        "x-hub-signature-256",
                        "sha256=" + SecondHmac.hexadecimal(SECRET, body));

        assertThat(receiver(GitHostKind.GITHUB).receive(new Delivery(headers, body), NOW))
                .isInstanceOf(Ignored.class);
    }

    /// docs.github.com, "Validating webhook deliveries"; support.atlassian.com/bitbucket-cloud,
    /// "Manage webhooks": text, secret and what they come to.
    @ParameterizedTest
    @CsvSource({
        "GITHUB, x-hub-signature-256, 'Hello, World!',"
                + " 757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "BITBUCKET, x-hub-signature, Hello World!,"
                + " a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
    })
    void computesTheSignaturesOfDocumentation(
            GitHostKind kind, String header, String text, String mac) {
        var receiver =
                new WebhookReceiver(kind, List.of(WebhookSecret.of("It's a Secret to Everybody")));
        byte[] body = text.getBytes(StandardCharsets.UTF_8);

        // authentic, but no JSON
        Received right =
                receiver.receive(
                        new Delivery(
                                Map.of(
                                        header,
                                        "sha256=" + mac,
                                        "x-event-key",
                                        "pullrequest:created"),
                                body),
                        NOW);
        Received wrong =
                receiver.receive(
                        new Delivery(Map.of(header, "sha256=" + "0".repeat(64)), body), NOW);

        assertThat(reason(right)).isEqualTo(Reason.UNREADABLE);
        assertThat(reason(wrong)).isEqualTo(Reason.WRONG_SIGNATURE);
    }

    @Test
    void readsGitlabsTokenAndRequest() throws IOException {
        byte[] body = file("webhook/gitlab-merge-request.json");
        Map<String, String> headers =
                Map.of(
                        "X-Gitlab-Token",
                        SECRET,
                        "X-Gitlab-Event-UUID",
                        "13792a34-cac6-4fda-95a8-c58e00a3954e");

        assertThat(receiver(GitHostKind.GITLAB).receive(new Delivery(headers, body), NOW))
                .isEqualTo(
                        new Hint(
                                "13792a34-cac6-4fda-95a8-c58e00a3954e",
                                "merge_request.open",
                                "gitlabhq/gitlab-test",
                                1));
        assertThat(
                        reason(
                                receiver(GitHostKind.GITLAB)
                                        .receive(
                                                new Delivery(Map.of("X-Gitlab-Token", "no"), body),
                                                NOW)))
                .isEqualTo(Reason.WRONG_SIGNATURE);
    }

    /// Secret, id, time, text and signature are those of the tests of standard-webhooks.
    @ParameterizedTest
    @CsvSource({
        "0, true, v1",
        "300, true, v1",
        "-300, true, v1",
        "301, false, v1",
        "-301, false, v1",
        "0, false, v2"
    })
    void takesAStandardSignatureForFiveMinutes(int seconds, boolean authentic, String version) {
        var receiver =
                new WebhookReceiver(
                        GitHostKind.GITLAB,
                        List.of(WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
        Map<String, String> headers =
                Map.of(
                        "webhook-id",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp",
                        "1614265330",
                        "webhook-signature",
                        "v1,AAAA " + version + ",g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        Received received =
                receiver.receive(
                        new Delivery(headers, body), Instant.ofEpochSecond(1614265330L + seconds));

        if (authentic) {
            assertThat(received).isInstanceOf(Ignored.class);
        } else {
            assertThat(reason(received)).isEqualTo(Reason.WRONG_SIGNATURE);
        }
    }

    @Test
    void readsBitbucketsAndAzuresDocumentedEvents() throws IOException {
        byte[] bitbucket = file("webhook/bitbucket-pullrequest-created.json");
        byte[] azure = file("webhook/azure-pullrequest-created.json");

        assertThat(
                        receiver(GitHostKind.BITBUCKET)
                                .receive(
                                        new Delivery(
                                                Map.of(
                                                        "X-Event-Key",
                                                        "pullrequest:created",
                                                        "X-Request-UUID",
                                                        "{9e1c-4}",
                                                        "X-Hub-Signature",
                                                        "sha256="
                                                                + SecondHmac.hexadecimal(
                                                                        SECRET, bitbucket)),
                                                bitbucket),
                                        NOW))
                .isEqualTo(new Hint("{9e1c-4}", "pullrequest:created", "team_name/repo_name", 1));
        assertThat(
                        receiver(GitHostKind.AZURE_DEVOPS)
                                .receive(new Delivery(basic("any", SECRET), azure), NOW))
                .isEqualTo(
                        new Hint(
                                "2ab4e3d3-b7a6-425e-92b1-5a9982c1269e",
                                "git.pullrequest.created",
                                "fabrikam/fabrikam",
                                1));
        assertThat(
                        reason(
                                receiver(GitHostKind.AZURE_DEVOPS)
                                        .receive(new Delivery(basic("any", "no"), azure), NOW)))
                .isEqualTo(Reason.WRONG_SIGNATURE);
    }

    /// Authentic, and yet not what a host sends: by a person who knows the secret, or a host that
    /// changed.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"action\": \"opened\"}",
                "{\"action\": \"opened\", \"number\": \"one\", \"repository\": {\"full_name\":"
                        + " \"a/b\"}}",
                "{\"action\": \"opened\", \"number\": -1, \"repository\": {\"full_name\":"
                        + " \"a/b\"}}",
                "{\"action\": \"opened\", \"number\": 1e400, \"repository\": {\"full_name\":"
                        + " \"a/b\"}}",
                "{\"action\": \"opened\", \"number\": 1, \"repository\": {\"full_name\": \" \"}}",
                "{\"action\": \"opened\", \"number\": 1, \"repository\": \"a/b\"}",
                "{\"action\": \"opened\", \"number\": 1, \"repository\": null}",
                "{\"action\": 1, \"number\": 1, \"repository\": {\"full_name\": \"a/b\"}}",
                "{\"action\": \"opened\", \"number\": 1, \"repository\": {\"full_name\": \"a/b\"}}"
                        + " {}",
            })
    void saysOfWhatItCannotReadNothingButThat(String body) {
        assertThat(github(body))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE);
                            assertThat(refused.message()).doesNotContain("opened", "a/b");
                        });
    }

    @Test
    void readsNoDeeperThanItMust() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        String body = "{\"x\": " + deep + ", \"action\": \"opened\", \"number\": 1}";

        assertThat(github(body)).isInstanceOf(Refused.class);
    }

    /// An id or event of the sender's ends in a log.
    @Test
    void keepsIdsShortAndPlain() {
        byte[] body =
                "{\"action\": \"opened\", \"number\": 1, \"repository\": {\"full_name\": \"A/b\"}}"
                        .getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
                Map.of(
                        "x-github-event",
                        "pull_request",
                        "x-github-delivery",
                        "a\n::error::" + "x".repeat(500),
                        "x-hub-signature-256",
                        "sha256=" + SecondHmac.hexadecimal(SECRET, body));

        assertThat(receiver(GitHostKind.GITHUB).receive(new Delivery(headers, body), NOW))
                .isInstanceOfSatisfying(
                        Hint.class,
                        hint -> {
                            assertThat(hint.delivery()).hasSize(100).doesNotContain("\n");
                            assertThat(hint.repository()).isEqualTo("a/b");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha256=", "sha256=zz", "sha1=0123", "Basic !!!", "Bearer x", "v1,"})
    void refusesEverySignatureThatIsNone(String signature) {
        for (GitHostKind kind : GitHostKind.values()) {
            var headers = new HashMap<String, String>();
            for (String name :
                    List.of(
                            "x-hub-signature-256",
                            "x-hub-signature",
                            "x-gitea-signature",
                            "x-gitlab-token",
                            "webhook-signature",
                            "authorization")) {
                headers.put(name, signature);
            }

            assertThat(receiver(kind).receive(new Delivery(headers, new byte[0]), NOW))
                    .as(kind + " with " + signature)
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void wantsASecretThatCannotBeGuessed() {
        assertThatThrownBy(() -> WebhookSecret.of("short")).hasMessageContaining("at least 16");
        assertThatThrownBy(() -> new WebhookReceiver(GitHostKind.GITHUB, List.of()))
                .hasMessageContaining("need a secret");
        assertThat(WebhookSecret.of(SECRET)).hasToString("[secret]");
    }

    private static Received github(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return receiver(GitHostKind.GITHUB)
                .receive(
                        new Delivery(
                                Map.of(
                                        "x-github-event",
                                        "pull_request",
                                        "x-hub-signature-256",
                                        "sha256=" + SecondHmac.hexadecimal(SECRET, bytes)),
                                bytes),
                        NOW);
    }

    private static Reason reason(Received received) {
        return ((Refused) received).reason();
    }

    private static WebhookReceiver receiver(GitHostKind kind) {
        return new WebhookReceiver(kind, List.of(WebhookSecret.of(SECRET)));
    }

    private static WebhookReceiver gitea(String secret) {
        return new WebhookReceiver(GitHostKind.GITEA, List.of(WebhookSecret.recorded(secret)));
    }

    private static Map<String, String> basic(String user, String password) {
        String pair = user + ":" + password;
        return Map.of(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static Delivery recorded(String name) throws IOException {
        return new Delivery(headers(name), file("webhook/gitea/" + name + ".body.json"));
    }

    private static Map<String, String> headers(String name) throws IOException {
        var headers = new HashMap<String, String>();
        json(file("webhook/gitea/" + name + ".headers.json"))
                .forEach((header, value) -> headers.put(header, String.valueOf(value)));
        return headers;
    }

    private static Map<String, @Nullable Object> json(byte[] text) {
        return Json.readObject(new String(text, StandardCharsets.UTF_8));
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in =
                WebhookReceiverTest.class.getResourceAsStream(
                        "/io/github/dbtc4j/githost/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
