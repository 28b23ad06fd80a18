package io.github.dbtc4j.githost;

/// A pull request, or a merge request, as its git host describes it.
///
/// @param number what people call it by; GitLab's `iid`
/// @param title as its author wrote it: not escaped for anything
/// @param headSha the last commit of its branch. In [GitHost#openPullRequests] Bitbucket gives the
///   first twelve digits only, and Azure DevOps may lag behind a push
/// @param headBranch the branch's name, without `refs/heads/`
/// @param baseBranch the branch it is to be merged into, without `refs/heads/`
/// @param draft whether its author says that it is not ready
/// @param fork whether its branch is in another repository, or that repository is gone
/// @param webUrl where people read it
public record PullRequest(
        long number,
        String title,
        String headSha,
        String headBranch,
        String baseBranch,
        boolean draft,
        boolean fork,
        State state,
        String webUrl) {

    /// Whether it can still be merged.
    public enum State {
        /// Open, drafts among them.
        OPEN,
        /// Closed without being merged; abandoned, declined or superseded.
        CLOSED,
        /// Merged.
        MERGED
    }

    private static final String HEADS = "refs/heads/";

    /// The name of a branch that may be given as a reference.
    static String branch(String name) {
        return name.startsWith(HEADS) ? name.substring(HEADS.length()) : name;
    }

    /// This pull request with another head commit.
    PullRequest withHead(String sha) {
        return new PullRequest(
                number, title, sha, headBranch, baseBranch, draft, fork, state, webUrl);
    }
}
