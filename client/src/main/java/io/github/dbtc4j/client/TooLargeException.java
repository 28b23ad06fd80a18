package io.github.dbtc4j.client;

import java.io.IOException;

/// A response was longer than the client takes. Asking again would not make it shorter.
final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    private TooLargeException(String message) {
        super(message);
    }

    /// @param largest bytes of a body at most
    static TooLargeException ofBody(long largest) {
        return new TooLargeException("the answer is longer than " + largest + " bytes");
    }

    /// @param largest bytes of the first line and the headers at most
    static TooLargeException ofHead(long largest) {
        return new TooLargeException("the answer's head is longer than " + largest + " bytes");
    }
}
