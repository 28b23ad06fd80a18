package io.github.dbtc4j.http;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;

/// No connection came about, and none will until this machine is set up in another way. Nothing was
/// sent.
public final class UnreachableException extends ConnectException {

    private static final long serialVersionUID = 1;

    private final String next;

    /// @param why what is wrong
    /// @param next what to do
    UnreachableException(String why, String next, @Nullable Throwable cause) {
        super(why);
        this.next = next;
        initCause(cause);
    }

    /// What to do, as a sentence.
    public String next() {
        return next;
    }
}
