package io.github.dbtc4j.sandbox.fault;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiFunction;

/// Puts [Fault]s between a client and the platform.
///
/// The first fault, in the order they were added, that meets a request and whose draw hits,
/// strikes; at most one strikes a request. Over HTTP and in process the same faults do the same:
///
/// | | over HTTP | in process |
/// |---|---|---|
/// | reset | the connection is closed | [IOException] |
/// | delay within the request's timeout | the answer takes that long | [SystemContext#sleep] for that long |
/// | delay beyond it | the client gives up by itself | sleep for the timeout, then [SocketTimeoutException] |
///
/// Late effects happen at their own time, at the latest when the next request arrives or
/// [#advanceTo] is called, and before anything that is later.
public final class Faults {

    private final BiFunction<Request, Instant, Response> platform;
    private final Random random;
    private final List<Entry> entries = new ArrayList<>();
    private final PriorityQueue<Late> late =
            new PriorityQueue<>(
                    Comparator.comparing((Late l) -> l.at).thenComparingLong(l -> l.number));
    private long lateNumber;

    /// No faults yet.
    ///
    /// @param platform what answers, usually `sandbox::handle`
    /// @param seed of the draws for faults with a probability
    public Faults(BiFunction<Request, Instant, Response> platform, long seed) {
        this.platform = platform;
        this.random = new Random(seed);
    }

    /// Adds a fault behind those already there.
    public synchronized void add(Fault fault) {
        entries.add(new Entry(fault));
    }

    /// Removes all faults. Late effects that are under way still happen.
    public synchronized void clear() {
        entries.clear();
    }

    /// How often each fault has struck, in the order they were added, used up ones included.
    public synchronized List<Struck> struck() {
        return entries.stream().map(entry -> new Struck(entry.fault, entry.fired)).toList();
    }

    /// A fault and how often it has struck.
    public record Struck(Fault fault, int times) {}

    /// The platform behind these faults, as the client sees it, in the time of `system`.
    public Transport transport(SystemContext system) {
        return request -> answer(request, request.timeout(), system::now, system::sleep);
    }

    /// Lets the late effects up to `now` happen.
    public synchronized void advanceTo(Instant now) {
        while (!late.isEmpty() && !late.element().at.isAfter(now)) {
            Late effect = late.remove();
            effect.answer = platform.apply(effect.request, effect.at);
        }
    }

    /// When the next late effect will happen; empty when none is under way.
    public synchronized Optional<Instant> nextEvent() {
        return Optional.ofNullable(late.peek()).map(effect -> effect.at);
    }

    /// Waits for a while of platform time.
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /// Returns the response to `request`, with the fault that strikes it, if any.
    ///
    /// @param patience how long the client will wait, as far as it is known here
    public Response answer(Request request, Duration patience, InstantSource clock, Sleeper sleeper)
            throws IOException, InterruptedException {
        Instant now = clock.instant();
        advanceTo(now);
        Fault fault = draw(request);
        if (fault == null) {
            return platform.apply(request, now);
        }
        Instant due = now.plus(fault.delay());
        Late effect =
                switch (fault.strikes()) {
                    case AFTER -> happens(request, now);
                    case LATE -> happens(request, due.plus(fault.late()));
                    case BEFORE ->
                            fault.kind() instanceof Fault.Delay ? happens(request, due) : null;
                };
        advanceTo(now);
        if (fault.delay().compareTo(patience) > 0) {
            sleeper.sleep(patience);
            throw new SocketTimeoutException("no answer within " + patience);
        }
        sleeper.sleep(fault.delay());
        return switch (fault.kind()) {
            case Fault.Status status -> CorruptResponse.of(status);
            case Fault.Reset(Integer bytes) when bytes == null ->
                    throw new BrokenConnection(null, 0);
            case Fault.Reset(Integer bytes) -> throw new BrokenConnection(answer(effect), bytes);
            case Fault.Truncate(int bytes) -> CorruptResponse.cut(answer(effect), bytes);
            case Fault.Lag(Duration lag) -> StaleList.before(now.minus(lag), answer(effect));
            case Fault.Delay() -> answer(effect);
        };
    }

    private synchronized @Nullable Fault draw(Request request) {
        for (Entry entry : entries) {
            if (entry.strikes(request, random)) {
                return entry.fault;
            }
        }
        return null;
    }

    private synchronized Late happens(Request request, Instant at) {
        var effect = new Late(at, lateNumber++, request);
        late.add(effect);
        return effect;
    }

    private synchronized Response answer(@Nullable Late effect) {
        Late asked = Objects.requireNonNull(effect);
        advanceTo(asked.at);
        return Objects.requireNonNull(asked.answer);
    }

    private static final class Entry {
        final Fault fault;
        int fired;

        Entry(Fault fault) {
            this.fault = fault;
        }

        boolean strikes(Request request, Random random) {
            Integer count = fault.count();
            boolean strikes =
                    (count == null || fired < count)
                            && fault.meets(request)
                            && (fault.probability() == 1
                                    || random.nextDouble() < fault.probability());
            fired += strikes ? 1 : 0;
            return strikes;
        }
    }

    /// A request that takes effect at its own time, even if the client is gone by then.
    private static final class Late {
        final Instant at;
        final long number;
        final Request request;
        @Nullable Response answer;

        Late(Instant at, long number, Request request) {
            this.at = at;
            this.number = number;
            this.request = request;
        }
    }
}
