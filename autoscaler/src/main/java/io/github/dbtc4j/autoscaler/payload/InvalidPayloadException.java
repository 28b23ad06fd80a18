package io.github.dbtc4j.autoscaler.payload;

/// A payload that the platform would refuse or misread. Thrown before anything is sent.
public final class InvalidPayloadException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /// The field that is wrong, or `payload` for the whole.
    private final String field;

    InvalidPayloadException(String field, String problem) {
        super("payload: " + (field.equals("payload") ? "" : field + " ") + problem);
        this.field = field;
    }

    /// The field that is wrong, or `payload` for the whole.
    public String field() {
        return field;
    }
}
