package io.github.dbtc4j.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what happens in another process. The limit is for a machine that is very busy; nothing
/// depends on how long it takes.
public final class Await {

    public static final Duration LIMIT = Duration.ofMinutes(2);

    private Await() {}

    public static void until(String what, BooleanSupplier happened, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it never happened: " + what + "\n" + otherwise.get());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting: " + what, e);
            }
        }
    }
}
