package io.github.dbtc4j.autoscaler.event;

/// Hears what happens, as it happens. Called on the thread that does the work; what it throws ends
/// the work.
@FunctionalInterface
public interface ProgressListener {

    /// Takes note of `event`.
    void onEvent(Event event);

    /// Says nothing.
    static ProgressListener none() {
        return event -> {};
    }
}
