package io.github.dbtc4j.simulation.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// A time during which an invocation could not do what it would have done.
///
/// @param why in a word
public record BlockedInterval(String why, Instant from, Instant to) {

    public static final String PAUSED = "paused";
    public static final String FAULTS = "faults";

    private static final Duration COOLDOWN = Duration.ofMinutes(5);

    /// A client waits a little longer than the platform asks.
    private static final Duration SPREAD = Duration.ofSeconds(30);

    /// How long it looks for the effect of a write before it repeats it.
    private static final Duration READ_BACK = Duration.ofMinutes(2);

    private static final Duration BACK_OFF = Duration.ofSeconds(40);
    private static final Set<String> UNREADABLE = Set.of("a page of HTML", "half an answer");
    private static final Duration SLOW = Duration.ofSeconds(2);

    /// What was in the way of `invocation`, in the order of its beginning.
    public static List<BlockedInterval> of(IndexedHistory evidence, InvocationRecord invocation) {
        var obstacles = new ArrayList<BlockedInterval>();
        for (HistoryEvent.Paused it :
                evidence.pauses.getOrDefault(invocation.number(), List.of())) {
            obstacles.add(new BlockedInterval(PAUSED, it.at(), it.at().plus(it.howLong())));
        }
        for (Exchange it : evidence.exchanges(invocation)) {
            if (it.status() == 429) {
                Duration told = it.retryAfter() == null ? COOLDOWN : it.retryAfter();
                obstacles.add(
                        new BlockedInterval("cooldown", it.at(), it.end().plus(told.plus(SPREAD))));
            } else if (!it.wasAnswered()) {
                Duration after = it.isWrite() ? READ_BACK : BACK_OFF;
                obstacles.add(new BlockedInterval(FAULTS, it.at(), it.end().plus(after)));
            } else if (it.took().compareTo(SLOW) > 0) {
                obstacles.add(new BlockedInterval("slow", it.at(), it.end()));
            }
        }
        // responses that cannot be read look like any other in the history
        for (HistoryEvent act : evidence.history.acts()) {
            if (act instanceof HistoryEvent.Done it && UNREADABLE.contains(it.what())) {
                obstacles.add(new BlockedInterval(FAULTS, it.at(), evidence.history.calm()));
            }
        }
        obstacles.sort(Comparator.comparing(BlockedInterval::from));
        return obstacles;
    }

    /// How long, of the time between `from` and `to`, something was in the way.
    public static Duration total(List<BlockedInterval> obstacles, Instant from, Instant to) {
        Duration total = Duration.ZERO;
        Instant until = from;
        for (BlockedInterval it : obstacles) {
            Instant begin = Moments.later(it.from, until);
            Instant end = Moments.earlier(it.to, to);
            if (begin.isBefore(end)) {
                total = total.plus(Duration.between(begin, end));
                until = end;
            }
        }
        return total;
    }

    /// The longest time between `from` and `to` in which nothing was in the way.
    public static Duration longestGap(List<BlockedInterval> obstacles, Instant from, Instant to) {
        Duration longest = Duration.ZERO;
        Instant free = from;
        for (BlockedInterval it : obstacles) {
            longest = longer(longest, free, Moments.earlier(it.from, to));
            free = Moments.later(free, it.to);
        }
        return longer(longest, free, to);
    }

    private static Duration longer(Duration longest, Instant from, Instant to) {
        Duration gap = Duration.between(from, to);
        return gap.compareTo(longest) > 0 ? gap : longest;
    }
}
