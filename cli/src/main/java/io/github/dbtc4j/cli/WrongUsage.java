package io.github.dbtc4j.cli;

/// The command cannot do what it was asked for, as it was asked; nothing was sent.
final class WrongUsage extends RuntimeException {

    private static final long serialVersionUID = 1;

    WrongUsage(String message) {
        super(message);
    }
}
