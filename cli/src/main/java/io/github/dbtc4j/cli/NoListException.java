package io.github.dbtc4j.cli;

/// The platform answered with something else than the list that was asked for.
final class NoListException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoListException(String message) {
        super(message);
    }
}
