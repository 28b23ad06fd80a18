package io.github.dbtc4j.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What `--version` prints.
public final class Version {

    private Version() {}

    /// The line.
    public static String line() {
        try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
            if (text == null) {
                throw new IOException("version.txt is not where it was built to");
            }
            String version = new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
            return "dbtc " + version + " (dbtc4j, Java " + Runtime.version().feature() + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
