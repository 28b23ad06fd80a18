package io.github.dbtc4j.githost.webhook;

/// What a delivery came to.
public sealed interface Received {

    /// Something happened to a pull request. That is all it says: read the pull request anew, since
    /// deliveries come late, twice, out of order or not at all.
    ///
    /// @param delivery the host's id of it, the same when it is sent again
    /// @param event such as `pull_request.synchronize`, for people
    /// @param repository its path at the host, as [io.github.dbtc4j.githost.Repository#path] has
    ///   it; in lower case, as hosts take names in any
    /// @param pullRequest its number
    record Hint(String delivery, String event, String repository, long pullRequest)
            implements Received {}

    /// It is authentic and of no interest.
    ///
    /// @param why for people
    record Ignored(String why) implements Received {}

    /// It is not authentic, or cannot be read. Nothing of it may be believed.
    ///
    /// @param reason whose fault it is
    /// @param message for the log: nothing of the sender's is in it
    record Refused(Reason reason, String message) implements Received {}

    /// Why a delivery is refused.
    enum Reason {
        /// Nothing shows who sent it.
        UNSIGNED,
        /// What shows it is wrong, of another secret, or too old.
        WRONG_SIGNATURE,
        /// It is authentic, and not what the host sends.
        UNREADABLE
    }
}
