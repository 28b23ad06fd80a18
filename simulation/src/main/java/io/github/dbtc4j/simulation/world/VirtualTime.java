package io.github.dbtc4j.simulation.world;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/// Time that passes only when everybody waits: a deterministic scheduler of ordinary blocking code.
///
/// Each [SimulatedProcess] is a virtual thread. Exactly one runs at a time, until it comes to a
/// scheduling point: a sleep, or one of the two ways of a call to the platform. There it says when
/// it wants to go on, and the clock jumps to the one that is due first; of several due at once,
/// chance decides. A participant that is itself the next one just goes on, which costs no switch of
/// threads.
///
/// Same seed and same scripts: same history. That holds as long as scripts read no clock, no chance
/// and no shared state but through their participant, and wait for nothing else.
public final class VirtualTime {

    private final Instant start;
    private final SplittableRandom chance;
    private final Delay delay;
    private final PriorityQueue<Wake> due = new PriorityQueue<>();
    private final List<SimulatedProcess> participants = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private long elapsed;
    private long scheduled;
    private long horizon = Long.MAX_VALUE;
    private boolean begun;

    /// A moment at which a participant goes on.
    private record Wake(long at, long tie, long order, SimulatedProcess participant)
            implements Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            int byTime = Long.compare(at, other.at);
            int byTie = byTime != 0 ? byTime : Long.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(order, other.order);
        }
    }

    /// What a participant does.
    @FunctionalInterface
    public interface Script {

        /// Does it, as `me`.
        void play(SimulatedProcess me) throws Exception;
    }

    /// How long one way of a call takes.
    ///
    /// @param least at least
    /// @param most at most
    public record Delay(Duration least, Duration most) {

        public Delay {
            if (least.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException("not a delay: " + least + " to " + most);
            }
        }

        /// What a call from a CI runner to a cloud region takes each way: 20–120 ms.
        public static Delay usual() {
            return new Delay(Duration.ofMillis(20), Duration.ofMillis(120));
        }

        long draw(SplittableRandom chance) {
            return chance.nextLong(least.toNanos(), most.toNanos() + 1);
        }
    }

    /// A clock that stands at `start`, with calls that take as long as usual.
    public VirtualTime(long seed, Instant start) {
        this(seed, start, Delay.usual());
    }

    /// A clock that stands at `start`.
    public VirtualTime(long seed, Instant start, Delay delay) {
        this.chance = new SplittableRandom(seed);
        this.start = start;
        this.delay = delay;
    }

    /// The present moment.
    public Instant now() {
        return start.plusNanos(elapsed);
    }

    /// Lets a participant begin at `when`, or now if that has passed. May be called before [#run]
    /// and by the participant that is running.
    public SimulatedProcess begin(String name, Instant when, Script script) {
        var participant = new SimulatedProcess(name, this, chance.split(), delay, script);
        participants.add(participant);
        schedule(participant, Math.max(elapsed, Duration.between(start, when).toNanos()));
        return participant;
    }

    /// Lets time pass until no participant has anything to do, or until `horizon`, which kills
    /// those that would go on after it. Can be called once.
    ///
    /// @throws InterruptedException when the calling thread is interrupted; the participants stay
    ///   where they are
    public void run(Instant horizon) throws InterruptedException {
        if (begun) {
            throw new IllegalStateException("virtual time passes once");
        }
        begun = true;
        this.horizon = Duration.between(start, horizon).toNanos();
        handOver(null);
        over.await();
    }

    /// Everybody who ever began, in that order.
    public List<SimulatedProcess> participants() {
        return List.copyOf(participants);
    }

    long elapsed() {
        return elapsed;
    }

    /// Lets `participant` go on when `at` nanoseconds have passed.
    void schedule(SimulatedProcess participant, long at) {
        due.add(new Wake(at, chance.nextLong(), scheduled++, participant));
    }

    /// Lets `participant`, who waits for a later moment, go on at `at` instead.
    void reschedule(SimulatedProcess participant, long at) {
        if (due.removeIf(wake -> wake.participant == participant)) {
            schedule(participant, at);
        }
    }

    /// How much longer than from now `participant` would wait.
    long dueIn(SimulatedProcess participant) {
        return due.stream()
                .filter(wake -> wake.participant == participant)
                .mapToLong(wake -> wake.at - elapsed)
                .findFirst()
                .orElse(0);
    }

    /// Lets the next one go on: `me` at once, anybody else by waking their thread.
    ///
    /// @param me who comes to a scheduling point, or null for one who has ended
    /// @return whether it is `me`
    boolean handOver(@Nullable SimulatedProcess me) {
        Wake next = due.poll();
        if (next == null) {
            over.countDown();
            return false;
        }
        if (next.at > horizon) {
            participants.forEach(SimulatedProcess::doom);
        } else {
            elapsed = next.at;
        }
        if (next.participant == me) {
            return true;
        }
        next.participant.wake();
        return false;
    }
}
