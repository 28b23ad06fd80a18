package io.github.dbtc4j.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class VirtualTimeTest {

    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Request REQUEST =
            new Request(
                    "GET",
                    URI.create("https://cloud.getdbt.com/api/v2/accounts/1/"),
                    Map.of(),
                    null,
                    Duration.ofSeconds(30));

    private final List<String> log = new ArrayList<>();

    @Test
    void jumpsToTheParticipantThatIsDueFirst() throws Exception {
        var time = new VirtualTime(1, NINE);
        time.begin(
                "late",
                NINE,
                me -> {
                    me.sleep(Duration.ofMinutes(2));
                    log("late", me);
                });
        time.begin(
                "early",
                NINE,
                me -> {
                    me.sleep(Duration.ofMinutes(1));
                    log("early", me);
                    me.sleep(Duration.ofMinutes(2));
                    log("early", me);
                });

        time.run(NOON);

        assertThat(log).containsExactly("early 09:01:00", "late 09:02:00", "early 09:03:00");
    }

    @Test
    void sameSeedSameHistory() throws Exception {
        List<String> first = manyTalkers(7);
        List<String> second = manyTalkers(7);
        List<String> other = manyTalkers(8);

        assertThat(first).hasSize(20 * 10);
        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void decidesByChanceWhoGoesFirstOfSeveralDueAtOnce() throws Exception {
        var orders = new ArrayList<List<String>>();
        for (long seed = 0; seed < 20; seed++) {
            log.clear();
            var time = new VirtualTime(seed, NINE);
            time.begin("a", NINE, me -> log("a", me));
            time.begin("b", NINE, me -> log("b", me));
            time.run(NOON);
            orders.add(List.copyOf(log));
        }

        assertThat(orders)
                .contains(List.of("a 09:00:00", "b 09:00:00"), List.of("b 09:00:00", "a 09:00:00"));
    }

    @Test
    void aKilledParticipantHasNoEffectEvenWhenItsCodeGoesOn() throws Exception {
        var time = new VirtualTime(1, NINE);
        var served = new ArrayList<Instant>();
        SimulatedProcess.Platform platform =
                (request, now) -> {
                    served.add(now);
                    return Response.of(200, Map.of(), "{}");
                };
        SimulatedProcess victim =
                time.begin(
                        "victim",
                        NINE,
                        me -> {
                            try {
                                me.sleep(Duration.ofMinutes(10));
                            } finally {
                                me.transport(platform).send(REQUEST);
                            }
                        });
        time.begin("killer", NINE.plusSeconds(60), me -> victim.kill());

        time.run(NOON);

        assertThat(served).isEmpty();
        assertThat(victim.wasKilled()).isTrue();
        assertThat(victim.hasEnded()).isTrue();
        assertThat(victim.failure()).isEmpty();
        assertThat(time.now()).isEqualTo(NINE.plusSeconds(60));
    }

    @Test
    void aPausedParticipantGoesOnThatMuchLater() throws Exception {
        var time = new VirtualTime(1, NINE);
        SimulatedProcess stopped =
                time.begin(
                        "stopped",
                        NINE,
                        me -> {
                            me.sleep(Duration.ofMinutes(10));
                            log("stopped", me);
                        });
        time.begin("shell", NINE.plusSeconds(60), me -> stopped.pause(Duration.ofMinutes(5)));

        time.run(NOON);

        assertThat(log).containsExactly("stopped 09:15:00");
    }

    @Test
    void killsTheParticipantsStillThereAtTheHorizon() throws Exception {
        var time = new VirtualTime(1, NINE);
        SimulatedProcess endless =
                time.begin(
                        "endless",
                        NINE,
                        me -> {
                            while (true) {
                                me.sleep(Duration.ofMinutes(1));
                            }
                        });

        time.run(NOON);

        assertThat(endless.wasKilled()).isTrue();
        assertThat(endless.hasEnded()).isTrue();
        assertThat(time.now()).isEqualTo(NOON);
    }

    @Test
    void keepsWhatAScriptThrew() throws Exception {
        var time = new VirtualTime(1, NINE);
        SimulatedProcess clumsy =
                time.begin(
                        "clumsy",
                        NINE,
                        me -> {
                            throw new IllegalStateException("oops");
                        });

        time.run(NOON);

        assertThat(clumsy.failure()).get().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCallTakesAWhileEachWay() throws Exception {
        var delay = new VirtualTime.Delay(Duration.ofSeconds(1), Duration.ofSeconds(1));
        var time = new VirtualTime(1, NINE, delay);
        time.begin(
                "caller",
                NINE,
                me -> {
                    me.transport(
                                    (request, now) -> {
                                        log("platform", me);
                                        return Response.of(200, Map.of(), "{}");
                                    })
                            .send(REQUEST);
                    log("caller", me);
                });

        time.run(NOON);

        assertThat(log).containsExactly("platform 09:00:01", "caller 09:00:02");
    }

    private List<String> manyTalkers(long seed) throws InterruptedException {
        log.clear();
        var time = new VirtualTime(seed, NINE);
        for (int i = 0; i < 20; i++) {
            time.begin(
                    "p" + i,
                    NINE,
                    me -> {
                        for (int call = 0; call < 10; call++) {
                            me.transport(
                                            (request, now) -> {
                                                log.add(me + " " + now + " " + me.random());
                                                return Response.of(200, Map.of(), "{}");
                                            })
                                    .send(REQUEST);
                            me.sleep(Duration.ofMillis(me.random() & 511));
                        }
                    });
        }
        time.run(NOON);
        return List.copyOf(log);
    }

    private void log(String who, SimulatedProcess me) {
        log.add(who + " " + me.now().toString().substring(11, 19));
    }
}
