package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.Response;
import io.github.dbtc4j.client.Transport;
import io.github.dbtc4j.planner.Lanes;
import io.github.dbtc4j.planner.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/// A proxy may answer with a `Date` of its own, far from the times the platform writes.
class SkewedDateTest {

    private static final Options OPTIONS = Options.defaults().shouldPoll(true);

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -60, 60, 3_600, 86_400})
    void delaysNothingOnTheBaseJob(long skew) throws Exception {
        assertThat(duration(Duration.ofSeconds(skew), Lanes.BASE_FIRST, false))
                .isLessThan(duration(null, Lanes.BASE_FIRST, false).plusMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -60, 60, 3_600, 86_400})
    void delaysNothingOnAClone(long skew) throws Exception {
        for (Lanes lanes : Lanes.values()) {
            assertThat(duration(Duration.ofSeconds(skew), lanes, true))
                    .isLessThan(duration(null, lanes, true).plusMinutes(1));
        }
    }

    /// How long, by virtual time, until the verdict.
    private static Duration duration(@Nullable Duration skew, Lanes lanes, boolean busy)
            throws Exception {
        var stage = new Stage(options -> options, transport -> skewed(transport, skew));
        if (busy) {
            stage.runOf(51, stage.world.ciJobId());
            stage.pass(Duration.ofSeconds(60));
        }
        Instant began = stage.now();

        Outcome outcome = stage.trigger(50, OPTIONS.lanes(lanes));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        return Duration.between(began, stage.now());
    }

    private static Transport skewed(Transport transport, @Nullable Duration skew) {
        return request -> {
            Response response = transport.send(request);
            if (skew == null) {
                return response;
            }
            Map<String, String> headers = new HashMap<>(response.headers());
            headers.computeIfPresent("date", (_, date) -> moved(date, skew));
            return new Response(response.status(), headers, response.body());
        };
    }

    private static String moved(String date, Duration by) {
        Instant moment = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).plus(by);
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
    }
}
