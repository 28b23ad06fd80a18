package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.Purpose.Need;
import io.github.dbtc4j.githost.RestCaller.Connection;
import io.github.dbtc4j.githost.StickyComment.Owner;

import java.util.Map;

/// Gitea's and Forgejo's REST API, version 1 (templates/swagger/v1_json.tmpl of go-gitea/gitea).
///
/// A status's state is one of pending, success, error and failure
/// (modules/structs/commit_status.go); a Gitea 1.14 was seen to answer `cancelled` with 500. A page
/// has 50 entries unless the installation allows more. Versions as old as that neither list changed
/// files nor know drafts.
final class Gitea implements GitHost {

    private static final GithubDialect.Limits LIMITS = new GithubDialect.Limits(255, 255);

    private final GithubDialect dialect;

    Gitea(Connection connection) {
        RestCaller caller = new RestCaller(connection, Map.of(), new Settings());
        dialect =
                new GithubDialect(
                        caller, connection.repository(), "limit=50", Integer.MAX_VALUE, LIMITS);
    }

    @Override
    public PullRequest pullRequest(long number) {
        return dialect.pullRequest(number);
    }

    @Override
    public Listing<String> changedFiles(long number) {
        return dialect.changedFiles(number);
    }

    @Override
    public Listing<PullRequest> openPullRequests() {
        return dialect.openPullRequests();
    }

    @Override
    public void setStatus(long number, String sha, CommitStatus status) {
        dialect.setStatus(sha, status);
    }

    /// A token without the scope `read:user` does not tell whose it is.
    @Override
    public CommentChange keepComment(long number, CommentMarker marker, String markdown) {
        return dialect.keepComment(number, marker, markdown, Owner.UNKNOWN);
    }

    @Override
    public boolean rendersHtml() {
        return true;
    }

    /// The names of scopes are Gitea's (docs.gitea.com, "OAuth2 provider", Scopes).
    private static final class Settings implements Advice {

        @Override
        public String permission(Need need) {
            return switch (need) {
                case READ -> "The token needs the scope read:repository.";
                case STATUS ->
                        "The token needs the scope write:repository, and its owner write access to"
                                + " the repository.";
                case COMMENT -> "The token needs the scope write:issue.";
            };
        }
    }
}
