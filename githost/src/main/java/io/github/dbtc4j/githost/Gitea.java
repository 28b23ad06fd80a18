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
final class Gitea {

    private static final GithubDialect.Limits LIMITS = new GithubDialect.Limits(255, 255);

    private Gitea() {}

    /// A token without the scope `read:user` does not tell whose it is.
    static GitHost at(Connection connection) {
        return new GithubDialect(
                new RestCaller(connection, Map.of(), new Settings()),
                connection.repository(),
                "limit=50",
                Integer.MAX_VALUE,
                LIMITS,
                Owner.UNKNOWN);
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
