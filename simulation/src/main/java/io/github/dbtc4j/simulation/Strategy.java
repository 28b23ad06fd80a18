package io.github.dbtc4j.simulation;

/// What a repository's pipelines do at each push.
public enum Strategy {

    /// Trigger the CI job and wait: runs queue one behind the other.
    QUEUE("plain queueing"),

    /// The rule of the original's guide.
    ORIGINAL("original's rule"),

    /// Our autoscaler, the base job first.
    OURS("dbtc4j");

    private final String title;

    Strategy(String title) {
        this.title = title;
    }

    /// What it is called in tables.
    public String title() {
        return title;
    }

    Pipeline pipeline() {
        return switch (this) {
            case QUEUE -> new Queueing();
            case ORIGINAL -> new OriginalRule();
            case OURS -> new Ours();
        };
    }
}
