package io.github.dbtc4j.cli.pullrequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.cli.session.GitHostTokens;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.githost.GitHostKind;
import io.github.dbtc4j.pipeline.detection.CiSystem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/// Each CI system's variables lead to its git host.
class HostLookupTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    github    | GITHUB_ACTIONS      |                                   | GITHUB_TOKEN           | GITHUB       | https://api.github.com           | jaffle/shop
                    github    | GITHUB_ACTIONS      | GITHUB_API_URL=https://ghe.example.com/api/v3 | GH_TOKEN   | GITHUB       | https://ghe.example.com/api/v3   | jaffle/shop
                    github    | GITHUB_ACTIONS      | GITHUB_SERVER_URL=https://ghe.example.com     | GITHUB_TOKEN | GITHUB     | https://ghe.example.com/api/v3   | jaffle/shop
                    github    | GITHUB_ACTIONS      | GITEA_ACTIONS=true;GITHUB_SERVER_URL=https://git.example.com | GITEA_TOKEN | GITEA | https://git.example.com/api/v1 | jaffle/shop
                    gitlab    | GITLAB_CI           | CI_API_V4_URL=https://gitlab.com/api/v4 | GITLAB_TOKEN     | GITLAB       | https://gitlab.com/api/v4        | 10
                    gitlab    | GITLAB_CI           | CI_API_V4_URL=https://gitlab.com/api/v4 | CI_JOB_TOKEN     | GITLAB       | https://gitlab.com/api/v4        | 10
                    azure     | AZURE_PIPELINES     |                                   | SYSTEM_ACCESSTOKEN     | AZURE_DEVOPS | https://dev.azure.com/jaffle     | Jaffle/6b29fc40-ca47-1067-b31d-00dd010662da
                    azure     | AZURE_PIPELINES     | BUILD_REPOSITORY_PROVIDER=GitHub;BUILD_REPOSITORY_URI=https://github.com/jaffle/shop | GITHUB_TOKEN | GITHUB | https://api.github.com | jaffle/shop
                    bitbucket | BITBUCKET_PIPELINES |                                   | BITBUCKET_ACCESS_TOKEN | BITBUCKET    | https://api.bitbucket.org/2.0    | jaffle/shop
                    buildkite | BUILDKITE           |                                   | GITHUB_TOKEN           | GITHUB       | https://api.github.com           | jaffle/shop
                    circleci  | CIRCLECI            |                                   | DBTC_GIT_TOKEN         | GITHUB       | https://api.github.com           | jaffle/shop
                    jenkins   | JENKINS             |                                   | DBTC_GIT_TOKEN         | BITBUCKET    | https://api.bitbucket.org/2.0    | jaffle/shop
                    jenkins   | JENKINS             | CHANGE_URL=https://gitlab.example.com/a/b/shop/-/merge_requests/50 | GITLAB_TOKEN | GITLAB | https://gitlab.example.com/api/v4 | a/b/shop
                    codebuild | CODEBUILD           |                                   | GITHUB_TOKEN           | GITHUB       | https://api.github.com           | jaffle/shop
                    """)
    void findsTheRepository(
            String recorded,
            CiSystem system,
            String changes,
            String token,
            GitHostKind kind,
            String api,
            String path)
            throws IOException {
        Map<String, String> environment = recorded(recorded);
        if (changes != null) {
            for (String change : changes.split(";", -1)) {
                environment.put(
                        change.substring(0, change.indexOf('=')),
                        change.substring(change.indexOf('=') + 1));
            }
        }
        environment.put(token, "secret");

        HostPlace place = HostLookup.find(system, environment, new PullRequestOptions());

        assertThat(place.kind()).isEqualTo(kind);
        assertThat(place.repository().api()).hasToString(api);
        assertThat(place.repository().path()).isEqualTo(path);
        assertThat(GitHostTokens.ALL).as("what is never seen").contains(token);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://git.example.com/api/v1  | GITEA
                    https://git.example.com/api/v3/ | GITHUB
                    https://api.github.com          | GITHUB
                    https://git.example.com/api/v4  | GITLAB
                    https://api.bitbucket.org/2.0   | BITBUCKET
                    https://dev.azure.com/jaffle    | AZURE_DEVOPS
                    """)
    void takesTheAddressThatIsGiven(String api, GitHostKind kind) {
        var given = new PullRequestOptions();
        given.api = api;
        given.repository = "jaffle/shop";

        HostPlace place =
                HostLookup.find(CiSystem.OTHER, Map.of("DBTC_GIT_TOKEN", "secret"), given);

        assertThat(place.kind()).isEqualTo(kind);
        assertThat(place.repository().path()).isEqualTo("jaffle/shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://git.example.com/api/v1        | jaffle/shop | unencrypted
                    https://git.example.com/             | jaffle/shop | does not tell what kind
                    https://u:p@git.example.com/api/v4   | jaffle/shop | plain address
                    https://git.example.com/api/v4       | ../shop     | names divided by slashes
                    not an address                       | jaffle/shop | no web address
                    """)
    void refusesWhatIsNone(String api, String path, String why) {
        var given = new PullRequestOptions();
        given.api = api;
        given.repository = path;

        assertThatThrownBy(() ->
                        HostLookup.find(CiSystem.OTHER, Map.of("DBTC_GIT_TOKEN", "secret"), given))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(why);
    }

    @Test
    void saysWhatToGiveWhereNothingTells() {
        assertThatThrownBy(
                        () -> HostLookup.find(CiSystem.OTHER, Map.of(), new PullRequestOptions()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--git-api");
    }

    private static Map<String, String> recorded(String system) throws IOException {
        var environment = new HashMap<String, String>();
        Files.readAllLines(
                        Repository.ROOT.resolve(
                                "pipeline/src/test/resources/io/github/dbtc4j/pipeline/"
                                        + system
                                        + ".env"))
                .forEach(line ->
                        environment.put(
                                line.substring(0, line.indexOf('=')),
                                line.substring(line.indexOf('=') + 1)));
        return environment;
    }
}
