package io.github.dbtc4j.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.sandbox.Served;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

@Tag("gate")
@NullUnmarked // JSON is read by casts
class SandboxControlTest {

    private Served served;

    @BeforeEach
    void start() throws IOException {
        served = new Served(1);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void needsTheTokenAsAWebPageDoesNotHaveIt() throws Exception {
        assertThat(served.sendWithoutToken("GET", "/sandbox/history").statusCode()).isEqualTo(401);
        assertThat(served.sendWithoutToken("DELETE", "/sandbox/faults").statusCode())
                .isEqualTo(401);
    }

    @Test
    void addsFaultsTellsHowOftenTheyStruckAndClearsThem() throws Exception {
        served.post(
                "/sandbox/faults",
                "{\"endpoint\":\"trigger\",\"kind\":\"status\",\"status\":502,\"body\":\"html\",\"count\":1}");

        HttpResponse<String> refused = served.trigger();
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.headers().firstValue("content-type")).contains("text/html");
        assertThat(served.trigger().statusCode()).isEqualTo(200);
        assertThat(served.get("/sandbox/faults").body())
                .isEqualTo(
                        "{\"faults\":[{\"endpoint\":\"trigger\",\"kind\":\"status\",\"status\":502,"
                            + "\"body\":\"html\",\"strikes\":\"before\",\"count\":1,\"struck\":1}]}");
        assertThat(served.send("DELETE", "/sandbox/faults", null).body())
                .isEqualTo("{\"faults\":[]}");
        assertThat(queued()).hasSize(1);
    }

    @Test
    void namesTheFieldOfAFaultThatCannotBe() throws Exception {
        HttpResponse<String> answer =
                served.post("/sandbox/faults", "{\"kind\": \"reset\", \"count\": 0}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"count\":\"expected a whole number of at least 1, found 0\"}");
        assertThat(served.post("/sandbox/faults", "not json").statusCode()).isEqualTo(400);
        assertThat(served.get("/sandbox/faults").body()).isEqualTo("{\"faults\":[]}");
    }

    @Test
    void closesTheConnectionBeforeAndAfterTheEffect() throws Exception {
        served.post("/sandbox/faults", "{\"kind\":\"reset\",\"count\":1}");
        served.post("/sandbox/faults", "{\"kind\":\"reset\",\"strikes\":\"after\",\"count\":1}");

        assertThatThrownBy(served::trigger).isInstanceOf(IOException.class);
        assertThat(queued()).isEmpty();
        assertThatThrownBy(served::trigger).isInstanceOf(IOException.class);
        assertThat(queued()).hasSize(1);
        assertThat(served.trigger().statusCode()).isEqualTo(200);
    }

    @Test
    void breaksOffInTheMiddleOfTheBody() throws Exception {
        served.post("/sandbox/faults", "{\"kind\":\"reset\",\"bytes\":20,\"count\":1}");

        assertThatThrownBy(served::trigger).isInstanceOf(IOException.class);
        assertThat(queued()).hasSize(1);
    }

    @Test
    void sendsHalfABodyAsIfItWereAll() throws Exception {
        served.post("/sandbox/faults", "{\"kind\":\"truncate\",\"bytes\":20,\"count\":1}");

        HttpResponse<String> answer = served.trigger();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(20);
    }

    @Test
    void delaysInPlatformSeconds() throws Exception {
        served.close();
        served = new Served(10_000);
        served.post("/sandbox/faults", "{\"kind\":\"delay\",\"delay_seconds\":2000,\"count\":1}");
        var before = served.server.now();

        assertThat(served.trigger().statusCode()).isEqualTo(200);
        assertThat(Duration.between(before, served.server.now()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2000));
    }

    @Test
    void doesWhatWasAskedLongAfterTheClientGaveUp() throws Exception {
        served.post(
                "/sandbox/faults",
                "{\"kind\":\"reset\",\"strikes\":\"late\",\"late_seconds\":3600,\"count\":1}");
        assertThatThrownBy(served::trigger).isInstanceOf(IOException.class);
        assertThat(queued()).isEmpty();

        served.advance(4000);

        assertThat(queued()).hasSize(1);
    }

