package io.github.dbtc4j.githost;

import io.github.dbtc4j.http.Loopback;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a repository is: the only place its token is ever sent to.
///
/// @param api the API's address, without what names the repository: `GITHUB_API_URL` in GitHub and
///   Gitea Actions, `CI_API_V4_URL` in GitLab CI, `https://api.bitbucket.org/2.0`,
///   `SYSTEM_COLLECTIONURI` in Azure Pipelines. `https`, or `http` on this machine's own loopback
///   addresses. See [GitHostKind#api]
/// @param path names of the parts, divided by `/`: owner and repository; GitLab's groups and
///   project, or its number; Bitbucket's workspace and repository; Azure's project and repository,
///   each by name or id
public record Repository(URI api, String path) {

    private static final Pattern PATH = Pattern.compile("[^/\\p{Cntrl}]+(?:/[^/\\p{Cntrl}]+)*");
    private static final Pattern SLASH = Pattern.compile("/");
    private static final Pattern DOTS = Pattern.compile("(?:.*/)?\\.\\.?(?:/.*)?");

    /// Checks address and path, and drops a slash at the address's end.
    public Repository {
        String host = api.getHost() == null ? "" : api.getHost().toLowerCase(Locale.ROOT);
        boolean secure = "https".equals(api.getScheme());
        if (host.isEmpty() || (!secure && !"http".equals(api.getScheme()))) {
            throw new IllegalArgumentException(
                    "the git host's address is not one of https://; give its API's address");
        }
        if (!secure && !Loopback.is(host)) {
            throw new IllegalArgumentException(
                    "http would send the git host's token unencrypted and is for this machine only"
                            + " (localhost, 127.0.0.1); use its https:// address");
        }
        if (api.getRawUserInfo() != null
                || api.getRawQuery() != null
                || api.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the git host's address has more to it than host, port and path; give the plain"
                            + " address of its API");
        }
        if (!PATH.matcher(path).matches() || DOTS.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "the repository's path is not names divided by slashes, such as acme/jaffle");
        }
        api = URI.create(api.toString().replaceAll("/+$", ""));
    }

    /// The address of `path`, which begins with a slash, below the API's.
    URI at(String path) {
        return URI.create(api + path);
    }

    /// The path for use in an address.
    String encoded() {
        return encodeParts(path);
    }

    /// The path as one part of an address, slashes and all.
    String encodedAsOne() {
        return encode(path);
    }

    /// The name before the last slash, for use in an address.
    String encodedParent() {
        String encoded = encoded();
        int slash = encoded.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "the repository's path needs two names, such as acme/jaffle");
        }
        return encoded.substring(0, slash);
    }

    /// The name behind the last slash, for use in an address.
    String encodedName() {
        return encode(path.substring(path.lastIndexOf('/') + 1));
    }

    /// Each name of `path` for use in an address.
    static String encodeParts(String path) {
        return SLASH.splitAsStream(path).map(Repository::encode).collect(Collectors.joining("/"));
    }

    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
