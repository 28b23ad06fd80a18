package io.github.dbtc4j.autoscaler.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class ForecastTest {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final int JOBS = 40;
    private static final int RUNS = 20;

    /// How long the runs of a job take, and how many of the looks of a fixed rhythm planned ones
    /// need at most.
    enum Job {
        ALIKE(0.45),
        SIMILAR(0.55),
        ONE_IN_TEN_FAILS_EARLY(0.6),
        SHORT(0.8),
        LONG(0.5),
        ANY_TIME(0.8),
        LONG_TAIL(0.9);

        private final double share;

        Job(double share) {
            this.share = share;
        }

        double seconds(SplittableRandom chance) {
            return switch (this) {
                case ALIKE -> 300 * (0.95 + 0.1 * chance.nextDouble());
                case SIMILAR -> 300 * (0.8 + 0.4 * chance.nextDouble());
                case ONE_IN_TEN_FAILS_EARLY ->
                        chance.nextInt(10) == 0
                                ? 20 + 200 * chance.nextDouble()
                                : ALIKE.seconds(chance);
                case SHORT -> 20 + 20 * chance.nextDouble();
                case LONG -> 2_400 * (0.8 + 0.4 * chance.nextDouble());
                case ANY_TIME -> 120 + 420 * chance.nextDouble();
                case LONG_TAIL -> 240 * Math.exp(0.5 * chance.nextGaussian());
            };
        }

        Duration run(SplittableRandom chance) {
            return Duration.ofMillis((long) (1_000 * seconds(chance)));
        }

        List<Duration> runs(SplittableRandom chance) {
            return Stream.generate(() -> run(chance)).limit(RUNS).toList();
        }
    }

    private record Looks(int count, Duration delay) {

        Looks plus(Looks other) {
            return new Looks(count + other.count, delay.plus(other.delay));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noticesAnEndAsSoonAsAFixedRhythmDoesWithFewerLooks(Job job) {
        var chance = new SplittableRandom(7);
        var planned = new Looks(0, Duration.ZERO);
        var fixed = new Looks(0, Duration.ZERO);
        for (int i = 0; i < JOBS; i++) {
            var forecast = new AdaptiveSchedule(job.runs(chance), TEN);
            for (Duration run : job.runs(chance)) {
                Duration first = Duration.ofMillis(chance.nextInt(10_000));
                planned = planned.plus(watch(run, first, forecast));
                fixed = fixed.plus(watch(run, first, new AdaptiveSchedule(List.of(), TEN)));
            }
        }

        Duration mean = planned.delay().dividedBy(JOBS * RUNS);
        assertThat(mean).isLessThan(fixed.delay().dividedBy(JOBS * RUNS).plusMillis(400));
        assertThat((double) planned.count() / fixed.count()).isLessThan(job.share);
    }

    @Test
    void looksRarelyAtARunThatCannotHaveEndedAndOftenWhenItIsDue() {
        var forecast = new AdaptiveSchedule(List.of(minutes(10), minutes(10), minutes(11)), TEN);

        assertThat(forecast.pause(minutes(1))).isEqualTo(Duration.ofSeconds(30));
        assertThat(forecast.pause(minutes(10))).isLessThanOrEqualTo(TEN);
        assertThat(forecast.pause(minutes(60))).isGreaterThan(TEN);
    }

    @Test
    void neverWaitsForMoreThanThreeIntervalsOrForLessThanAQuarter() {
        var forecast = new AdaptiveSchedule(List.of(TEN, minutes(1), minutes(300)), TEN);

        for (int second = 0; second < 100_000; second += 7) {
            assertThat(forecast.pause(Duration.ofSeconds(second)))
                    .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(30));
        }
    }

    @Test
    void keepsToTheIntervalWhereItKnowsOfTooFewRuns() {
        var forecast = new AdaptiveSchedule(List.of(minutes(5), minutes(5)), TEN);

        assertThat(forecast.isBlind()).isTrue();
        assertThat(forecast.pause(minutes(1))).isEqualTo(TEN);
    }

    @Test
    void bearsRunsThatTookNoTimeAndClocksThatDisagree() {
        var forecast =
                new AdaptiveSchedule(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO), TEN);

        assertThat(forecast.pause(minutes(-1)))
                .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(30));
        assertThat(forecast.pause(Duration.ofDays(2))).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    private static Looks watch(Duration run, Duration first, AdaptiveSchedule forecast) {
        Duration at = first;
        int looks = 1;
        while (at.compareTo(run) < 0) {
            at = at.plus(forecast.pause(at));
            looks++;
        }
        return new Looks(looks, at.minus(run));
    }

    private static Duration minutes(int count) {
        return Duration.ofMinutes(count);
    }
}
