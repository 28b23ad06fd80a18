package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.VirtualTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import javax.net.ssl.SSLHandshakeException;

class RepetitionTest {

    private static final String RUN = Script.recorded("run-triggered.json");
    private static final Duration PATIENCE = Duration.ofMinutes(7);

    private final VirtualTime time = new VirtualTime(20260301);
    private final Script script = new Script();

    private static final List<Consumer<DbtCloudClient>> WRITES =
            List.of(
                    client -> client.jobs().trigger(1, 2, Map.of("cause", "x")),
                    client -> client.jobs().create(1, Map.of()),
                    client -> client.jobs().update(1, 2, Map.of()),
                    client -> client.jobs().delete(1, 2),
                    client -> client.runs().cancel(1, 2),
                    client -> client.jobs().rerun(1, 2),
                    client -> client.runs().retry(1, 2),
                    client -> client.variables().create(1, 2, 3, "DBT_X", "y"),
                    client -> client.raw("PUT", "/api/v3/x/", "{}"));

    @AfterEach
    void leavesNoInterruptBehind() {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(script.isOver()).as("every scene was played").isTrue();
    }

    @Test
    void repeatsAReadUntilThePlatformRecovers() {
        script.answers(500, "{\"detail\":\"There was a server error.\"}")
                .answers(502, "<html>")
                .answers(503, "")
                .answers(504, "")
                .answers(408, "")
                .fails(new IOException("connection reset"))
                .fails(new SocketTimeoutException("request timed out"))
                .answers(200, RUN);

        assertThat(script.client(time).runs().get(1, 2).data().id()).isEqualTo(78614274);

        assertThat(script.requests()).hasSize(8);
        assertThat(time.sleeps()).hasSize(7);
    }

    @Test
    void tellsEveryRequestWithWhatCameOfIt() {
        script.answers(502, "<html>").fails(new IOException("connection reset")).answers(200, RUN);
        var exchanges = new ArrayList<Exchange>();

        new DbtCloudClient(script.options(time).onExchange(exchanges::add)).runs().get(1, 2);

        assertThat(exchanges).extracting(Exchange::method).containsExactly("GET", "GET", "GET");
        assertThat(exchanges).extracting(Exchange::path).containsOnly("/api/v2/accounts/1/runs/2/");
        assertThat(exchanges).extracting(Exchange::result).startsWith("502").endsWith("200");
        assertThat(exchanges.get(1).result()).contains("connection reset");
    }

    @Test
    void waitsLongerEachTimeButNeverLongerThanTwentySeconds() {
        script.answers(9, 503, "").answers(200, RUN);

        script.client(time).runs().get(1, 2);

        List<Integer> bounds = List.of(1, 2, 4, 8, 16, 20, 20, 20, 20);
        for (int i = 0; i < bounds.size(); i++) {
            assertThat(time.sleeps().get(i))
                    .isBetween(Duration.ofMillis(100), Duration.ofSeconds(bounds.get(i)));
        }
    }

