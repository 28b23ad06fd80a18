package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.Purpose.Need;
import io.github.dbtc4j.githost.RestCaller.Connection;
import io.github.dbtc4j.githost.StickyComment.Comment;
import io.github.dbtc4j.githost.StickyComment.Owner;

import java.util.Map;

/// GitHub's REST API, version 2022-11-28 (github/rest-api-description).
///
/// Of a description it takes 140 characters: more is a 422 (zalando/zappr, issue 378). It lists
/// 3,000 changed files at most ("List pull requests files").
final class GitHub {

    private static final GithubDialect.Limits LIMITS = new GithubDialect.Limits(255, 140);

    private GitHub() {}

    /// The token of a workflow does not tell whose it is; its comments are a bot's.
    static GitHost at(Connection connection) {
        RestCaller caller =
                new RestCaller(
                        connection,
                        Map.of(
                                "Accept",
                                "application/vnd.github+json",
                                "X-GitHub-Api-Version",
                                "2022-11-28"),
                        new Settings());
        return new GithubDialect(
                caller,
                connection.repository(),
                "per_page=100",
                3_000,
                LIMITS,
                new Owner(Comment::byBot, true));
    }

    /// The names of permissions are those of workflows and of fine-grained tokens (docs.github.com,
    /// "Permissions required for fine-grained personal access tokens").
    private static final class Settings implements Advice {

        private static final String OF_FORKS =
                " The workflow of a fork's pull request has a token that only reads.";

        @Override
        public String permission(Need need) {
            return switch (need) {
                case READ ->
                        "The token needs the permission pull-requests: read. In a workflow, name it"
                                + " under permissions.";
                case STATUS ->
                        "The token needs the permission statuses: write. In a workflow, name it"
                                + " under permissions."
                                + OF_FORKS;
                case COMMENT ->
                        "The token needs the permission pull-requests: write. In a workflow, name"
                                + " it under permissions."
                                + OF_FORKS;
            };
        }

        /// The limit is that of "Create a commit status".
        @Override
        public String correction(Need need) {
            return need == Need.STATUS
                    ? "Check that the commit is in this repository. GitHub keeps at most 1,000"
                            + " statuses of a context for a commit: use another context, or push"
                            + " again."
                    : Advice.super.correction(need);
        }
    }
}
