package io.github.dbtc4j.cli.session;

import java.util.List;

/// Variables that hold a git host's token: what they hold must not be seen in anything either.
public final class GitHostTokens {

    /// dbtc's own, for every host.
    public static final String OWN = "DBTC_GIT_TOKEN";

    /// Every one that is read.
    public static final List<String> ALL =
            List.of(
                    OWN,
                    "GITHUB_TOKEN",
                    "GH_TOKEN",
                    "GITEA_TOKEN",
                    "FORGEJO_TOKEN",
                    "GITLAB_TOKEN",
                    "CI_JOB_TOKEN",
                    "SYSTEM_ACCESSTOKEN",
                    "BITBUCKET_ACCESS_TOKEN");

    private GitHostTokens() {}
}
