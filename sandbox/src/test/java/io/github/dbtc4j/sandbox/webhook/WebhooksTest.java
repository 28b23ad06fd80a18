package io.github.dbtc4j.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.ScriptedOutcome;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

@NullUnmarked // JSON is read by casts
class WebhooksTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final String BASE = "/api/v3/accounts/1/webhooks/subscription";

    private final Sandbox sandbox = new Sandbox(SandboxOptions.defaults().schedules(false), START);
    private final long ciJob = sandbox.world().ciJobId();
    private final List<Sent> sent = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final Webhooks webhooks = new Webhooks(sandbox, 11, this::receive);
    private Instant now = START;

    private record Sent(URI target, Map<String, String> headers, String body) {
        String type() {
            return (String) Json.readObject(body).get("eventType");
        }

        Map<?, ?> data() {
            return (Map<?, ?>) Json.readObject(body).get("data");
        }
    }

    private int receive(URI target, Map<String, String> headers, String body) throws IOException {
        sent.add(new Sent(target, headers, body));
        int status = answers.isEmpty() ? 200 : answers.remove();
        if (status == 0) {
            throw new IOException("no answer within 10 seconds");
        }
        return status;
    }

    @Test
    void tellsThatARunStartedAndCompletedInTheRecordedShape() throws Exception {
        subscribe("\"job.run.started\", \"job.run.completed\", \"job.run.errored\"", "");
        sandbox.decide(RunRule.next(ScriptedOutcome.success()));
        long run = trigger();

        pass(Duration.ofHours(2));

        assertThat(sent)
                .extracting(Sent::type)
                .containsExactly("job.run.started", "job.run.completed");
        Map<String, Object> body = Json.readObject(sent.getFirst().body());
        assertThat(body.keySet())
                .containsExactly(
                        "accountId",
                        "webhookId",
                        "eventId",
                        "timestamp",
                        "eventType",
                        "webhookName",
                        "data");
        assertThat(body.get("accountId")).isEqualTo(1L);
        assertThat((String) body.get("webhookId")).startsWith("wsu_");
        assertThat((String) body.get("eventId")).startsWith("wev_");
        assertThat((String) body.get("timestamp")).matches("2026-03-02T09:\\d\\d:\\d\\d\\.\\d{9}Z");
        Map<?, ?> started = sent.getFirst().data();
        assertThat(started.keySet().stream().map(String::valueOf))
                .containsExactly(
                        "jobId",
                        "jobName",
                        "runId",
                        "environmentId",
                        "environmentName",
                        "dbtVersion",
                        "projectName",
                        "projectId",
                        "runStatus",
                        "runStatusCode",
                        "runStatusMessage",
                        "runReason",
                        "runStartedAt");
        assertThat(started.get("jobId")).isEqualTo("" + ciJob);
        assertThat(started.get("runId")).isEqualTo("" + run);
        assertThat(started.get("runStatus")).isEqualTo("Running");
        assertThat(started.get("runStatusCode")).isEqualTo(3L);
        assertThat(started.get("runStatusMessage")).isEqualTo("None");
        assertThat(started.get("runReason")).isEqualTo("a test");
        assertThat((String) started.get("runStartedAt")).matches("2026-03-02T09:\\d\\d:\\d\\dZ");
        Map<?, ?> completed = sent.getLast().data();
        assertThat(completed.get("runStatus")).isEqualTo("Success");
        assertThat(completed.get("runStatusCode")).isEqualTo(10L);
        assertThat((String) completed.get("runFinishedAt")).startsWith("2026-03-02T");
    }

    @Test
    void tellsOfAFailedRunTwiceTheErrorFirst() throws Exception {
        subscribe("\"job.run.completed\", \"job.run.errored\"", "");
        sandbox.decide(
                RunRule.next(ScriptedOutcome.any().ending(ScriptedOutcome.Ending.INTERNAL_ERROR)));
        trigger();

        pass(Duration.ofHours(2));

        assertThat(sent)
                .extracting(Sent::type)
                .containsExactly("job.run.errored", "job.run.completed");
        assertThat(sent.getFirst().data().get("runStatus")).isEqualTo("Errored");
        assertThat((String) sent.getFirst().data().get("runErroredAt")).startsWith("2026-");
        assertThat(sent.getFirst().data().containsKey("runFinishedAt")).isFalse();
    }

    @Test
    void tellsThatACancelledRunCompleted() throws Exception {
        subscribe("\"job.run.completed\"", "");
        sandbox.cancelAsUser(trigger());

        pass(Duration.ofMinutes(5));

        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().data().get("runStatus")).isEqualTo("Cancelled");
        assertThat(sent.getFirst().data().get("runStatusCode")).isEqualTo(30L);
    }

    @Test
    void tellsOnlyOfTheJobsAskedFor() throws Exception {
        subscribe("\"job.run.started\"", ", \"job_ids\": [" + (ciJob + 1) + "]");
        trigger();

        pass(Duration.ofHours(2));

        assertThat(sent).isEmpty();
    }

    @Test
    void signsTheRawBodyWithTheSecretOfTheSubscription() throws Exception {
        String secret = (String) subscribe("\"job.run.started\"", "").get("hmac_secret");
        trigger();
        pass(Duration.ofHours(2));

        assertThat(sent.getFirst().headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry(
                        "Authorization", WebhookSignature.of(sent.getFirst().body(), secret));
        assertThat(sent.getFirst().target()).hasToString("http://receiver.example/hook");
    }

    @Test
    void signsAsRfc4231Does() {
        assertThat(WebhookSignature.of("what do ya want for nothing?", "Jefe"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void repeatsAnAttemptThatFailedWithTheSameEvent() throws Exception {
        String id = (String) subscribe("\"job.run.started\"", "").get("id");
        answers.addAll(List.of(500, 0, 404));
        trigger();

        pass(Duration.ofHours(2));

        assertThat(sent).hasSize(4);
        assertThat(sent).extracting(Sent::body).containsOnly(sent.getFirst().body());
        assertThat(one(id).get("http_status_code")).isEqualTo("200");
        assertThat(one(id).get("active")).isEqualTo(true);
    }

    @Test
    void isGivenUpAfterFiveFailedAttemptsInARow() throws Exception {
        String id = (String) subscribe("\"job.run.started\"", "").get("id");
        answers.addAll(List.of(500, 500, 500, 500, 500));
        trigger();

        pass(Duration.ofHours(2));
        trigger();
        pass(Duration.ofHours(2));

        assertThat(sent).hasSize(5);
        assertThat(one(id).get("active")).isEqualTo(false);
        assertThat((String) one(id).get("deactivate_reason")).contains("5 consecutive failed");
        assertThat(one(id).get("http_status_code")).isEqualTo("500");
    }

    @Test
    void anAnswerInBetweenStartsTheCountAnew() throws Exception {
        String id = (String) subscribe("\"job.run.started\"", "").get("id");
        answers.addAll(List.of(500, 500, 500, 500, 200, 500, 500, 500, 500, 200));
        trigger();
        pass(Duration.ofHours(2));
        trigger();
        pass(Duration.ofHours(2));

        assertThat(sent).hasSize(10);
        assertThat(one(id).get("active")).isEqualTo(true);
    }

    @Test
    void aNewAddressBringsADeactivatedSubscriptionBack() throws Exception {
        String id = (String) subscribe("\"job.run.started\"", "").get("id");
        answers.addAll(List.of(500, 500, 500, 500, 500));
        trigger();
        pass(Duration.ofHours(2));

        String body = body("\"job.run.started\"", ", \"active\": false");
        assertThat(data(send("PUT", BASE + "/" + id, body)).get("active")).isEqualTo(false);
        Map<?, ?> changed =
                data(send("PUT", BASE + "/" + id, body.replace("receiver", "elsewhere")));

        assertThat(changed.get("active")).isEqualTo(true);
        assertThat(changed.containsKey("deactivate_reason")).isFalse();
    }

    @Test
    void writesNumbersAsTextAndShowsTheSecretOnlyOnce() throws Exception {
        Map<?, ?> created = subscribe("\"job.run.started\"", ", \"job_ids\": [" + ciJob + "]");
        Map<?, ?> read = one((String) created.get("id"));

        assertThat(created.get("hmac_secret")).isInstanceOf(String.class);
        assertThat(read.containsKey("hmac_secret")).isFalse();
        assertThat(read.get("account_id")).isEqualTo("1");
        assertThat(read.get("job_ids")).isEqualTo(List.of("" + ciJob));
        assertThat(read.get("http_status_code")).isEqualTo("0");
        assertThat(read.get("created_at")).isEqualTo("1772442000000000");
    }

    @Test
    void listsTenAPageAndDeletes() {
        for (int i = 0; i < 12; i++) {
            subscribe("\"job.run.started\"", "");
        }
        Map<String, Object> page = json(send("GET", BASE + "s", null));
        assertThat((List<?>) page.get("data")).hasSize(10);
        assertThat(Json.write(page.get("extra")))
                .isEqualTo(
                        "{\"pagination\":{\"total_count\":12,\"count\":10},"
                                + "\"filters\":{\"limit\":10,\"offset\":0}}");
        List<?> rest = (List<?>) json(send("GET", BASE + "s?limit=5&offset=10", null)).get("data");
        assertThat(rest).hasSize(2);

        String one = BASE + "/" + ((Map<?, ?>) rest.getFirst()).get("id");
        Response deleted = send("DELETE", one, null);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.text()).contains("\"is_success\":true");
        assertThat(send("GET", one, null).status()).isEqualTo(404);
        assertThat(send("PATCH", BASE + "s", "{}").status()).isEqualTo(405);
    }

    @Test
    void aTestSendsASampleThatIsListedAmongTheEvents() throws Exception {
        String id = (String) subscribe("\"job.run.errored\"", "").get("id");

        Object event = data(send("GET", BASE + "/" + id + "/test", null)).get("event_id");
        pass(Duration.ofSeconds(1));

        assertThat(Json.readObject(sent.getFirst().body()).get("eventId")).isEqualTo(event);
        List<?> events = (List<?>) json(send("GET", BASE + "/" + id + "/events", null)).get("data");
        Map<?, ?> listed = (Map<?, ?>) events.getFirst();
        assertThat(listed.get("id")).isEqualTo(event);
        assertThat(listed.get("http_status_code")).isEqualTo("200");
        assertThat(listed.get("payload")).isEqualTo(sent.getFirst().body());
    }

    @Test
    void theSameSeedMakesTheSameSecrets() {
        var other = new Sandbox(SandboxOptions.defaults().schedules(false), START);
        var unused = new Webhooks(other, 11, this::receive);
        assertThat(unused.nextEvent()).isEmpty();

        Map<?, ?> first = subscribe("\"job.run.started\"", "");
        Map<?, ?> second = data(send(other, "POST", BASE + "s", body("\"job.run.started\"", "")));

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                     | name
                    {"name":"n","colour":"red"}            | colour
                    {"name":"n"}                           | event_types
                    {"name":"n","event_types":[]}          | event_types
                    {"name":"n","event_types":["job.run"]} | event_types
                    {"name":"n","event_types":["job.run.started"],"job_ids":["1"]} | job_ids
                    {"name":"n","event_types":["job.run.started"]} | client_url
                    {"name":"n","event_types":["job.run.started"],"client_url":" "} | client_url
                    {"name":"n","event_types":["job.run.started"],"client_url":"http://a/"} | active
                    """)
    void namesTheFieldOfASubscriptionThatCannotBe(String body, String field) {
        Response response = send("POST", BASE + "s", body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(data(response).keySet().stream().map(String::valueOf)).containsExactly(field);
    }

    private Map<?, ?> subscribe(String events, String more) {
        Response response = send("POST", BASE + "s", body(events, ", \"active\": true" + more));
        assertThat(response.status()).isEqualTo(201);
        return data(response);
    }

    private static String body(String events, String more) {
        return """
        {"name": "to us", "event_types": [%s], "client_url": "http://receiver.example/hook"%s}\
        """
                .formatted(events, more.contains("active") ? more : more + ", \"active\": true");
    }

    private Map<?, ?> one(String id) {
        return data(send("GET", BASE + "/" + id, null));
    }

    private long trigger() {
        return (Long)
                data(send(
                                "POST",
                                "/api/v2/accounts/1/jobs/" + ciJob + "/run/",
                                "{\"cause\": \"a test\"}"))
                        .get("id");
    }

    private void pass(Duration duration) throws InterruptedException {
        now = now.plus(duration);
        sandbox.advanceTo(now);
        webhooks.deliver(now);
    }

    private Response send(String method, String path, String body) {
        return send(sandbox, method, path, body);
    }

    private Response send(Sandbox to, String method, String path, String body) {
        return to.handle(
                new Request(
                        method,
                        URI.create("http://sandbox" + path),
                        Map.of(
                                "Authorization",
                                "Token " + to.world().token(),
                                "Content-Type",
                                "application/json"),
                        body,
                        Duration.ofSeconds(30)),
                now);
    }

    private static Map<String, Object> json(Response response) {
        return Json.readObject(response.text());
    }

    private static Map<?, ?> data(Response response) {
        return (Map<?, ?>) json(response).get("data");
    }
}
