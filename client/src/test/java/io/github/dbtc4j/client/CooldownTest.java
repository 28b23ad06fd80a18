package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.VirtualTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

class CooldownTest {

    private static final String RUN = Script.recorded("run-triggered.json");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final VirtualTime time = new VirtualTime(7);
    private final Script script = new Script();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesOneCooldownOfFiveMinutesAndALittleMore(long seed) {
        VirtualTime own = new VirtualTime(seed);
        script.answers(429, "").answers(200, RUN);

        script.client(own).runs().get(1, 2);

        assertThat(own.elapsed()).isBetween(FIVE_MINUTES, FIVE_MINUTES.plusSeconds(15));
    }

    @Test
    void keepsTheWholeClientQuietWritesIncluded() {
        script.answers(429, "").answers(200, RUN).answers(200, RUN);
        DbtCloudClient client = script.client(time);
        assertThatThrownBy(() -> client.runs().cancel(1, 2))
                .isInstanceOf(DbtCloudException.RateLimited.class);
        assertThat(time.elapsed()).isZero();

        client.jobs().trigger(1, 2, Map.of("cause", "x"));

        Duration resumed = time.elapsed();
        assertThat(resumed).isGreaterThanOrEqualTo(FIVE_MINUTES);
        client.runs().get(1, 2);
        assertThat(time.elapsed()).as("quiet only once").isEqualTo(resumed);
    }

    @Test
    void doesNotRepeatARefusedWriteButSaysThatNothingCameOfIt() {
        script.answers(429, Map.of("retry-after", "100"), "");

        DbtCloudException.RateLimited thrown =
                catchThrowableOfType(
                        DbtCloudException.RateLimited.class,
                        () -> script.client(time).jobs().trigger(1, 2, Map.of("cause", "x")));

        assertThat(thrown.ambiguous()).isFalse();
        assertThat(thrown.status()).isEqualTo(429);
        assertThat(thrown.retryAfter()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(105));
        assertThat(script.requests()).hasSize(1);
    }

    @Test
    void honoursRetryAfterInSeconds() {
        script.answers(429, Map.of("retry-after", "20"), "").answers(200, RUN);

        script.client(time).runs().get(1, 2);

        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
    }

    @Test
    void honoursRetryAfterAsADateOfThePlatformsOwnClock() {
        script.answers(
                        429,
                        Map.of(
                                "date", "Tue, 03 Mar 2026 08:00:00 GMT",
                                "retry-after", "Tue, 03 Mar 2026 08:01:00 GMT"),
                        "")
                .answers(200, RUN);

        script.client(time).runs().get(1, 2);

        assertThat(time.elapsed()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(63));
    }

    @Test
    void measuresADateAgainstThisClockWhenThePlatformShowsNone() {
        // VirtualTime starts at noon of 1 March 2026, a Sunday
        Map<String, String> header = Map.of("retry-after", "Sun, 01 Mar 2026 12:00:30 GMT");
        assertThat(Cooldown.retryAfter(Response.of(429, header, ""), time.now()))
                .isEqualTo(Duration.ofSeconds(30));
        time.pass(Duration.ofMinutes(1));
        assertThat(Cooldown.retryAfter(Response.of(429, header, ""), time.now()))
                .isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "-5", "1.5", "99999999999"})
    void takesFiveMinutesForARetryAfterItCannotRead(String value) {
        script.answers(429, Map.of("retry-after", value), "").answers(200, RUN);

        script.client(time).runs().get(1, 2);

        assertThat(time.elapsed()).isGreaterThanOrEqualTo(FIVE_MINUTES);
    }

    @Test
    void givesUpAtOnceWhenThePauseIsLongerThanItsPatience() {
        script.answers(429, Map.of("retry-after", "3600"), "");
        DbtCloudClient client = script.client(time);

        assertThatThrownBy(() -> client.runs().get(1, 2))
                .isInstanceOf(DbtCloudException.RateLimited.class)
                .hasMessageContaining("Try again in 3");
        assertThatThrownBy(() -> client.jobs().trigger(1, 2, Map.of("cause", "x")))
                .isInstanceOf(DbtCloudException.RateLimited.class)
                .hasMessageContaining("was not sent");

        assertThat(script.requests()).hasSize(1);
        assertThat(time.elapsed()).isZero();
    }

    @Test
    void givesUpWhenASecondCooldownFollowsTheFirst() {
        script.answers(429, "").answers(429, "");

        assertThatThrownBy(() -> script.client(time).runs().get(1, 2))
                .isInstanceOf(DbtCloudException.RateLimited.class);

        assertThat(script.requests()).hasSize(2);
        assertThat(time.elapsed()).isBetween(FIVE_MINUTES, FIVE_MINUTES.plusSeconds(15));
    }

    @Test
    void isNotShortenedByALaterRefusal() {
        Cooldown cooldown = new Cooldown(time);
        cooldown.begin(Response.of(429, Map.of("retry-after", "200"), ""));
        cooldown.begin(Response.of(429, Map.of("retry-after", "1"), ""));

        assertThat(cooldown.remaining()).isGreaterThanOrEqualTo(Duration.ofSeconds(200));
        time.pass(Duration.ofSeconds(211));
        assertThat(cooldown.remaining()).isZero();
    }
}
