package io.github.dbtc4j.pipeline.detection;

/// Ends the reading of an environment that is not that of a pull request's pipeline.
final class UnsupportedPipelineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String variable;
    private final String text;

    UnsupportedPipelineException(String variable, String text) {
        super(text, null, false, false);
        this.variable = variable;
        this.text = text;
    }

    Detection.Refused refused() {
        return new Detection.Refused(variable, text);
    }
}
