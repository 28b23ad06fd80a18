package io.github.dbtc4j.autoscaler.state;

/// Where a caller of a `Reconciler` keeps its state.
@FunctionalInterface
public interface Journal {

    /// Keeps `state`. Called before each write to the platform, which is sent only once this
    /// returns: what it throws, unchecked, ends the pass instead.
    void save(ReconcilerState state);

    /// Keeps nothing: an invocation whose process ends is not resumed.
    static Journal none() {
        return _ -> {};
    }
}
