package io.github.dbtc4j.githost;

import static io.github.dbtc4j.githost.Hosts.MARKER;
import static io.github.dbtc4j.githost.Hosts.SHA;
import static io.github.dbtc4j.githost.Recorded.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

class GiteaTest {

    private static final String REPOSITORY = "/api/v1/repos/ci/dbt";
    private static final String COMMENTS =
            "GET " + REPOSITORY + "/issues/1/comments?limit=50&page=1";

    private final Replay replay = new Replay();
    private final GitHost host = Hosts.gitea(replay);

    private static String recordedPull(String delivery) {
        return Json.write(
                member(Recorded.object("gitea/" + delivery + ".body.json"), "pull_request"));
    }

    @Test
    void readsARecordedPullRequest() {
        replay.on("GET " + REPOSITORY + "/pulls/1", 200, recordedPull("pull_request-opened"));

        assertThat(host.pullRequest(1))
                .isEqualTo(
                        new PullRequest(
                                1,
                                "p",
                                "539859b2fb00f89af6734b0011ab2671be1e4e1d",
                                "f1",
                                "main",
                                false,
                                false,
                                PullRequest.State.OPEN,
                                "http://127.0.0.1:3000/ci/dbt/pulls/1"));
        assertThat(replay.requests().getFirst().headers())
                .containsEntry("Authorization", "token " + Hosts.SECRET);
    }

    @Test
    void readsThatItWasClosed() {
        replay.on("GET " + REPOSITORY + "/pulls/1", 200, recordedPull("pull_request-closed"));

        assertThat(host.pullRequest(1).state()).isEqualTo(PullRequest.State.CLOSED);
    }

    @Test
    void listsOpenPullRequests() {
        replay.on(
                "GET " + REPOSITORY + "/pulls?state=open&limit=50&page=1",
                200,
                "[" + recordedPull("pull_request-opened") + "]");

        assertThat(host.openPullRequests().items()).hasSize(1);
    }

    @Test
    void listsChangedFiles() {
        replay.on(
                "GET " + REPOSITORY + "/pulls/1/files?limit=50&page=1",
                200,
                "[{\"filename\": \"a.sql\", \"status\": \"added\", \"previous_filename\": \"\"}]");

        assertThat(host.changedFiles(1)).isEqualTo(new Listing<>(List.of("a.sql"), true));
    }

    /// Gitea answers others with 500.
    @ParameterizedTest
    @EnumSource
    void usesTheFourStatesOnly(CommitStatus.State state) {
        replay.on("POST " + REPOSITORY + "/statuses/" + SHA, 201, "{}");

        host.setStatus(1, SHA, Hosts.status(state));

        assertThat(replay.bodies().getFirst().get("state"))
                .isIn("pending", "success", "error", "failure");
        assertThat(replay.bodies().getFirst())
                .containsOnlyKeys("state", "context", "description", "target_url");
    }

    @Test
    void changesTheRecordedCommentIfItIsItsOwn() {
        Map<String, @Nullable Object> comment =
                member(Recorded.object("gitea/issue_comment-created.body.json"), "comment");
        comment.put("body", MARKER.asHtml() + "\n\n" + comment.get("body"));
        replay.on(COMMENTS, 200, Json.write(List.of(comment)));
        replay.on("GET /api/v1/user", 200, "{\"login\": \"ci\"}");
        replay.on("PATCH " + REPOSITORY + "/issues/comments/3", 200, "{}");

        assertThat(host.keepComment(1, MARKER, "dbt: success")).isEqualTo(CommentChange.UNCHANGED);
        assertThat(host.keepComment(1, MARKER, "dbt: failed")).isEqualTo(CommentChange.UPDATED);
    }

    /// The second one may be another's who has copied the first.
    @Test
    void deletesNothingWhereItIsNotKnownWhoseTheTokenIs() {
        Map<String, @Nullable Object> comment =
                member(Recorded.object("gitea/issue_comment-created.body.json"), "comment");
        comment.put("body", MARKER.asHtml() + "\n\nold");
        replay.on(COMMENTS, 200, Json.write(List.of(comment, comment)));
        replay.on("PATCH " + REPOSITORY + "/issues/comments/3", 200, "{}");

        assertThat(host.keepComment(1, MARKER, "new")).isEqualTo(CommentChange.UPDATED);
        assertThat(replay.calls()).noneMatch(call -> call.startsWith("DELETE"));
    }

    /// The token says not whose it is, and the comment turns out to be another's.
    @Test
    void makesACommentOfItsOwnWhenItMayNotChangeTheMarkedOne() {
        Map<String, @Nullable Object> comment =
                member(Recorded.object("gitea/issue_comment-created.body.json"), "comment");
        comment.put("body", MARKER.asHtml() + "\n\nold");
        replay.on(COMMENTS, 200, Json.write(List.of(comment)));
        replay.on("GET /api/v1/user", 403, "{\"message\": \"token does not have scope\"}");
        replay.on("PATCH " + REPOSITORY + "/issues/comments/3", 403, "{}");
        replay.on("POST " + REPOSITORY + "/issues/1/comments", 201, "{}");

        assertThat(host.keepComment(1, MARKER, "new")).isEqualTo(CommentChange.CREATED);
    }
}
