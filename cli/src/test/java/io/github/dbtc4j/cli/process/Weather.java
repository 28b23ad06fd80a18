package io.github.dbtc4j.cli.process;

import io.github.dbtc4j.cli.process.Gate.Moment;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.LanePolicy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Draws which pipelines start, in which order, and what befalls them. The same seed draws the
/// same; how processes then interleave is up to the machine.
final class Weather {

    /// About as many calls as one takes that clones, waits for a run of some seconds and cleans up.
    private static final int CALLS = 16;

    private static final int PER_PULL_REQUEST = 7;
    private static final List<Moment> MOMENTS = List.of(Moment.values());

    /// One that comes along when all is over.
    static final Pipeline CALM =
            new Pipeline(
                    99,
                    1,
                    1,
                    true,
                    true,
                    Cleanup.AFTER_RUN,
                    LanePolicy.BASE_FIRST,
                    Duration.ZERO,
                    new Blow.None());

    private final Random random;

    private Weather(long seed) {
        random = new Random(seed);
    }

    static List<Pipeline> draw(long seed, int count) {
        return new Weather(seed).pipelines(count);
    }

    private List<Pipeline> pipelines(int count) {
        int left = count;
        var blows = blows(count);
        var waiting = new ArrayList<List<Pipeline>>();
        for (int number = 0; left > 0; number++) {
            int commits = Math.min(left, PER_PULL_REQUEST);
            waiting.add(pullRequest(101 + number, commits, blows));
            left -= commits;
        }
        var started = new ArrayList<Pipeline>();
        while (!waiting.isEmpty()) {
            List<Pipeline> next = waiting.get(random.nextInt(Math.min(4, waiting.size())));
            started.add(next.removeFirst());
            waiting.removeIf(List::isEmpty);
        }
        return started;
    }

    /// New commits mostly, the same again at once or later, and some that are held up.
    private List<Pipeline> pullRequest(long number, int count, List<Blow> blows) {
        boolean ordered = number % 5 > 0;
        LanePolicy lanes = number % 3 > 0 ? LanePolicy.BASE_FIRST : LanePolicy.DEDICATED;
        var pipelines = new ArrayList<Pipeline>();
        int commit = 1;
        int attempt = 1;
        for (int i = 0; i < count; i++) {
            int kind = i == 0 ? -1 : random.nextInt(10);
            attempt = kind == 0 ? attempt + 1 : kind == 1 ? attempt : 1;
            commit += kind >= 2 ? 1 : 0;
            boolean polls = random.nextInt(6) > 0;
            pipelines.add(
                    new Pipeline(
                            number,
                            commit,
                            attempt,
                            ordered,
                            polls,
                            cleanup(polls),
                            lanes,
                            Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(900)),
                            blows.removeFirst()));
        }
        for (int i = 1; i < count; i++) {
            if (random.nextInt(6) == 0) {
                Collections.swap(pipelines, i - 1, i);
            }
        }
        return pipelines;
    }

    private Cleanup cleanup(boolean polls) {
        if (polls && random.nextInt(4) > 0) {
            return Cleanup.AFTER_RUN;
        }
        return random.nextInt(4) > 0 ? Cleanup.IDLE : Cleanup.NEVER;
    }

    /// A third dies at one call after the other, two thirds of the rest are left alone.
    private List<Blow> blows(int count) {
        var blows = new ArrayList<Blow>();
        for (int i = 0; i < count / 3; i++) {
            blows.add(new Blow.Kill(1 + i % CALLS, moment()));
        }
        while (blows.size() < count) {
            blows.add(blow());
        }
        Collections.shuffle(blows, random);
        return blows;
    }

    private Blow blow() {
        int call = 1 + random.nextInt(CALLS);
        return switch (random.nextInt(12)) {
            case 0 -> new Blow.Signal("INT", call, moment());
            case 1 -> new Blow.Signal("TERM", call, moment());
            case 2 ->
                    new Blow.Pause(
                            call, moment(), Duration.ofMillis(3_000 + random.nextInt(17_000)));
            case 3 -> new Blow.KillLater(Duration.ofMillis(200 + random.nextInt(9_000)));
            default -> new Blow.None();
        };
    }

    private Moment moment() {
        return MOMENTS.get(random.nextInt(MOMENTS.size()));
    }
}
