package io.github.dbtc4j.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.sandbox.VirtualTime;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class FaultsTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private static final String TWO_RUNS =
            """
            {"status": {"code": 200},
             "data": [{"id": 1, "created_at": "2026-03-02 08:59:57.000000+00:00"},
                      {"id": 2, "created_at": "2026-03-02 08:59:59.500000+00:00"}],
             "extra": {"filters": {"limit": 100}, "pagination": {"count": 2, "total_count": 7}}}\
            """;

    private final VirtualTime time = new VirtualTime(START);
    private final List<String> effects = new ArrayList<>();
    private final Faults faults = new Faults(this::platform, 42);
    private final Transport transport = faults.transport(time);

    private Response platform(Request request, Instant now) {
        effects.add(request.method() + " at " + Duration.between(START, now).toSeconds());
        return Response.of(200, Map.of("content-type", "application/json"), TWO_RUNS);
    }

    @Test
    void leavesRequestsAloneThatNoFaultMeets() throws Exception {
        faults.add(Fault.of(new Fault.Reset(null)).on(Endpoint.CANCEL));

        assertThat(trigger().status()).isEqualTo(200);
        assertThat(effects).containsExactly("POST at 0");
    }

    @Test
    void answersAnotherStatusBeforeAnythingWasDone() throws Exception {
        faults.add(status(502, Fault.Body.HTML).on(Endpoint.TRIGGER));

        Response response = trigger();

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).startsWith("<!DOCTYPE html>");
        assertThat(response.header("content-type")).contains("text/html");
        assertThat(effects).isEmpty();
    }

    @Test
    void answersAnotherStatusAfterItWasDone() throws Exception {
        faults.add(status(504, Fault.Body.EMPTY).on(Endpoint.TRIGGER).after());

        Response response = trigger();

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.body()).isEmpty();
        assertThat(effects).containsExactly("POST at 0");
    }

    @Test
    void sendsTheErrorBodiesThatWereSeenAndRetryAfterOnlyWhenAsked() throws Exception {
        faults.add(status(500, Fault.Body.DETAIL).times(1));
        faults.add(status(403, Fault.Body.ENVELOPE).times(1));
        faults.add(Fault.of(new Fault.Status(429, Fault.Body.ENVELOPE, Duration.ofMinutes(5))));

        assertThat(trigger().text()).startsWith("{\"detail\":");
        Response forbidden = trigger();
        assertThat(forbidden.text()).contains("\"is_success\":false").contains("\"data\":null");
        assertThat(forbidden.header("retry-after")).isEmpty();
        assertThat(trigger().header("retry-after")).contains("300");
    }

    @Test
    void doesWhatWasAskedLongAfterTheClientGaveUp() throws Exception {
        faults.add(
                status(504, Fault.Body.HTML)
                        .on(Endpoint.TRIGGER)
                        .delayed(Duration.ofSeconds(30))
                        .late(Duration.ofSeconds(40)));

        assertThat(trigger().status()).isEqualTo(504);
        assertThat(effects).isEmpty();
        assertThat(faults.nextEvent()).contains(START.plusSeconds(70));

        time.sleep(Duration.ofSeconds(45));
        runs();

        assertThat(effects).containsExactly("POST at 70", "GET at 75");
        assertThat(faults.nextEvent()).isEmpty();
    }

    @Test
    void lateEffectsHappenInTheirOwnOrderWhenOnlyTimePasses() throws Exception {
        faults.add(Fault.of(new Fault.Reset(null)).late(Duration.ofSeconds(80)).times(1));
        faults.add(Fault.of(new Fault.Reset(null)).late(Duration.ofSeconds(31)).times(1));
        assertThatThrownBy(this::trigger).isInstanceOf(IOException.class);
        assertThatThrownBy(this::runs).isInstanceOf(IOException.class);

        faults.advanceTo(START.plusSeconds(80));

        assertThat(effects).containsExactly("GET at 31", "POST at 80");
    }

    @Test
    void aResetIsAnIoExceptionBeforeOrAfterTheEffect() {
        faults.add(Fault.of(new Fault.Reset(null)).times(1));
        faults.add(Fault.of(new Fault.Reset(null)).after().times(1));
        faults.add(Fault.of(new Fault.Reset(10)).times(1));

        assertThatThrownBy(this::trigger).isInstanceOf(IOException.class);
        assertThat(effects).isEmpty();
        assertThatThrownBy(this::trigger).isInstanceOf(IOException.class);
        assertThat(effects).hasSize(1);
        assertThatThrownBy(this::trigger).isInstanceOf(IOException.class);
        assertThat(effects).hasSize(2);
    }

    @Test
    void cutsTheBodyAfterSoManyBytes() throws Exception {
        faults.add(Fault.of(new Fault.Truncate(12)));

        assertThat(runs().text()).isEqualTo(TWO_RUNS.substring(0, 12));
        assertThat(effects).hasSize(1);
    }

    @Test
    void aSlowAnswerComesWithinTheTimeout() throws Exception {
        faults.add(slow(25).after());

        assertThat(trigger().status()).isEqualTo(200);
        assertThat(time.now()).isEqualTo(START.plusSeconds(25));
        assertThat(effects).containsExactly("POST at 0");
    }

    @Test
    void aRequestThatIsSlowToArriveIsDoneWhenItArrives() throws Exception {
        faults.add(slow(25));

        assertThat(trigger().status()).isEqualTo(200);
        assertThat(effects).containsExactly("POST at 25");
    }

    @Test
    void aDelayBeyondTheTimeoutIsATimeoutAndStillHasItsEffect() throws Exception {
        faults.add(slow(45).times(1));

        assertThatThrownBy(this::trigger).isInstanceOf(SocketTimeoutException.class);
        assertThat(time.now()).isEqualTo(START.plusSeconds(30));
        assertThat(effects).isEmpty();

        time.sleep(Duration.ofMinutes(1));
        runs();
        assertThat(effects).containsExactly("POST at 45", "GET at 90");
    }

    @Test
    void aListThatLagsDoesNotShowTheNewestObjectsNorCountThem() throws Exception {
        faults.add(Fault.of(new Fault.Lag(Duration.ofSeconds(2))));

        assertThat(runs().text())
                .contains("\"id\":1")
                .doesNotContain("\"id\":2")
                .contains("\"count\":1")
                .contains("\"total_count\":6")
                .contains("\"limit\":100");
        assertThat(trigger().text()).isEqualTo(TWO_RUNS);
    }

    @Test
    void strikesTheNextFewOnlyAndCountsThem() throws Exception {
        faults.add(status(500, Fault.Body.EMPTY).on(Endpoint.TRIGGER).times(2));

        assertThat(List.of(trigger().status(), runs().status(), trigger().status()))
                .containsExactly(500, 200, 500);
        assertThat(trigger().status()).isEqualTo(200);
        assertThat(faults.struck()).extracting(Faults.Struck::times).containsExactly(2);

        faults.clear();
        assertThat(faults.struck()).isEmpty();
    }

    @Test
    void theSameSeedStrikesTheSameRequests() throws Exception {
        faults.add(status(500, Fault.Body.EMPTY).probability(0.3));
        var again = new Faults(this::platform, 42);
        again.add(status(500, Fault.Body.EMPTY).probability(0.3));
        var other = again.transport(time);

        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            first.add(trigger().status());
            second.add(other.send(request("POST", "jobs/1/run/")).status());
        }

        assertThat(first).isEqualTo(second);
        assertThat(first.stream().filter(status -> status == 500).count()).isBetween(30L, 90L);
    }

    @Test
    void theFirstFaultThatFitsStrikesAlone() throws Exception {
        faults.add(status(500, Fault.Body.EMPTY).times(1));
        faults.add(status(503, Fault.Body.EMPTY).times(1));

        assertThat(List.of(trigger().status(), trigger().status(), trigger().status()))
                .containsExactly(500, 503, 200);
    }

    private static Fault status(int code, Fault.Body body) {
        return Fault.of(new Fault.Status(code, body, null));
    }

    private static Fault slow(int seconds) {
        return Fault.of(new Fault.Delay()).delayed(Duration.ofSeconds(seconds));
    }

    private Response trigger() throws Exception {
        return transport.send(request("POST", "jobs/1/run/"));
    }

    private Response runs() throws Exception {
        return transport.send(request("GET", "runs/?limit=100"));
    }

    private static Request request(String method, String path) {
        return new Request(
                method,
                URI.create("http://sandbox/api/v2/accounts/1/" + path),
                Map.of(),
                null,
                Duration.ofSeconds(30));
    }
}