    @Test
    void hidesTheNewestRunsFromALaggingList() throws Exception {
        served.trigger();
        served.post("/sandbox/faults", "{\"kind\":\"lag\",\"lag_seconds\":3600}");
        String list = "/api/v2/accounts/1/runs/?status__in=%5B1,2,3%5D";

        assertThat((List<?>) Served.json(served.get(list)).get("data")).isEmpty();
        served.send("DELETE", "/sandbox/faults", null);
        assertThat((List<?>) Served.json(served.get(list)).get("data")).hasSize(1);
    }

    @Test
    void tellsAndPushesTheTime() throws Exception {
        served.post("/sandbox/clock", "{\"advance_seconds\": 7200}");

        Map<String, Object> clock = Served.json(served.get("/sandbox/clock"));
        assertThat((String) clock.get("now")).startsWith("2026-03-02T11:");
        assertThat(clock.get("speed")).hasToString("1.0");
        assertThat(served.post("/sandbox/clock", "{}").body())
                .isEqualTo("{\"advance_seconds\":\"expected seconds, found nothing\"}");
    }

    @Test
    void showsWhatTrulyHappened() throws Exception {
        long run = (Long) Served.data(served.trigger()).get("id");
        served.post("/sandbox/runs/" + run + "/cancel", null);
        served.advance(600);

        List<Map<String, Object>> events = history("");
        assertThat(events)
                .filteredOn(event -> event.containsKey("run_id"))
                .extracting(event -> event.get("event"))
                .startsWith("run_queued")
                .contains("cancel_requested")
                .endsWith("run_finished");
        assertThat(events)
                .filteredOn(event -> event.get("event").equals("cancel_requested"))
                .extracting(event -> event.get("by"))
                .containsExactly("user");
        assertThat(history("?since=2027-01-01T00:00:00Z")).isEmpty();
        assertThat(served.get("/sandbox/history?since=yesterday").statusCode()).isEqualTo(400);
    }

    @Test
    void decidesHowTheNextRunGoes() throws Exception {
        assertThat(
                        served.post(
                                        "/sandbox/rules",
                                        "{\"ending\":\"internal_error\",\"contains\":\"a"
                                                + " test\",\"execution_seconds\":5}")
                                .statusCode())
                .isEqualTo(200);
        long run = (Long) Served.data(served.trigger()).get("id");

        served.advance(3600);

        assertThat(served.sandbox.run(run).orElseThrow().status()).isEqualTo(20);
        assertThat(served.post("/sandbox/rules", "{\"ending\":\"fire\"}").body())
                .contains("\"ending\":\"expected one of success, failing_node");
    }

    @Test
    void actsAsAUserOnJobs() throws Exception {
        long job = served.sandbox.world().ciJobId();

        long run =
                (Long)
                        Served.json(
                                        served.post(
                                                "/sandbox/jobs/" + job + "/run",
                                                "{\"cause\": \"by hand\"}"))
                                .get("run_id");
        served.post("/sandbox/jobs/" + job, "{\"name\": \"renamed\"}");

        assertThat(served.sandbox.run(run).orElseThrow().cause()).isEqualTo("by hand");
        assertThat(served.sandbox.job(job).orElseThrow().name()).isEqualTo("renamed");
        served.send("DELETE", "/sandbox/jobs/" + job, null);
        assertThat(served.sandbox.job(job).orElseThrow().state()).isEqualTo(2);
        assertThat(served.send("DELETE", "/sandbox/jobs/999", null).statusCode()).isEqualTo(400);
    }

    @Test
    void changesTheAccountsRunSlots() throws Exception {
        served.post("/sandbox/run_slots", "{\"run_slots\": 2}");

        assertThat(Served.data(served.get("/api/v2/accounts/1/")).get("run_slots")).isEqualTo(2L);
    }

    @Test
    void knowsNoOtherPaths() throws Exception {
        assertThat(served.get("/sandbox/everything").statusCode()).isEqualTo(404);
        assertThat(served.send("PUT", "/sandbox/faults", "{}").statusCode()).isEqualTo(404);
    }

    private List<Map<String, Object>> queued() throws Exception {
        return history("").stream()
                .filter(event -> event.get("event").equals("run_queued"))
                .toList();
    }

    @SuppressWarnings("unchecked") // a JSON array of objects
    private List<Map<String, Object>> history(String query) throws Exception {
        return (List<Map<String, Object>>)
                Served.json(served.get("/sandbox/history" + query)).get("events");
    }
}
