package io.github.dbtc4j.githost;

import java.net.URI;

/// The state of a build, as it is shown beside a commit.
///
/// @param context tells it from the statuses of others, such as `dbt/CI job`. What a host cannot
///   hold is shortened in the same way each time
/// @param description a sentence for people, on one line; cut where the host's limit is
/// @param target where a click leads
public record CommitStatus(State state, String context, String description, URI target) {

    /// How far a build is, or how it ended. A host without a word for one takes the nearest.
    public enum State {
        /// It has not begun.
        PENDING,
        /// It is being built.
        RUNNING,
        /// It succeeded.
        SUCCESS,
        /// What was built is wrong.
        FAILURE,
        /// The build itself broke down.
        ERROR,
        /// It was cancelled before its end.
        CANCELLED
    }

    /// Checks that the status can be shown.
    public CommitStatus {
        if (context.isBlank()) {
            throw new IllegalArgumentException("the status has no context");
        }
        String scheme = target.getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme)) {
            throw new IllegalArgumentException("the status does not lead to a web page");
        }
        context = ShortText.line(context);
        description = ShortText.line(description);
    }
}
