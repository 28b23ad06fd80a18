package io.github.dbtc4j.cli.narration;

import io.github.dbtc4j.client.model.Run;

/// How tables name what belongs to a run.
public final class RunLabel {

    private static final int SHOWN_OF_COMMIT = 12;

    private RunLabel() {}

    /// The commit, cut to what people tell it by.
    public static String commit(String commit) {
        return commit.substring(0, Math.min(SHOWN_OF_COMMIT, commit.length()));
    }

    /// The job's id, and its name where that came along.
    public static String job(Run run) {
        return run.jobId() + (run.job() == null ? "" : " (" + run.job().name() + ")");
    }
}
