package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/// The one place outside the command line that touches the machine's clock, sleep and randomness: a
/// library's user has to get them from somewhere.
final class RealSystemContext implements SystemContext {

    static final RealSystemContext INSTANCE = new RealSystemContext();

    private final SecureRandom random = new SecureRandom();

    private RealSystemContext() {}

    /// A property of this Java, or null for one that is not set or empty.
    static @Nullable String property(String name) {
        String value = propertyOr(name, "");
        return value.isEmpty() ? null : value;
    }

    /// A property of this Java, empty ones too, or `otherwise` for one that is not set.
    static String propertyOr(String name, String otherwise) {
        return System.getProperty(name, otherwise);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            Thread.sleep(duration);
        }
    }

    @Override
    public long random() {
        return random.nextLong();
    }
}
