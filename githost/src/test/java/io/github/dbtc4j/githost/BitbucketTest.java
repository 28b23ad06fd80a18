package io.github.dbtc4j.githost;

import static io.github.dbtc4j.githost.Hosts.MARKER;
import static io.github.dbtc4j.githost.Hosts.SHA;
import static io.github.dbtc4j.githost.Hosts.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class BitbucketTest {

    private static final String API = "https://api.bitbucket.org";
    private static final String REPOSITORY = "/2.0/repositories/amuniz/test-repos";
    private static final String PULL = REPOSITORY + "/pullrequests/2";
    private static final String STATUS =
            "POST " + REPOSITORY + "/commit/" + SHA + "/statuses/build";
    private static final String FULL = "046d9a3c1532acf4cf08fe93235c00e4d673c1d2";

    private final Replay replay = new Replay();
    private final GitHost host = Hosts.bitbucket(replay);

    @Test
    void readsAPullRequestAndItsCommitInFull() {
        replay.on("GET " + PULL, 200, Recorded.text("bitbucket/pull-request.json"));
        replay.on(
                "GET /2.0/repositories/amuniz/test-repos-fork/commit/046d9a3c1532",
                200,
                "{\"hash\": \"" + FULL + "\"}");

        assertThat(host.pullRequest(2))
                .isEqualTo(
                        new PullRequest(
                                2,
                                "Add one message more",
                                FULL,
                                "feature/BB-2",
                                "master",
                                false,
                                true,
                                PullRequest.State.OPEN,
                                "https://bitbucket.org/amuniz/test-repos/pull-requests/3"));
    }

    @Test
    void keepsTheShortCommitWhereTheForkMayNotBeRead() {
        replay.on("GET " + PULL, 200, Recorded.text("bitbucket/pull-request.json"));

        assertThat(host.pullRequest(2).headSha()).isEqualTo("046d9a3c1532");
    }

    @ParameterizedTest
    @CsvSource({"OPEN, OPEN", "MERGED, MERGED", "DECLINED, CLOSED", "SUPERSEDED, CLOSED"})
    void readsTheState(String word, PullRequest.State state) {
        Map<String, @Nullable Object> pull = Recorded.object("bitbucket/pull-request.json");
        pull.put("state", word);
        pull.put("draft", true);
        replay.on("GET " + PULL, 200, Json.write(pull));

        assertThat(host.pullRequest(2).state()).isEqualTo(state);
        assertThat(host.pullRequest(2).draft()).isTrue();
    }

    /// The redirect is as it was seen: MatanYemini/bitbucket-mcp, pull request 85.
    @Test
    void listsChangedFilesWhereItIsRedirectedTo() {
        String list =
                REPOSITORY
                        + "/diffstat/amuniz/test-repos:58f9fea0ad1b%0Dd0d4e592bd73"
                        + "?from_pullrequest_id=2&topic=true";
        replay.on("GET " + PULL + "/diffstat", 302, Map.of("location", API + list), "");
        replay.on("GET " + list, 200, Recorded.text("bitbucket/diffstat.json"));

        assertThat(host.changedFiles(2))
                .isEqualTo(
                        new Listing<>(
                                List.of("setup.py", "models/a.sql", "b.sql", "models/b.sql"),
                                true));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/2.0/x",
        "https://api.bitbucket.org.example.com/2.0/x",
        "https://api.bitbucket.org/2.0/a b"
    })
    void goesNowhereElseWithTheToken(String elsewhere) {
        replay.on("GET " + PULL + "/diffstat", 302, Map.of("location", elsewhere), "");

        assertThatThrownBy(() -> host.changedFiles(2))
                .isInstanceOf(GitHostException.class)
                .hasMessageContaining("(HTTP 302) with something that cannot be read");
        assertThat(replay.requests()).hasSize(1);
    }

    @Test
    void listsOpenPullRequestsPageByPage() {
        String first = REPOSITORY + "/pullrequests?state=OPEN&pagelen=50";
        String pull = Recorded.text("bitbucket/pull-request.json");
        replay.on(
                "GET " + first,
                200,
                "{\"values\": [%s], \"next\": \"%s\"}".formatted(pull, API + first + "&page=2"));
        replay.on("GET " + first + "&page=2", 200, "{\"values\": [%s]}".formatted(pull));

        Listing<PullRequest> open = host.openPullRequests();

        assertThat(open.items()).hasSize(2);
        assertThat(open.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, INPROGRESS",
        "RUNNING, INPROGRESS",
        "SUCCESS, SUCCESSFUL",
        "FAILURE, FAILED",
        "ERROR, FAILED",
        "CANCELLED, STOPPED"
    })
    void setsAStatus(CommitStatus.State state, String word) {
        replay.on(STATUS, 201, "{}");

        host.setStatus(2, SHA, status(state));

        assertThat(replay.bodies())
                .containsExactly(
                        Map.of(
                                "key", "dbt/CI job",
                                "name", "dbt/CI job",
                                "state", word,
                                "description", "12 models built",
                                "url", Hosts.RUN.toString()));
    }

    @Test
    void makesOfLongContextsKeysThatFitAndDiffer() {
        replay.on(STATUS, 201, "{}");
        for (String end : List.of("one", "two", "one")) {
            host.setStatus(
                    2,
                    SHA,
                    new CommitStatus(
                            CommitStatus.State.SUCCESS,
                            "dbt/" + "x".repeat(50) + end,
                            "",
                            Hosts.RUN));
        }

        List<Object> keys = replay.bodies().stream().map(body -> body.get("key")).toList();
        assertThat(keys).allSatisfy(key -> assertThat(key.toString()).hasSize(40));
        assertThat(keys.get(0)).isNotEqualTo(keys.get(1)).isEqualTo(keys.get(2));
    }

    @Test
    void marksItsCommentWithoutHtml() {
        replay.on("GET " + PULL + "/comments?pagelen=100", 200, "{\"values\": []}");
        replay.on("POST " + PULL + "/comments", 201, "{}");

        host.keepComment(2, MARKER, "failed");

        assertThat(host.rendersHtml()).isFalse();
        assertThat(replay.bodies())
                .containsExactly(
                        Map.of(
                                "content",
                                Map.of(
                                        "raw",
                                        "[dbtc4j:ci/73797]: https://docs.getdbt.com\n\nfailed")));
    }

    @ParameterizedTest
    @CsvSource({
        "{c5716604-73d9-4ad4-a3dd-a75485652c57}, false, UPDATED",
        "{644c7fc2-b15a-4445-9f89-35390694fac9}, false, CREATED",
        "{c5716604-73d9-4ad4-a3dd-a75485652c57}, true, CREATED"
    })
    void changesItsOwnCommentOnly(String author, boolean deleted, CommentChange change) {
        Map<String, @Nullable Object> comment =
                Map.of(
                        "id",
                        7,
                        "user",
                        Map.of("uuid", author),
                        "deleted",
                        deleted,
                        "content",
                        Map.of("raw", MARKER.asLinkDefinition() + "\n\nold"));
        replay.on(
                "GET " + PULL + "/comments?pagelen=100",
                200,
                Json.write(Map.of("values", List.of(comment))));
        replay.on("GET /2.0/user", 200, Recorded.text("bitbucket/user.json"));
        replay.on("PUT " + PULL + "/comments/7", 200, "{}");
        replay.on("POST " + PULL + "/comments", 201, "{}");

        assertThat(host.keepComment(2, MARKER, "new")).isEqualTo(change);
    }

    @Test
    void deletesAnotherCommentOfItsOwn() {
        Map<String, ?> comment =
                Map.of(
                        "id", 7,
                        "user", Map.of("uuid", "{c5716604-73d9-4ad4-a3dd-a75485652c57}"),
                        "content", Map.of("raw", MARKER.asLinkDefinition() + "\n\nsame"));
        replay.on(
                "GET " + PULL + "/comments?pagelen=100",
                200,
                Json.write(Map.of("values", List.of(comment, comment))));
        replay.on("GET /2.0/user", 200, Recorded.text("bitbucket/user.json"));
        replay.on("DELETE " + PULL + "/comments/7", 204, "");

        assertThat(host.keepComment(2, MARKER, "same")).isEqualTo(CommentChange.UNCHANGED);
        assertThat(replay.calls().getLast()).isEqualTo("DELETE " + PULL + "/comments/7");
    }
}
