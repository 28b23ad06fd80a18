package io.github.dbtc4j.client;

import java.io.IOException;

/// A response was longer than the client was told to take. Asking again would not make it shorter.
final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    TooLargeException(long largest) {
        super("the answer is longer than " + largest + " bytes");
    }
}
