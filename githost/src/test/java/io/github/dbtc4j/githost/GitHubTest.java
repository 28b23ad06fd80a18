package io.github.dbtc4j.githost;

import static io.github.dbtc4j.githost.Hosts.MARKER;
import static io.github.dbtc4j.githost.Hosts.SHA;
import static io.github.dbtc4j.githost.Hosts.status;
import static io.github.dbtc4j.githost.Recorded.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class GitHubTest {

    private static final String PULL = "/repos/Codertocat/Hello-World/pulls/2";
    private static final String COMMENTS = "/repos/Codertocat/Hello-World/issues/2/comments";
    private static final String PAGE = "?per_page=100&page=1";

    private final Replay replay = new Replay();
    private final GitHost host = Hosts.github(replay);

    private static Map<String, @Nullable Object> recordedPull(String action) {
        return member(Recorded.object("octokit/pull_request." + action + ".json"), "pull_request");
    }

    @Test
    void readsARecordedPullRequest() {
        replay.on("GET " + PULL, 200, Json.write(recordedPull("opened")));

        assertThat(host.pullRequest(2))
                .isEqualTo(
                        new PullRequest(
                                2,
                                "Update the README with new information.",
                                SHA,
                                "changes",
                                "master",
                                false,
                                false,
                                PullRequest.State.OPEN,
                                "https://github.com/Codertocat/Hello-World/pull/2"));
    }

    @ParameterizedTest
    @CsvSource({"opened, false, OPEN", "converted_to_draft, true, OPEN", "closed, false, CLOSED"})
    void readsDraftAndState(String action, boolean draft, PullRequest.State state) {
        replay.on("GET " + PULL, 200, Json.write(recordedPull(action)));

        PullRequest pull = host.pullRequest(2);

        assertThat(pull.draft()).isEqualTo(draft);
        assertThat(pull.state()).isEqualTo(state);
    }

    @Test
    void knowsAMergedPullRequestAndAFork() {
        Map<String, @Nullable Object> pull = recordedPull("closed");
        pull.put("merged_at", "2019-05-15T15:20:33Z");
        member(member(pull, "head"), "repo").put("full_name", "Octocat/Hello-World");
        replay.on("GET " + PULL, 200, Json.write(pull));

        assertThat(host.pullRequest(2).state()).isEqualTo(PullRequest.State.MERGED);
        assertThat(host.pullRequest(2).fork()).isTrue();
    }

    @Test
    void takesAPullRequestFromADeletedForkForAFork() {
        Map<String, @Nullable Object> pull = recordedPull("opened");
        member(pull, "head").put("repo", null);
        replay.on("GET " + PULL, 200, Json.write(pull));

        assertThat(host.pullRequest(2).fork()).isTrue();
    }

    @Test
    void sendsAStatusAsItWasRecorded() {
        Map<String, @Nullable Object> exchange = Recorded.exchanges("create-status").getFirst();
        String path = String.valueOf(exchange.get("path"));
        replay.on("POST " + path, 201, Json.write(exchange.get("response")));
        GitHost recorded =
                GitHostKind.GITHUB.connect(
                        new Repository(
                                URI.create("https://api.github.com"),
                                "octokit-fixture-org/create-status"),
                        Credential.bearer(Hosts.SECRET),
                        replay,
                        new io.github.dbtc4j.http.VirtualTime(1));

        recorded.setStatus(
                1,
                "0000000000000000000000000000000000000001",
                new CommitStatus(
                        CommitStatus.State.FAILURE,
                        "example/1",
                        "create-status failure test",
                        URI.create("https://example.com")));

        assertThat(replay.calls()).containsExactly("POST " + path);
        assertThat(replay.bodies()).containsExactly(member(exchange, "body"));
        assertThat(replay.requests().getFirst().headers())
                .containsEntry("Authorization", "Bearer " + Hosts.SECRET)
                .containsEntry("X-GitHub-Api-Version", "2022-11-28")
                .containsEntry("Content-Type", "application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, pending",
        "RUNNING, pending",
        "SUCCESS, success",
        "FAILURE, failure",
        "ERROR, error",
        "CANCELLED, error"
    })
    void hasAWordForEachState(CommitStatus.State state, String word) {
        replay.on("POST /repos/Codertocat/Hello-World/statuses/" + SHA, 201, "{}");

        host.setStatus(2, SHA, status(state));

        assertThat(replay.bodies().getFirst()).containsEntry("state", word);
    }

    @Test
    void cutsADescriptionAt140Characters() {
        replay.on("POST /repos/Codertocat/Hello-World/statuses/" + SHA, 201, "{}");

        host.setStatus(
                2,
                SHA,
                new CommitStatus(CommitStatus.State.SUCCESS, "dbt/CI", "a".repeat(141), Hosts.RUN));

        assertThat(replay.bodies().getFirst()).containsEntry("description", "a".repeat(139) + "…");
    }

    @Test
    void listsOpenPullRequestsPageByPage() {
        String first = "GET /repos/Codertocat/Hello-World/pulls?state=open&per_page=100&page=1";
        String second = "GET /repos/Codertocat/Hello-World/pulls?state=open&per_page=100&page=2";
        String link = Recorded.link(Recorded.exchanges("paginate-issues").getFirst());
        replay.on(first, 200, Map.of("link", link), Json.write(List.of(recordedPull("opened"))));
        replay.on(second, 200, Json.write(List.of(recordedPull("converted_to_draft"))));

        Listing<PullRequest> open = host.openPullRequests();

        assertThat(open.complete()).isTrue();
        assertThat(open.items()).extracting(PullRequest::draft).containsExactly(false, true);
    }

    @Test
    void listsChangedFilesByBothNames() {
        replay.on(
                "GET " + PULL + "/files" + PAGE,
                200,
                """
                [{"filename": "models/b.sql", "status": "renamed", "previous_filename": "b.sql"},
                 {"filename": "README.md", "status": "modified"}]
                """);

        assertThat(host.changedFiles(2))
                .isEqualTo(new Listing<>(List.of("b.sql", "models/b.sql", "README.md"), true));
    }

    /// GitHub lists 3,000 files and says nothing of the others.
    @Test
    void saysWhenThereMayBeMoreChangedFiles() {
        for (int page = 1; page <= 30; page++) {
            int from = page * 100;
            replay.on(
                    "GET " + PULL + "/files?per_page=100&page=" + page,
                    200,
                    page < 30
                            ? Map.of("link", "<https://api.github.com/x>; rel=\"next\"")
                            : Map.of(),
                    Json.write(
                            IntStream.range(from, from + 100)
                                    .mapToObj(i -> Map.of("filename", "models/" + i + ".sql"))
                                    .toList()));
        }

        Listing<String> files = host.changedFiles(2);

        assertThat(files.items()).hasSize(3_000);
        assertThat(files.complete()).isFalse();
    }

    @Test
    void makesACommentWhereThereIsNone() {
        replay.on("GET " + COMMENTS + PAGE, 200, Json.write(List.of(recordedComment("", "User"))));
        replay.on("POST " + COMMENTS, 201, "{}");

        assertThat(host.keepComment(2, MARKER, "**failed**\n")).isEqualTo(CommentChange.CREATED);
        assertThat(replay.bodies())
                .containsExactly(Map.of("body", "<!-- dbtc4j:ci/73797 -->\n\n**failed**"));
    }

    @Test
    void changesItsOwnComment() {
        replay.on("GET " + COMMENTS + PAGE, 200, Json.write(List.of(recordedComment("x", "User"))));
        replay.on("GET /user", 200, "{\"login\": \"Codertocat\"}");
        String comment = "PATCH /repos/Codertocat/Hello-World/issues/comments/492700400";
        replay.on(comment, 200, "{}");

        assertThat(host.keepComment(2, MARKER, "**failed**")).isEqualTo(CommentChange.UPDATED);
        assertThat(replay.calls()).contains(comment);
    }

    @Test
    void sendsNothingWhenTheTextIsTheSame() {
        String kept = "<!-- dbtc4j:ci/73797 -->\r\n\r\n**failed**\r\n";
        replay.on("GET " + COMMENTS + PAGE, 200, Json.write(List.of(recordedComment(kept, "Bot"))));
        replay.on("GET /user", 403, "{\"message\": \"Resource not accessible by integration\"}");

        assertThat(host.keepComment(2, MARKER, "**failed**")).isEqualTo(CommentChange.UNCHANGED);
        assertThat(replay.bodies()).isEmpty();
    }

    /// A workflow's token may change comments of others, who could then change our verdict.
    @Test
    void leavesAMarkedCommentOfAPersonAlone() {
        replay.on("GET " + COMMENTS + PAGE, 200, Json.write(List.of(recordedComment("x", "User"))));
        replay.on("GET /user", 403, "{\"message\": \"Resource not accessible by integration\"}");
        replay.on("POST " + COMMENTS, 201, "{}");

        assertThat(host.keepComment(2, MARKER, "**failed**")).isEqualTo(CommentChange.CREATED);
        assertThat(replay.calls()).noneMatch(call -> call.startsWith("PATCH"));
    }

    @Test
    void deletesAnotherCommentOfItsOwn() {
        Map<String, @Nullable Object> second = recordedComment("x", "Bot");
        second.put("id", 2);
        replay.on(
                "GET " + COMMENTS + PAGE,
                200,
                Json.write(List.of(recordedComment("x", "Bot"), second)));
        replay.on("PATCH /repos/Codertocat/Hello-World/issues/comments/492700400", 200, "{}");
        replay.on("DELETE /repos/Codertocat/Hello-World/issues/comments/2", 204, "");

        assertThat(host.keepComment(2, MARKER, "new")).isEqualTo(CommentChange.UPDATED);
        assertThat(replay.calls().getLast())
                .isEqualTo("DELETE /repos/Codertocat/Hello-World/issues/comments/2");
    }

    /// @param text `x` for our marker with another text, else the comment's own text
    private static Map<String, @Nullable Object> recordedComment(String text, String type) {
        Map<String, @Nullable Object> comment =
                member(Recorded.object("octokit/issue_comment.created.json"), "comment");
        member(comment, "user").put("type", type);
        if (!text.isEmpty()) {
            comment.put("body", text.equals("x") ? "<!-- dbtc4j:ci/73797 -->\n\nold" : text);
        }
        return comment;
    }
}
