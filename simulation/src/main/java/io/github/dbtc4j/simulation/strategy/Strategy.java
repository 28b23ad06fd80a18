package io.github.dbtc4j.simulation.strategy;

import io.github.dbtc4j.planner.LanePolicy;

import java.util.Locale;

/// What a repository's pipelines do at each push.
public enum Strategy {

    /// Trigger the CI job and wait: runs queue one behind the other.
    QUEUE("plain queueing"),

    /// The rule of the original's guide.
    ORIGINAL("original's rule"),

    /// Our autoscaler, the base job first.
    BASE_FIRST("dbtc4j"),

    /// Our autoscaler, every pull request on a clone of its own.
    DEDICATED("dbtc4j dedicated");

    private final String title;

    Strategy(String title) {
        this.title = title;
    }

    /// What it is called in tables.
    public String title() {
        return title;
    }

    /// What it is called on a command line, such as `base-first`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Strategy labelled(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// Whether it is our autoscaler.
    public boolean isOurs() {
        return switch (this) {
            case QUEUE, ORIGINAL -> false;
            case BASE_FIRST, DEDICATED -> true;
        };
    }

    public Pipeline pipeline() {
        return switch (this) {
            case QUEUE -> new QueueingPipeline();
            case ORIGINAL -> new OriginalPipeline();
            case BASE_FIRST -> DbtcPipeline.inFixedRhythm(LanePolicy.BASE_FIRST);
            case DEDICATED -> DbtcPipeline.inFixedRhythm(LanePolicy.DEDICATED);
        };
    }
}
