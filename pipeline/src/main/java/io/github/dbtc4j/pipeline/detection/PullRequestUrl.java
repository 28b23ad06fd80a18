package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a pull request's page, whose path tells the kind of git host, even where the
/// host's name does not.
///
/// @param repository its path on the host
record PullRequestUrl(String repository, PullRequest pullRequest) {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "https?://[^/\\s]+/(?<repository>[^\\s?#]+?)/(?:-/)?"
                            + "(?<kind>pull|pulls|merge_requests|pull-requests|pullrequest)/"
                            + "(?<number>[1-9][0-9]{0,17})(?:[/?#]\\S*)?");

    /// Reads an address: `/pull/50` is GitHub's, `/-/merge_requests/50` GitLab's, `/pullrequest/50`
    /// that of Azure Repos, `/pull-requests/50` Bitbucket's, `/pulls/50` that of Gitea.
    ///
    /// @return empty for anything else
    static Optional<PullRequestUrl> parse(String url) {
        Matcher matcher = SHAPE.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Provider provider =
                switch (matcher.group("kind")) {
                    case "pull" -> Provider.GITHUB;
                    case "merge_requests" -> Provider.GITLAB;
                    case "pullrequest" -> Provider.AZURE;
                    default -> Provider.NON_NATIVE;
                };
        return Optional.of(
                new PullRequestUrl(
                        matcher.group("repository"),
                        new PullRequest(provider, Long.parseLong(matcher.group("number")))));
    }
}
