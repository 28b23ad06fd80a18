package io.github.dbtc4j.cli.pullrequest;

import io.github.dbtc4j.cli.session.GitHostTokens;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.githost.Credential;
import io.github.dbtc4j.githost.GitHostKind;
import io.github.dbtc4j.githost.Repository;
import io.github.dbtc4j.pipeline.detection.CiSystem;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds a pipeline's git host in the variables of its CI system.
///
/// Variables: docs.github.com/en/actions/reference/workflows-and-actions/variables,
/// docs.gitlab.com/ci/variables/predefined_variables,
/// learn.microsoft.com/azure/devops/pipelines/build/variables,
/// support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets. Gitea and Forgejo run their
/// actions with GitHub's variables and one of their own (docs.gitea.com/usage/actions/comparison).
final class HostLookup {

    private static final Pattern REMOTE =
            Pattern.compile(
                    "(?:(?:https?|ssh|git)://(?:[^@/\\s]*@)?(?<host>[^/@:\\s]+(?::\\d+)?)/|"
                            + "(?:[^@/\\s]+@)(?<name>[^/:\\s]+):)"
                            + "(?<path>[^?#\\s]+?)(?:\\.git)?/?");
    private static final Pattern PULL_REQUEST_PAGE =
            Pattern.compile("/(?:-/)?(?:pull|pulls|merge_requests|pull-requests)/\\d+.*$");
    private static final String ON_AZURE = "BUILD_REPOSITORY_PROVIDER";

    private final Map<String, String> environment;

    private HostLookup(Map<String, String> environment) {
        this.environment = environment;
    }

    /// A repository at a host of this kind.
    private record Place(GitHostKind kind, URI api, String path) {}

    /// A variable, and how the token in it is sent.
    private record Source(String variable, Function<String, Credential> sent) {}

