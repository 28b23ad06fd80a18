package io.github.dbtc4j.pipeline.report;

import java.util.Locale;

/// Where a commit got its run.
public enum Placement {
    /// On the base job, at once.
    BASE,
    /// On the base job, where it queued behind an unrelated run.
    QUEUE,
    /// On a clone of the base job.
    CLONE,
    /// It shares the run of another pipeline for the same commit.
    ATTACH,
    /// It got none: a newer commit has one, or time ran out.
    NONE;

    /// Its name as machines read it, such as `base`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