    @Test
    void waitsDifferentlyInEachProcess() {
        Set<Duration> waits = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            VirtualTime other = new VirtualTime(seed);
            new Script().answers(503, "").answers(200, RUN).client(other).runs().get(1, 2);
            waits.addAll(other.sleeps());
        }
        assertThat(waits).hasSizeGreaterThan(15);
    }

    @Test
    void givesUpAReadWhenItsPatienceEnds() {
        List<Request> requests = new ArrayList<>();
        Transport failing =
                request -> {
                    requests.add(request);
                    return Response.of(502, Map.of(), "<html><title>Bad gateway</title>");
                };
        DbtCloudClient client = new DbtCloudClient(script.options(time).transport(failing));

        DbtCloudException thrown =
                catchThrowableOfType(DbtCloudException.class, () -> client.runs().get(1, 2));

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unavailable.class)
                .hasMessageContaining("Bad gateway")
                .hasMessageContaining("tried " + requests.size() + " times");
        assertThat(thrown.ambiguous()).isFalse();
        assertThat(requests).hasSizeBetween(20, 200);
        assertThat(time.elapsed()).isBetween(PATIENCE.minusSeconds(20), PATIENCE);
    }

    @Test
    void repeatsNothingWithoutPatience() {
        script.answers(502, "");

        assertThatThrownBy(() ->
                        new DbtCloudClient(script.options(time).callTimeout(Duration.ZERO))
                                .runs()
                                .get(1, 2))
                .isInstanceOf(DbtCloudException.Unavailable.class);

        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void countsTheTimeOfTheRequestsThemselves() {
        List<Request> requests = new ArrayList<>();
        Transport hanging =
                request -> {
                    requests.add(request);
                    time.pass(Duration.ofMinutes(1));
                    throw new SocketTimeoutException("request timed out");
                };
        DbtCloudClient client = new DbtCloudClient(script.options(time).transport(hanging));

        assertThatThrownBy(() -> client.runs().get(1, 2))
                .isInstanceOf(DbtCloudException.Unavailable.class)
                .hasMessageContaining("it took too long");

        assertThat(requests).hasSizeBetween(6, 7);
    }

    @Test
    void neverRepeatsAReadThatWasRefused() {
        for (int status : new int[] {400, 401, 403, 404, 405, 409, 422}) {
            script.answers(status, "");
            assertThatThrownBy(() -> script.client(time).runs().get(1, 2))
                    .isInstanceOf(DbtCloudException.class);
        }
        assertThat(script.requests()).hasSize(7);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void neverRepeatsAWriteThatMayHaveBeenCarriedOut() {
        for (Consumer<DbtCloudClient> write : WRITES) {
            for (int status : new int[] {408, 500, 502, 503, 504}) {
                int before = script.requests().size();
                script.answers(status, Map.of("retry-after", "1"), "<html>");
                try {
                    write.accept(script.client(time));
                } catch (DbtCloudException.Unavailable e) {
                    assertThat(e.ambiguous()).isTrue();
                    assertThat(e).hasMessageContaining("look before sending it again");
                }
                assertThat(script.requests()).hasSize(before + 1);
            }
            for (IOException failure :
                    List.of(new IOException("reset"), new SocketTimeoutException("timed out"))) {
                int before = script.requests().size();
                script.fails(failure);
                DbtCloudException thrown =
                        catchThrowableOfType(
                                DbtCloudException.class, () -> write.accept(script.client(time)));
                assertThat(thrown).isInstanceOf(DbtCloudException.Unavailable.class);
                assertThat(thrown.ambiguous()).isTrue();
                assertThat(thrown.status()).isNull();
                assertThat(script.requests()).hasSize(before + 1);
            }
        }
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void repeatsAWriteThatWasCertainlyNotReceived() {
        script.fails(new ConnectException("refused"))
                .fails(new UnknownHostException("ab123.us1.dbt.com"))
                .fails(new SSLHandshakeException("handshake failure"))
                .answers(200, RUN);

        script.client(time).jobs().trigger(1, 2, Map.of("cause", "x"));

        assertThat(script.requests()).hasSize(4);
        assertThat(time.elapsed()).isLessThanOrEqualTo(RetryingSender.UNRECEIVED_PATIENCE);
    }

    @Test
    void givesUpAWriteSoonSoThatItsReasonsDoNotGetOld() {
        Transport down =
                request -> {
                    throw new ConnectException("refused");
                };
        DbtCloudClient client = new DbtCloudClient(script.options(time).transport(down));

        DbtCloudException thrown =
                catchThrowableOfType(
                        DbtCloudException.class,
                        () -> client.jobs().trigger(1, 2, Map.of("cause", "x")));

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unavailable.class)
                .hasMessageContaining("no connection (refused)")
                .hasMessageContaining("DBT_CLOUD_HOST");
        assertThat(thrown.ambiguous()).isFalse();
        assertThat(time.elapsed()).isLessThanOrEqualTo(RetryingSender.UNRECEIVED_PATIENCE);
    }

    @Test
    void soonGivesUpOnAHostThatNeverAnswered() {
        Transport nowhere =
                request -> {
                    throw new UnknownHostException("cloud.getdtb.com");
                };

        assertThatThrownBy(() ->
                        new DbtCloudClient(script.options(time).transport(nowhere))
                                .runs()
                                .get(1, 2))
                .isInstanceOf(DbtCloudException.Unavailable.class)
                .hasMessageContaining("its name is not known");

        assertThat(time.elapsed()).isLessThanOrEqualTo(RetryingSender.UNRECEIVED_PATIENCE);
    }

    @Test
    void isPatientWithAHostThatAnsweredBefore() {
        script.answers(200, RUN);
        for (int i = 0; i < 15; i++) {
            script.fails(new UnknownHostException("ab123.us1.dbt.com"));
        }
        script.answers(200, RUN);
        DbtCloudClient client = script.client(time);
        client.runs().get(1, 2);

        client.runs().get(1, 2);

        assertThat(script.requests()).hasSize(17);
        assertThat(time.elapsed()).isGreaterThan(RetryingSender.UNRECEIVED_PATIENCE);
    }

    @Test
    void leavesAnUnavailablePlatformAloneForAsLongAsItAsks() {
        script.answers(503, Map.of("retry-after", "45"), "").answers(200, RUN);

        script.client(time).runs().get(1, 2);

        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(45));
    }

    @Test
    void retriesTruncatedResponse() {
        script.answers(200, RUN.substring(0, 300)).answers(200, RUN);

        assertThat(script.client(time).runs().get(1, 2).data().id()).isEqualTo(78614274);
        assertThat(time.sleeps()).hasSize(1);
    }

    @Test
    void limitsRetriesOfUnreadableResponses() {
        script.answers(3, 200, "<html><title>Welcome to our proxy</title>");

        assertThatThrownBy(() -> script.client(time).runs().get(1, 2))
                .isInstanceOf(DbtCloudException.Unreadable.class);
    }

    @Test
    void repeatsNothingThatAnErrorEnded() {
        for (Error error : List.of(new OutOfMemoryError(), new StackOverflowError())) {
            var once =
                    new Script()
                            .then(request -> {
                                throw error;
                            });

            assertThatThrownBy(() -> once.client(time).runs().get(1, 2)).isSameAs(error);
            assertThat(once.requests()).hasSize(1);
        }
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void neverRepeatsAWriteWhoseAnswerCannotBeRead() {
        script.answers(200, RUN.substring(0, 300));

        DbtCloudException thrown =
                catchThrowableOfType(
                        DbtCloudException.class,
                        () -> script.client(time).jobs().trigger(1, 2, Map.of("cause", "x")));

        assertThat(thrown).isInstanceOf(DbtCloudException.Unreadable.class);
        assertThat(thrown.ambiguous()).isTrue();
    }

    @Test
    void tellsWhyItWaits() {
        List<Wait> waits = new ArrayList<>();
        script.answers(502, "").answers(200, RUN);

        new DbtCloudClient(script.options(time).onWait(waits::add)).runs().get(1, 2);

        assertThat(waits)
                .containsExactly(
                        new Wait(
                                "GET",
                                "/api/v2/accounts/1/runs/2/",
                                "HTTP 502",
                                time.sleeps().getFirst()));
    }

    @Test
    void stopsAtOnceWhenItIsInterruptedWhileWaiting() {
        script.answers(502, "");
        time.interruptTheNextSleep();

        DbtCloudException thrown =
                catchThrowableOfType(
                        DbtCloudException.class, () -> script.client(time).runs().get(1, 2));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(DbtCloudException.Interrupted.class);
        assertThat(thrown.ambiguous()).isFalse();
    }

    @Test
    void saysThatAnInterruptedWriteMayHaveBeenCarriedOut() {
        script.then(request -> {
            throw new InterruptedException();
        });

        DbtCloudException thrown =
                catchThrowableOfType(
                        DbtCloudException.class,
                        () -> script.client(time).jobs().trigger(1, 2, Map.of("cause", "x")));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(DbtCloudException.Interrupted.class);
        assertThat(thrown.ambiguous()).isTrue();
    }
}
