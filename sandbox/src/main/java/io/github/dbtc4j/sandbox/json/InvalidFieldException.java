package io.github.dbtc4j.sandbox.json;

import org.jspecify.annotations.Nullable;

/// A control document with a mistake: names the field, what was expected there and what was found.
public final class InvalidFieldException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public final String field;
    public final String problem;

    public InvalidFieldException(String field, String expected, @Nullable Object found) {
        this.field = field;
        this.problem = "expected " + expected + ", found " + found;
        super(field + ": expected " + expected + ", found " + found);
    }
}
