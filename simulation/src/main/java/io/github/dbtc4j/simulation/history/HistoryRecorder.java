package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Records the events of a [History] in the order in which they happen: what invocations send,
/// receive and report, and what happens on the platform meanwhile.
public final class HistoryRecorder {

    private final Sandbox sandbox;
    private final Supplier<Instant> clock;
    private final List<HistoryEvent> events = new ArrayList<>();
    private final IdentityHashMap<Request, Integer> senders = new IdentityHashMap<>();
    private final Set<Long> clones = new HashSet<>();
    private @Nullable Integer sender;
    private int calls;

    /// Records from now on.
    ///
    /// @param clock the present moment, at which each event is recorded
    public HistoryRecorder(Sandbox sandbox, Supplier<Instant> clock) {
        this.sandbox = sandbox;
        this.clock = clock;
        sandbox.listen(this::happened);
    }

    /// Returns the events so far, oldest first.
    public List<HistoryEvent> events() {
        return List.copyOf(events);
    }

    /// Returns how many requests were sent so far.
    public int calls() {
        return calls;
    }

    /// Whether an invocation created `job`.
    public boolean isClone(long job) {
        return clones.contains(job);
    }

    /// Records `event` behind all that has happened on the platform by then.
    public void record(HistoryEvent event) {
        sandbox.advanceTo(clock.get());
        events.add(event);
    }

    /// Records that something was done to an invocation, or to the platform where it is null.
    public void done(@Nullable Integer invocation, String what) {
        record(new HistoryEvent.Done(clock.get(), invocation, what));
    }

    /// Returns what records the progress of `invocation`.
    public ProgressListener listener(int invocation) {
        return event -> record(new HistoryEvent.Told(clock.get(), invocation, event));
    }

    /// Records that `invocation` sends `request`.
    ///
    /// @return the number of this call
    public int sent(int invocation, Request request) {
        int call = ++calls;
        senders.put(request, invocation);
        record(
                new HistoryEvent.Sent(
                        clock.get(),
                        invocation,
                        call,
                        request.method(),
                        pathOf(request),
                        request.body()));
        return call;
    }

    /// Lets the platform answer `request`, whose effects are those of its sender.
    public Response handle(Request request, Instant now) {
        sandbox.advanceTo(now);
        sender = senders.get(request);
        try {
            return sandbox.handle(request, now);
        } finally {
            sender = null;
        }
    }

    /// Records that `invocation` received `response`.
    ///
    /// @param call the number that [#sent] returned
    public void received(int invocation, int call, Response response) {
        if (isUnreadable(response)) {
            unanswered(invocation, call, "unreadable");
        } else {
            record(
                    new HistoryEvent.Answered(
                            clock.get(),
                            invocation,
                            call,
                            response.status(),
                            response.header("retry-after")
                                    .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                                    .orElse(null)));
        }
    }

    /// Records that `invocation` received no response it could read.
    ///
    /// @param call the number that [#sent] returned
    /// @param why in a word or two
    public void unanswered(int invocation, int call, String why) {
        record(new HistoryEvent.Unanswered(clock.get(), invocation, call, why));
    }

    /// Returns the path of `request` with its query.
    public static String pathOf(Request request) {
        String query = request.uri().getRawQuery();
        return request.uri().getRawPath() + (query == null ? "" : "?" + query);
    }

    /// A page of HTML, or half of a response.
    private static boolean isUnreadable(Response response) {
        String text = response.status() < 300 ? response.text() : "";
        return !text.isEmpty() && !(text.startsWith("{") && text.endsWith("}"));
    }

    private void happened(SandboxEvent event) {
        if (event instanceof SandboxEvent.JobCreated created && sender != null) {
            clones.add(created.job().id());
        }
        if (!(event instanceof SandboxEvent.Requested)) {
            events.add(new HistoryEvent.Happened(event.at(), sender, event));
        }
    }
}
