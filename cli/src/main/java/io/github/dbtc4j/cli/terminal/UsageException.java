package io.github.dbtc4j.cli.terminal;

/// The command cannot do what it was asked for, as it was asked; nothing was sent.
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
