package io.github.dbtc4j.sandbox.platform;

import io.github.dbtc4j.sandbox.option.SandboxEvent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What truly happened, for those who listen and for those who look later.
public final class EventLog {

    private final int limit;
    private final ArrayDeque<SandboxEvent> events = new ArrayDeque<>();
    private final List<Consumer<SandboxEvent>> listeners = new ArrayList<>();

    EventLog(int limit) {
        this.limit = limit;
    }

    public void listen(Consumer<SandboxEvent> listener) {
        listeners.add(listener);
    }

    public List<SandboxEvent> events() {
        return List.copyOf(events);
    }

    /// Records an event; it is not even made when there is no listener.
    public void write(Supplier<SandboxEvent> event) {
        if (limit == 0 && listeners.isEmpty()) {
            return;
        }
        SandboxEvent written = event.get();
        if (limit > 0) {
            if (events.size() == limit) {
                events.removeFirst();
            }
            events.addLast(written);
        }
        for (Consumer<SandboxEvent> listener : listeners) {
            listener.accept(written);
        }
    }
}
