package io.github.dbtc4j.githost;

/// What became of a comment that is kept up to date.
public enum CommentChange {
    /// There was none yet.
    CREATED,
    /// It has another text now.
    UPDATED,
    /// It had this text already, and nothing was sent.
    UNCHANGED
}
