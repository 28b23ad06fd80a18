package io.github.dbtc4j.cli.session;

/// What is done when a signal stops the process. CI systems kill seconds later, so it has to be
/// little and bounded.
///
/// The exit code, 130 or 143, is the Java runtime's.
public final class StopHook {

    private final Thread thread;

    /// From now on a signal starts `work`.
    public StopHook(Runnable work) {
        thread = new Thread(work, "stop");
        Runtime.getRuntime().addShutdownHook(thread);
    }

    /// Lets a signal start nothing any more.
    ///
    /// @return false when it is too late: the process is ending
    public boolean withdraw() {
        try {
            return Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException alreadyStopping) {
            return false;
        }
    }
}