    /// Finds the repository of a pipeline of `system`, and what opens it.
    ///
    /// @throws UsageException when something is missing: what to give is said
    static HostPlace find(
            CiSystem system, Map<String, String> environment, PullRequestOptions given) {
        var lookup = new HostLookup(environment);
        try {
            Place place = lookup.place(system, given);
            return new HostPlace(
                    place.kind(),
                    new Repository(place.api(), place.path()),
                    lookup.credential(place.kind()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "The pull request's git host cannot be used: %s."
                            .formatted(PlainText.of(String.valueOf(e.getMessage()))));
        }
    }

    private Place place(CiSystem system, PullRequestOptions given) {
        Place own = given.api == null || given.repository == null ? ofSystem(system) : null;
        if (own == null && (given.api == null || given.repository == null)) {
            throw new UsageException(
                    "%s does not tell where the pull request's git host is. Give --git-api and"
                                    .formatted(system.title())
                            + " --git-repository (DBTC_GIT_API, DBTC_GIT_REPOSITORY), or leave"
                            + " --commit-status and --comment out.");
        }
        URI api = given.api == null ? Objects.requireNonNull(own).api() : address(given.api);
        String path =
                given.repository == null
                        ? Objects.requireNonNull(own).path()
                        : given.repository.strip();
        GitHostKind kind = given.api == null ? Objects.requireNonNull(own).kind() : kind(api);
        return new Place(kind, api, path);
    }

    private @Nullable Place ofSystem(CiSystem system) {
        return switch (system) {
            case GITHUB_ACTIONS -> actions();
            case GITLAB_CI ->
                    known(GitHostKind.GITLAB, value("CI_API_V4_URL"), value("CI_PROJECT_ID"));
            case AZURE_PIPELINES -> azure();
            case BITBUCKET_PIPELINES ->
                    known(
                            GitHostKind.BITBUCKET,
                            "https://api.bitbucket.org/2.0",
                            value("BITBUCKET_REPO_FULL_NAME"));
            case BUILDKITE -> remote(value("BUILDKITE_REPO"));
            case CIRCLECI -> remote(first("CIRCLE_PULL_REQUEST", "CIRCLE_REPOSITORY_URL"));
            case JENKINS -> remote(first("CHANGE_URL", "GIT_URL"));
            case CODEBUILD -> remote(value("CODEBUILD_SOURCE_REPO_URL"));
            case OTHER -> null;
        };
    }

    private @Nullable Place actions() {
        boolean gitea = is("GITEA_ACTIONS") || is("FORGEJO_ACTIONS");
        GitHostKind kind = gitea ? GitHostKind.GITEA : GitHostKind.GITHUB;
        String api = value("GITHUB_API_URL");
        String server = value("GITHUB_SERVER_URL");
        if (api == null && server != null) {
            api = kind.api(address(server)).toString();
        }
        return known(kind, api, value("GITHUB_REPOSITORY"));
    }

    /// Azure Pipelines build the pull requests of other hosts too.
    private @Nullable Place azure() {
        String provider = Objects.requireNonNullElse(value(ON_AZURE), "TfsGit");
        if (!provider.equals("TfsGit")) {
            return remote(value("BUILD_REPOSITORY_URI"));
        }
        String project = first("SYSTEM_TEAMPROJECTID", "SYSTEM_TEAMPROJECT");
        String repository = first("BUILD_REPOSITORY_ID", "BUILD_REPOSITORY_NAME");
        return known(
                GitHostKind.AZURE_DEVOPS,
                value("SYSTEM_COLLECTIONURI"),
                project == null || repository == null ? null : project + "/" + repository);
    }

    /// The repository that is cloned from `url`, or has the pull request of this page, where the
    /// name of its host tells what kind it is.
    private static @Nullable Place remote(@Nullable String url) {
        Matcher matcher =
                REMOTE.matcher(url == null ? "" : PULL_REQUEST_PAGE.matcher(url).replaceFirst(""));
        if (!matcher.matches()) {
            return null;
        }
        String host = matcher.group("host") == null ? matcher.group("name") : matcher.group("host");
        GitHostKind kind = named(host.toLowerCase(Locale.ROOT));
        return kind == null
                ? null
                : known(
                        kind,
                        kind.api(address("https://" + host)).toString(),
                        matcher.group("path"));
    }

    private static @Nullable GitHostKind named(String host) {
        if (host.contains("github")) {
            return GitHostKind.GITHUB;
        }
        if (host.contains("gitlab")) {
            return GitHostKind.GITLAB;
        }
        if (host.contains("gitea") || host.contains("forgejo") || host.equals("codeberg.org")) {
            return GitHostKind.GITEA;
        }
        return host.equals("bitbucket.org") ? GitHostKind.BITBUCKET : null;
    }

    /// What the address of an API tells of its kind.
    private static GitHostKind kind(URI api) {
        String address = api.toString().replaceAll("/+$", "").toLowerCase(Locale.ROOT);
        if (address.endsWith("/api/v4")) {
            return GitHostKind.GITLAB;
        }
        if (address.endsWith("/api/v1")) {
            return GitHostKind.GITEA;
        }
        if (address.endsWith("/api/v3") || address.contains("://api.github.")) {
            return GitHostKind.GITHUB;
        }
        if (address.endsWith("/2.0")) {
            return GitHostKind.BITBUCKET;
        }
        if (address.contains("://dev.azure.com/") || address.contains(".visualstudio.com")) {
            return GitHostKind.AZURE_DEVOPS;
        }
        throw new UsageException(
                "--git-api (DBTC_GIT_API): the address does not tell what kind of git host it is."
                        + " GitHub's is https://api.github.com or ends with /api/v3, GitLab's with"
                        + " /api/v4, Gitea's and Forgejo's with /api/v1, Bitbucket's with /2.0;"
                        + " Azure DevOps has https://dev.azure.com/ORGANIZATION.");
    }

    private Credential credential(GitHostKind kind) {
        List<Source> sources = sources(kind);
        for (Source source : sources) {
            String token = value(source.variable());
            if (token != null) {
                return source.sent().apply(token);
            }
        }
        throw new UsageException(
                "There is no token for %s. Pass %s to this step, or leave --commit-status and --comment out."
                        .formatted(
                                kind.label(),
                                String.join(
                                        " or ",
                                        sources.reversed().stream()
                                                .map(Source::variable)
                                                .toList())));
    }

    /// What is meant for dbtc comes first, what every pipeline has comes last.
    private static List<Source> sources(GitHostKind kind) {
        return switch (kind) {
            case GITHUB ->
                    List.of(
                            new Source(GitHostTokens.OWN, Credential::bearer),
                            new Source("GH_TOKEN", Credential::bearer),
                            new Source("GITHUB_TOKEN", Credential::bearer));
            case GITEA ->
                    List.of(
                            new Source(GitHostTokens.OWN, Credential::token),
                            new Source("FORGEJO_TOKEN", Credential::token),
                            new Source("GITEA_TOKEN", Credential::token),
                            new Source("GITHUB_TOKEN", Credential::token));
            case GITLAB ->
                    List.of(
                            new Source(GitHostTokens.OWN, Credential::privateToken),
                            new Source("GITLAB_TOKEN", Credential::privateToken),
                            new Source("CI_JOB_TOKEN", Credential::jobToken));
            case AZURE_DEVOPS ->
                    List.of(
                            new Source(GitHostTokens.OWN, pat -> Credential.basic("", pat)),
                            new Source("SYSTEM_ACCESSTOKEN", Credential::bearer));
            case BITBUCKET ->
                    List.of(
                            new Source(GitHostTokens.OWN, Credential::bearer),
                            new Source("BITBUCKET_ACCESS_TOKEN", Credential::bearer));
        };
    }

    private static @Nullable Place known(
            GitHostKind kind, @Nullable String api, @Nullable String path) {
        return api == null || path == null ? null : new Place(kind, address(api), path);
    }

    private static URI address(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its address is no web address", e);
        }
    }

    private @Nullable String value(String variable) {
        String value = environment.get(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private @Nullable String first(String variable, String other) {
        String value = value(variable);
        return value == null ? value(other) : value;
    }

    private boolean is(String variable) {
        return "true".equalsIgnoreCase(environment.get(variable));
    }
}
