package io.github.dbtc4j.simulation.exhaustion;

import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.property.Property;
import io.github.dbtc4j.simulation.property.Violation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.world.Profile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Plays everything that can happen in a small scope: two pipelines of one base job, with the real
/// client and the real autoscaler, in every order of their calls.
///
/// A process waits before each call, and what happens next is chosen: whose call reaches the
/// platform, whether a process stands still, whether a call fails or a process is killed, or that
/// time passes. All choices are tried: a play follows a prefix of choices and then goes on with the
/// first ones, leaving the others to be played later. A state that was reached before is not gone
/// on from again.
///
/// What is left out, and why that is no loss: calls take no time, so that everything two processes
/// do between two sleeps happens at one moment in every order; a slow call is a process that stands
/// still before it, for which every length makes a difference only where something else happens
/// meanwhile (another call, a step of the platform), and all of those are tried. Calls whose
/// responses no write can change (the base job, the account, its variables) are made when they
/// come. Pauses by chance have their middle length, which lets polls coincide.
///
/// Two states are the same when it is the same moment, the same was written to the platform at the
/// same moments, and each process was told the same at the same moments: everything else follows
/// from that. States are compared by 128 bits of hash.
public final class ExhaustiveExplorer {

    /// As many pauses as there can be.
    public static final int ANY = Integer.MAX_VALUE;

    private final Setting setting;
    private final long budget;
    private final Set<ExhaustionDigest.Key> states = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingDeque<Task> work = new LinkedBlockingDeque<>();
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong reached = new AtomicLong();
    private final AtomicLong plays = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong ends = new AtomicLong();
    private final AtomicLong excused = new AtomicLong();
    private final ConcurrentLinkedQueue<Finding> findings = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /// Which two pipelines.
    public enum Order {
        /// Of two commits of one pull request.
        OLDER_AND_NEWER,
        /// Of one commit: the pipeline was started twice.
        TWINS,
        /// Of two pull requests.
        TWO_PULL_REQUESTS
    }

    /// What goes wrong, once.
    public enum Trouble {
        /// Nothing.
        NONE,
        /// A call: refused with 503; carried out, but answered with 504 or not at all.
        FAULT,
        /// A process, which is killed.
        KILL;

        Profile profile() {
            return switch (this) {
                case NONE -> Profile.RACES;
                case KILL -> Profile.CI;
                case FAULT -> Profile.FAULTS;
            };
        }
    }

    /// A small scope.
    ///
    /// @param strategy one of ours
    /// @param runSlots the account's
    /// @param pauses how often a process may stand still before a call, for any length of time. A
    ///   process that does not is prompt, but where both have a call to make either may be first
    public record Setting(
            Strategy strategy, Order order, int runSlots, Trouble trouble, int pauses) {

        public Setting {
            if (!strategy.isOurs()) {
                throw new IllegalArgumentException(strategy + " has no order to exhaust");
            }
        }
    }

    /// A rule that was broken.
    ///
    /// @param schedule the choices that led there, for [ExhaustiveExplorer#play]
    public record Finding(String schedule, Violation violation) {}

    /// What came of it.
    ///
    /// @param states different ones
    /// @param ends different histories, all of which were checked
    /// @param plays how often it was begun from the beginning
    /// @param calls to the platform in all plays
    /// @param excused cases that no protocol prevents: a process stood still after its last look,
    ///   or was killed between cancelling an older run and triggering its own
    /// @param complete whether everything was tried within the budget
    public record Figures(
            Setting setting,
            long states,
            long ends,
            long plays,
            long calls,
            long excused,
            boolean complete,
            List<Finding> findings) {

        public Figures {
            findings = List.copyOf(findings);
        }
    }

    /// Choices made, the last one first.
    private record Path(@Nullable Path before, InterleavingStep move) {

        static ArrayDeque<InterleavingStep> moves(@Nullable Path path) {
            var moves = new ArrayDeque<InterleavingStep>();
            for (Path at = path; at != null; at = at.before) {
                moves.addFirst(at.move);
            }
            return moves;
        }
    }

    /// What remains to be played: all that begins with these choices; or nothing at all.
    private record Task(@Nullable Path path, boolean over) {}

    private ExhaustiveExplorer(Setting setting, long budget) {
        this.setting = setting;
        this.budget = budget;
    }

    /// Tries everything that can happen in `setting`.
    ///
    /// @param budget of so many states at most
    /// @param threads how many play at a time
    /// @throws InterruptedException when the calling thread is interrupted
    public static Figures explore(Setting setting, long budget, int threads)
            throws InterruptedException {
        return new ExhaustiveExplorer(setting, budget).explore(threads);
    }

