package io.github.dbtc4j.cli.probe;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/// What `dbtc probe` asks beside the sandbox's switches.
enum ProbeMeasure {
    PLAN("Plan", "any"),
    RUN_SLOTS("RunSlots", "any"),
    VISIBILITY_LAG("VisibilityLag", "0 s"),
    CANCEL_TIME("CancelTime", "1 to 15 s"),
    FORBIDDEN_SHAPE("ForbiddenShape", "envelope"),
    COMMIT_STATUS("CommitStatus", "none");

    /// The sandbox's longest cancel, and what looking at a run adds.
    private static final long LONGEST_CANCEL = 18;

    private final String title;
    private final String assumed;

    ProbeMeasure(String title, String assumed) {
        this.title = title;
        this.assumed = assumed;
    }

    String title() {
        return title;
    }

    String assumed() {
        return assumed;
    }

    /// Whether `answer` is as the sandbox assumes; null where it assumes nothing.
    @Nullable Boolean agrees(String answer) {
        return switch (this) {
            case PLAN, RUN_SLOTS, COMMIT_STATUS -> null;
            case VISIBILITY_LAG, FORBIDDEN_SHAPE -> answer.equals(assumed);
            case CANCEL_TIME ->
                    seconds(answer).filter(number -> number <= LONGEST_CANCEL).isPresent();
        };
    }

    static Optional<ProbeMeasure> titled(String title) {
        return Arrays.stream(values()).filter(measure -> measure.title.equals(title)).findFirst();
    }

    /// The number in `7 s`.
    static Optional<Long> seconds(String text) {
        return text.matches("\\d{1,9} s")
                ? Optional.of(Long.valueOf(text.substring(0, text.length() - 2)))
                : Optional.empty();
    }
}
