package io.github.dbtc4j.http;

import java.io.IOException;

/// A response was longer than the client takes. Asking again would not make it shorter.
public final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    private TooLargeException(String message) {
        super(message);
    }

    /// @param largest bytes of a body at most
    static TooLargeException ofBody(long largest) {
        return new TooLargeException("the answer is longer than " + largest + " bytes");
    }

    /// What is said about a part of a body that comes in parts (RFC 9112, chunk extensions).
    static TooLargeException ofChunkHead() {
        return new TooLargeException("a part of the answer has too long a head");
    }

    /// There were answers that only announce another one, such as 103, and no end of them.
    static TooLargeException ofAnnouncements() {
        return new TooLargeException("it announced its answer too often (HTTP 1xx)");
    }

    /// @param largest bytes of the first line and the headers at most
    static TooLargeException ofHead(long largest) {
        return new TooLargeException("the answer's head is longer than " + largest + " bytes");
    }
}