    /// Plays one schedule again.
    ///
    /// @param schedule as of a [Finding]
    /// @throws IllegalArgumentException when that cannot happen in `setting`
    /// @throws InterruptedException when the calling thread is interrupted
    public static History play(Setting setting, String schedule) throws InterruptedException {
        Iterator<String> wanted =
                Arrays.stream(schedule.split(" ", -1)).filter(text -> !text.isEmpty()).iterator();
        var played = new ArrayList<History>();
        var failures = new ArrayList<RuntimeException>();
        Thread player =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                played.add(
                                        new InterleavingExecution(
                                                        setting,
                                                        (moves, _) -> chosen(moves, wanted))
                                                .play());
                            } catch (RuntimeException e) {
                                failures.add(e);
                            }
                        });
        player.join();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return played.getFirst();
    }

    private static InterleavingStep chosen(List<InterleavingStep> moves, Iterator<String> wanted) {
        if (moves.isEmpty()) {
            return new InterleavingStep.Pass();
        }
        if (moves.size() == 1 || !wanted.hasNext()) {
            return moves.getFirst();
        }
        String name = wanted.next();
        return moves.stream()
                .filter(move -> move.toString().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' cannot happen there, only %s can".formatted(name, moves)));
    }

    private Figures explore(int threads) throws InterruptedException {
        add(null);
        var workers = new ArrayList<Thread>();
        for (int i = 0; i < threads; i++) {
            // virtual, like the processes: handing over to one is cheap then
            workers.add(Thread.ofVirtual().start(() -> work(threads)));
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } finally {
            stopped |= workers.stream().anyMatch(Thread::isAlive);
        }
        if (!failures.isEmpty()) {
            throw failures.element();
        }
        return new Figures(
                setting,
                reached.get(),
                ends.get(),
                plays.get(),
                calls.get(),
                excused.get(),
                !stopped,
                List.copyOf(findings));
    }

    private void add(@Nullable Path path) {
        open.incrementAndGet();
        work.addFirst(new Task(path, false));
    }

    private void work(int threads) {
        try {
            Task task = work.takeFirst();
            while (!task.over) {
                if (!stopped) {
                    play(task.path);
                }
                if (open.decrementAndGet() == 0) {
                    for (int i = 0; i < threads; i++) {
                        work.addLast(new Task(null, true));
                    }
                }
                task = work.takeFirst();
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private void play(@Nullable Path path) {
        var choice = new Choice(path);
        var play = new InterleavingExecution(setting, choice);
        try {
            History history = play.play();
            if (history != null) {
                ends.incrementAndGet();
                check(history, choice);
            }
        } catch (RuntimeException e) {
            failures.add(new IllegalStateException("schedule '" + choice + "'", e));
            stopped = true;
        }
        plays.incrementAndGet();
        calls.addAndGet(play.calls());
    }

    private void check(History history, Choice choice) {
        for (Violation violation : Property.all(history)) {
            if (AcceptanceLimits.excuses(violation) || wasLeftAlone(history, violation)) {
                excused.incrementAndGet();
            } else {
                findings.add(new Finding(choice.toString(), violation));
            }
        }
    }

    /// Whether an older commit's pipeline ended as cancelled, and the newer one's, which cancelled
    /// it, was killed before it triggered a run of its own. The older one says honestly what became
    /// of its run, which looks like one that a person cancelled.
    private static boolean wasLeftAlone(History history, Violation violation) {
        return violation.rule() == Property.L1
                && violation.kind().equals("cancelled by us")
                && history.invocations().stream()
                        .anyMatch(invocation ->
                                invocation.ending() instanceof InvocationRecord.Killed
                                        && isNewer(history, invocation, violation));
    }

    private static boolean isNewer(History history, InvocationRecord killed, Violation violation) {
        return history.invocations().stream()
                .filter(invocation -> Objects.equals(invocation.number(), violation.invocation()))
                .anyMatch(invocation ->
                        Objects.equals(invocation.pullRequest(), killed.pullRequest())
                                && invocation.order().number() < killed.order().number());
    }

    /// Follows a path to its end, then takes the first way everywhere and leaves the others for
    /// later.
    private final class Choice implements InterleavingExecution.Chooser {

        private final ArrayDeque<InterleavingStep> rest;
        private @Nullable Path path;

        Choice(@Nullable Path path) {
            this.path = path;
            this.rest = Path.moves(path);
        }

        @Override
        public @Nullable InterleavingStep choose(
                List<InterleavingStep> moves, ExhaustionDigest.Key state) {
            if (!rest.isEmpty()) {
                return moves.size() == 1 ? moves.getFirst() : rest.removeFirst();
            }
            if (stopped || !states.add(state)) {
                return null;
            }
            if (reached.incrementAndGet() > budget) {
                stopped = true;
            }
            if (moves.isEmpty()) {
                return new InterleavingStep.Pass();
            }
            if (moves.size() > 1) {
                for (InterleavingStep other : moves.subList(1, moves.size()).reversed()) {
                    add(new Path(path, other));
                }
                path = new Path(path, moves.getFirst());
            }
            return moves.getFirst();
        }

        @Override
        public String toString() {
            return Path.moves(path).stream()
                    .map(InterleavingStep::toString)
                    .collect(Collectors.joining(" "));
        }
    }
}
