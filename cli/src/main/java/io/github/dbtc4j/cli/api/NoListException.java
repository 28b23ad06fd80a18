package io.github.dbtc4j.cli.api;

/// The platform answered with something else than the list that was asked for.
public final class NoListException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoListException(String message) {
        super(message);
    }
}
