package io.github.dbtc4j.simulation.property;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.history.HistoryEvent;
import io.github.dbtc4j.simulation.history.IndexedHistory;
import io.github.dbtc4j.simulation.history.InvocationRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// S10: whether a token got into anything but a request's headers.
final class TokenLeakCheck {

    private final History history;
    private final List<Violation> violations = new ArrayList<>();

    private TokenLeakCheck(History history) {
        this.history = history;
    }

    static List<Violation> check(IndexedHistory evidence) {
        var check = new TokenLeakCheck(evidence.history);
        check.search();
        return check.violations;
    }

    private void search() {
        for (HistoryEvent act : history.acts()) {
            switch (act) {
                case HistoryEvent.Sent it -> {
                    look("path", it.path(), it.at(), it.invocation());
                    look("body", it.body(), it.at(), it.invocation());
                }
                // what the platform sent holds nothing but what it was sent
                case HistoryEvent.Told(var _, var _, Event.Progress _) -> {}
                case HistoryEvent.Told it ->
                        look("event", it.event().toString(), it.at(), it.invocation());
                case HistoryEvent.Unanswered it ->
                        look("error", it.why(), it.at(), it.invocation());
                case HistoryEvent.Answered _,
                        HistoryEvent.Happened _,
                        HistoryEvent.Paused _,
                        HistoryEvent.Done _,
                        HistoryEvent.Forged _ -> {}
            }
        }
        for (InvocationRecord it : history.invocations()) {
            look("ending", it.ending().toString(), it.acting(history.end()), it.number());
        }
        for (RunView run : history.runs()) {
            look("cause", run.cause(), run.createdAt(), null);
        }
        for (JobView job : history.jobs()) {
            look("marker", job.description(), history.end(), null);
            look("name", job.name(), history.end(), null);
        }
    }

    private void look(
            String where, @Nullable String text, Instant at, @Nullable Integer invocation) {
        if (text != null && history.secrets().stream().anyMatch(text::contains)) {
            violations.add(
                    new Violation(
                            Property.S10, where, at, invocation, "a token is in the " + where));
        }
    }
}
