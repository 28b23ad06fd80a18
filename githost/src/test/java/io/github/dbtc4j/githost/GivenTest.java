package io.github.dbtc4j.githost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

/// What callers give is checked before anything is sent.
class GivenTest {

    @ParameterizedTest
    @CsvSource({
        "GITHUB, https://github.com, https://api.github.com",
        "GITHUB, https://github.example.com/, https://github.example.com/api/v3",
        "GITLAB, https://gitlab.com, https://gitlab.com/api/v4",
        "GITEA, https://codeberg.org/, https://codeberg.org/api/v1",
        "BITBUCKET, https://bitbucket.org, https://api.bitbucket.org/2.0",
        "AZURE_DEVOPS, https://dev.azure.com/fabrikam/, https://dev.azure.com/fabrikam"
    })
    void findsTheApiOfAServer(GitHostKind kind, URI server, URI api) {
        assertThat(kind.api(server)).isEqualTo(api);
    }

    @Test
    void encodesThePath() {
        var repository = new Repository(URI.create("https://a.example.com/"), "my group/ü%2F/x?y");

        assertThat(repository.encoded()).isEqualTo("my%20group/%C3%BC%252F/x%3Fy");
        assertThat(repository.encodedAsOne()).isEqualTo("my%20group%2F%C3%BC%252F%2Fx%3Fy");
        assertThat(repository.encodedParent()).isEqualTo("my%20group/%C3%BC%252F");
        assertThat(repository.encodedName()).isEqualTo("x%3Fy");
        assertThat(repository.at("/x")).hasToString("https://a.example.com/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://git.example.com",
                "ftp://git.example.com",
                "https://user:password@git.example.com",
                "https://git.example.com?token=x",
                "https:///api",
                "git.example.com"
            })
    void refusesAnAddress(URI api) {
        assertThatThrownBy(() -> new Repository(api, "a/b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "..", "a/../b", "./a", "a/b\nc"})
    void refusesAPath(String path) {
        assertThatThrownBy(() -> new Repository(URI.create("https://git.example.com"), path))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two words", "a\nb", "tökän"})
    void refusesAToken(String token) {
        assertThatThrownBy(() -> Credential.bearer(token))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesATokenFromAFile() {
        assertThat(Credential.bearer("abc\n").headers())
                .containsEntry("Authorization", "Bearer abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a--b", "a>b", "A", "a b", "a]b"})
    void refusesAMarkerThatWouldBeSeen(String name) {
        assertThatThrownBy(() -> new CommentMarker(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "/run/1", "file:///etc/passwd"})
    void refusesAStatusThatLeadsNowhere(URI target) {
        assertThatThrownBy(() -> new CommitStatus(CommitStatus.State.SUCCESS, "dbt/CI", "", target))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void putsAStatusOnOneLine() {
        var status =
                new CommitStatus(
                        CommitStatus.State.FAILURE, "dbt/a\tb", " 1\n failed\u0007", Hosts.RUN);

        assertThat(status.context()).isEqualTo("dbt/a b");
        assertThat(status.description()).isEqualTo("1 failed");
    }

    @Test
    void cutsALongCommentAtALinesEnd() {
        String text = ("x".repeat(99) + "\n").repeat(400);

        String cut = ShortText.lines(text, 30_000);

        assertThat(cut).hasSizeLessThanOrEqualTo(30_000).endsWith("x\n\n…");
        assertThat(cut.length()).isGreaterThan(29_800);
    }

    @Test
    void dividesNoCharacter() {
        assertThat(ShortText.cut("ab😀cd", 4)).isEqualTo("ab…");
    }
}
