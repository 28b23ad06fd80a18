package io.github.dbtc4j.http.json;

/// A JSON text is more than is read: it has too many values, or is nested too deeply. Asking again
/// would not make it less.
public final class TooManyValuesException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    TooManyValuesException(String message) {
        super(message);
    }
}
