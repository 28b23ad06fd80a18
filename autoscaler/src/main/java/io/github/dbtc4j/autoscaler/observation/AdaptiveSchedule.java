package io.github.dbtc4j.autoscaler.observation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// When the next look at a run is due, from how long others of its kind took.
///
/// With the same number of looks an end is noticed soonest, on average, where their density grows
/// with the square root of the hazard: of the chance that a run which still executes ends now (J.
/// B. Keller, "Optimum checking schedules for systems subject to random failure", Management
/// Science 21, 1974). The hazard is that of a smoothed sample of durations: each stands for a
/// log-logistic distribution around it, and a broad one is mixed in, since any run may fail early
/// or hang.
///
/// All times are in seconds.
final class AdaptiveSchedule {

    /// From fewer runs nothing is foretold.
    private static final int LEAST_SAMPLE = 3;

    /// How much of the mixture is the broad part.
    private static final double BROAD = 0.1;

    /// The broad part's shape: a standard deviation of 1, of the logarithm.
    private static final double BROADNESS = slope(1);

    /// The same of what stands for one run, at least: no two runs take quite as long.
    private static final double LEAST_SPREAD = 0.06;

    /// The hazard is overestimated at the very durations it is estimated from.
    private static final double SELF_FLATTERY = 1.08;

    private static final double STEP = 1;

    private final double[] sample;
    private final double median;
    private final double narrowness;
    private final double interval;
    private final double scale;

    /// @param durations of runs that ended by themselves
    /// @param interval the mean time between two looks around the end of a run
    AdaptiveSchedule(List<Duration> durations, Duration interval) {
        this.interval = seconds(interval);
        this.sample = durations.stream().mapToDouble(AdaptiveSchedule::seconds).sorted().toArray();
        this.median = isBlind() ? 0 : sample[sample.length / 2];
        this.narrowness = isBlind() ? BROADNESS : slope(spread());
        this.scale =
                isBlind()
                        ? 1
                        : this.interval
                                / SELF_FLATTERY
                                / mean(duration -> 1 / Math.sqrt(hazard(duration)));
    }

    /// How long to wait until the next look at a run that has executed for `elapsed`.
    Duration pause(Duration elapsed) {
        return pauseUntilAny(List.of(elapsed), 0);
    }

    /// How long to wait until the next look at several runs, the first of which to end is waited
    /// for.
    ///
    /// @param elapsed how long those of this kind have executed
    /// @param others how many there are of which nothing is known
    Duration pauseUntilAny(List<Duration> elapsed, long others) {
        if (isBlind() || (elapsed.isEmpty() && others == 0)) {
            return Duration.ofNanos((long) (interval * 1e9));
        }
        double unknown = others * (scale / interval) * (scale / interval);
        double[] began = elapsed.stream().mapToDouble(AdaptiveSchedule::seconds).toArray();
        double looks = 0;
        double pause = 0;
        while (looks < 1 && pause < longest()) {
            double at = pause + STEP / 2;
            double known = Arrays.stream(began).map(each -> hazard(each + at)).sum();
            looks += STEP / spacing(unknown + known);
            pause += STEP;
        }
        return Duration.ofMillis((long) (1000 * Math.max(pause, interval / 4)));
    }

    /// Whether so many durations are enough to foretell anything.
    static boolean suffices(List<Duration> durations) {
        return durations.size() >= LEAST_SAMPLE;
    }

    /// Whether too little is known to foretell anything.
    boolean isBlind() {
        return sample.length < LEAST_SAMPLE;
    }

    private double longest() {
        return Polling.Adaptive.MOST_INTERVALS * interval;
    }

    private double spacing(double hazard) {
        return Math.clamp(scale / Math.sqrt(hazard), interval / 4, longest());
    }

    /// Of the mixture of log-logistic distributions.
    private double hazard(double elapsed) {
        double density = 0;
        double left = 0;
        for (int i = 0; i <= sample.length; i++) {
            boolean isBroad = i == sample.length;
            double weight = isBroad ? BROAD : (1 - BROAD) / sample.length;
            double slope = isBroad ? BROADNESS : narrowness;
            double odds = Math.pow(elapsed / (isBroad ? median : sample[i]), slope);
            double survival = 1 / (1 + odds);
            density += weight * slope / elapsed * (1 - survival) * survival;
            left += weight * survival;
        }
        return density / left;
    }

    private double mean(DoubleUnaryOperator of) {
        return Arrays.stream(sample).map(of).average().orElse(0);
    }

    /// The log-logistic distribution's shape for a standard deviation of the logarithm.
    private static double slope(double spread) {
        return Math.PI / (Math.sqrt(3) * spread);
    }

    /// Silverman's rule of thumb for the width of a kernel, on the logarithms.
    private double spread() {
        double mean = mean(Math::log);
        double variance = mean(each -> (Math.log(each) - mean) * (Math.log(each) - mean));
        return Math.max(
                LEAST_SPREAD, 1.06 * Math.sqrt(variance) * Math.pow(sample.length, -1 / 5.0));
    }

    /// No less than one, which is as exact as the platform is.
    private static double seconds(Duration duration) {
        return Math.max(1, duration.toMillis() / 1000.0);
    }
}
