package io.github.dbtc4j.githost;

/// One repository at its git host.
///
/// Each method throws a [GitHostException] when the host did not do it. Only reads are repeated,
/// after failures that may pass; a rate limit is reported, not waited for.
public sealed interface GitHost permits AzureDevOps, Bitbucket, GithubDialect, GitLab {

    /// Reads one pull request.
    ///
    /// @param number its number in this repository
    PullRequest pullRequest(long number);

    /// Lists the files that a pull request changes against its base, from the repository's root. A
    /// renamed file is there by both names.
    ///
    /// @param number the pull request's number in this repository
    Listing<String> changedFiles(long number);

    /// Lists the pull requests that are open, drafts among them.
    Listing<PullRequest> openPullRequests();

    /// Shows the state of a build beside a commit. The same context again replaces what it showed.
    ///
    /// @param number the pull request's number. Only Azure DevOps needs it: its statuses belong to
    ///   pull requests
    /// @param sha the commit, in full
    void setStatus(long number, String sha, CommitStatus status);

    /// Keeps one comment of a pull request up to date: makes it, or changes the one made earlier.
    ///
    /// A comment counts as made earlier if it begins with the marker and its author is the token's
    /// owner. Where the host does not tell whose a token is, the marker alone decides. If there are
    /// several of the owner's, as two invocations at once may make, the first one stays.
    ///
    /// @param number the pull request's number in this repository
    /// @param marker tells this comment from others; readers do not see it
    /// @param markdown the text, cut at a line's end after 30,000 characters. Text of others in it
    ///   is escaped already
    CommentChange keepComment(long number, CommentMarker marker, String markdown);

    /// Whether comments may contain HTML such as `<details>`. Bitbucket Cloud shows it as text.
    boolean rendersHtml();
}
