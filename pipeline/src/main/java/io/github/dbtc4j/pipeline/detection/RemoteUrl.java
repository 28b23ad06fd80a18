package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address a repository is cloned from: `https://github.com/jaffle/shop.git`,
/// `ssh://git@host:7999/jaffle/shop`, `git@github.com:jaffle/shop.git`.
final class RemoteUrl {

    private static final Pattern LAST_TWO =
            Pattern.compile(".*?([^/:@]+/[^/:@]+?)(?:\\.git)?/?", Pattern.DOTALL);
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z+]+://)?(?:[^@/]*@)?([^/:]+)[/:].*", Pattern.DOTALL);

    private RemoteUrl() {}

    /// Owner and name, `jaffle/shop`: the same however the repository is reached. `url` itself when
    /// it has no such parts.
    static String repository(String url) {
        Matcher matcher = LAST_TWO.matcher(url);
        return matcher.matches() ? matcher.group(1) : url;
    }

    /// Whose pull requests the repository has, as far as its host's name tells.
    static Optional<Provider> provider(String url) {
        Matcher matcher = HOST.matcher(url);
        return matcher.matches() ? hostNamed(matcher.group(1)) : Optional.empty();
    }

    /// The same for the name of a git host or its product: `github.example.com`, `gitlab_ee`.
    static Optional<Provider> hostNamed(String name) {
        String host = name.toLowerCase(Locale.ROOT);
        if (host.contains("github")) {
            return Optional.of(Provider.GITHUB);
        }
        if (host.contains("gitlab")) {
            return Optional.of(Provider.GITLAB);
        }
        return host.contains("bitbucket") ? Optional.of(Provider.NON_NATIVE) : Optional.empty();
    }
}
