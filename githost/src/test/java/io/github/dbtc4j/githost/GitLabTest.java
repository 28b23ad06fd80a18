package io.github.dbtc4j.githost;

import static io.github.dbtc4j.githost.Hosts.MARKER;
import static io.github.dbtc4j.githost.Hosts.SHA;
import static io.github.dbtc4j.githost.Hosts.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class GitLabTest {

    private static final String PROJECT = "/api/v4/projects/my-group%2Fmy-project";
    private static final String MERGE = PROJECT + "/merge_requests/1";
    private static final String STATUS = "POST " + PROJECT + "/statuses/" + SHA;
    private static final String NOTES =
            "GET " + MERGE + "/notes?sort=asc&order_by=created_at&per_page=100&page=1";

    private final Replay replay = new Replay();
    private final GitHost host = Hosts.gitlab(replay, Credential.privateToken(Hosts.SECRET));

    @Test
    void readsAMergeRequest() {
        replay.on("GET " + MERGE, 200, Recorded.text("gitlab/merge-request.json"));

        assertThat(host.pullRequest(1))
                .isEqualTo(
                        new PullRequest(
                                1,
                                "test1",
                                "8888888888888888888888888888888888888888",
                                "test1",
                                "master",
                                false,
                                true,
                                PullRequest.State.MERGED,
                                "http://gitlab.example.com/my-group/my-project/merge_requests/1"));
        assertThat(replay.requests().getFirst().headers())
                .containsEntry("PRIVATE-TOKEN", Hosts.SECRET);
    }

    @ParameterizedTest
    @CsvSource({"opened, OPEN", "locked, OPEN", "closed, CLOSED", "merged, MERGED"})
    void readsTheState(String word, PullRequest.State state) {
        Map<String, @Nullable Object> merge = Recorded.object("gitlab/merge-request.json");
        merge.put("state", word);
        replay.on("GET " + MERGE, 200, Json.write(merge));

        assertThat(host.pullRequest(1).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"draft, true", "work_in_progress, true", "squash, false"})
    void knowsADraftByEitherName(String field, boolean draft) {
        Map<String, @Nullable Object> merge = Recorded.object("gitlab/merge-request.json");
        merge.put(field, true);
        replay.on("GET " + MERGE, 200, Json.write(merge));

        assertThat(host.pullRequest(1).draft()).isEqualTo(draft);
    }

    @Test
    void listsOpenMergeRequests() {
        replay.on(
                "GET " + PROJECT + "/merge_requests?state=opened&per_page=100&page=1",
                200,
                "[" + Recorded.text("gitlab/merge-request.json") + "]");

        assertThat(host.openPullRequests().items()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2, true", "1000+, false", "3, false"})
    void listsChangedFilesAndSaysWhenItCountsMore(String count, boolean complete) {
        Map<String, @Nullable Object> merge = Recorded.object("gitlab/merge-request.json");
        merge.put("changes_count", count);
        replay.on("GET " + MERGE, 200, Json.write(merge));
        replay.on(
                "GET " + MERGE + "/diffs?per_page=100&page=1",
                200,
                Recorded.text("gitlab/diffs.json"));

        assertThat(host.changedFiles(1))
                .isEqualTo(new Listing<>(List.of("README", "VERSION", "VERSION.txt"), complete));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, pending",
        "RUNNING, running",
        "SUCCESS, success",
        "FAILURE, failed",
        "ERROR, failed",
        "CANCELLED, canceled"
    })
    void setsAStatus(CommitStatus.State state, String word) {
        replay.on(STATUS, 201, "{}");

        host.setStatus(1, SHA, status(state));

        assertThat(replay.bodies())
                .containsExactly(
                        Map.of(
                                "state",
                                word,
                                "name",
                                "dbt/CI job",
                                "description",
                                "12 models built",
                                "target_url",
                                Hosts.RUN.toString()));
    }

    /// What GitLab answered others: jenkinsci/gitlab-plugin, issue 885.
    @Test
    void takesAStateThatIsThereAlreadyForSet() {
        replay.on(
                STATUS,
                400,
                """
                {"message": "Cannot transition status via :run from :running (Reason(s): Status cannot transition via \\"run\\")"}
                """);

        assertThatCode(() -> host.setStatus(1, SHA, status(CommitStatus.State.RUNNING)))
                .doesNotThrowAnyException();
    }

    @Test
    void reportsAnyOtherRefusalOfAStatus() {
        replay.on(STATUS, 400, "{\"message\": \"target_url is too long\"}");

        assertThatThrownBy(() -> host.setStatus(1, SHA, status(CommitStatus.State.RUNNING)))
                .hasMessageContaining("target_url is too long");
    }

    @Test
    void makesANoteInWhichNothingIsACommand() {
        replay.on(NOTES, 200, "[" + Recorded.text("gitlab/note.json") + "]");
        replay.on("POST " + MERGE + "/notes", 201, "{}");

        host.keepComment(1, MARKER, "failed:\n/merge\n  /close now\na/b, 1 / 2");

        assertThat(replay.bodies())
                .containsExactly(
                        Map.of(
                                "body",
                                "<!-- dbtc4j:ci/73797 -->\n\nfailed:\n\\/merge\n  \\/close now\n"
                                        + "a/b, 1 / 2"));
    }

    @ParameterizedTest
    @CsvSource({"1, UPDATED, PUT", "2, CREATED, POST"})
    void changesItsOwnNoteOnly(long user, CommentChange change, String method) {
        Map<String, @Nullable Object> note = Recorded.object("gitlab/note.json");
        note.put("body", MARKER.asHtml() + "\n\nold");
        replay.on(NOTES, 200, Json.write(List.of(note)));
        replay.on("GET /api/v4/user", 200, "{\"id\": %d}".formatted(user));
        replay.on("PUT " + MERGE + "/notes/301", 200, "{}");
        replay.on("POST " + MERGE + "/notes", 201, "{}");

        assertThat(host.keepComment(1, MARKER, "new")).isEqualTo(change);
        assertThat(replay.requests().getLast().method()).isEqualTo(method);
    }

    @Test
    void deletesAnotherNoteOfItsOwn() {
        Map<String, @Nullable Object> note = Recorded.object("gitlab/note.json");
        note.put("body", MARKER.asHtml() + "\n\nsame");
        replay.on(NOTES, 200, Json.write(List.of(note, note)));
        replay.on("GET /api/v4/user", 200, "{\"id\": 1}");
        replay.on("DELETE " + MERGE + "/notes/301", 204, "");

        assertThat(host.keepComment(1, MARKER, "same")).isEqualTo(CommentChange.UNCHANGED);
        assertThat(replay.calls().getLast()).isEqualTo("DELETE " + MERGE + "/notes/301");
    }

    @Test
    void saysWhatToUseInPlaceOfAJobsToken() {
        replay.on(STATUS, 401, "{\"message\": \"401 Unauthorized\"}");
        GitHost job = Hosts.gitlab(replay, Credential.jobToken(Hosts.SECRET));

        assertThatThrownBy(() -> job.setStatus(1, SHA, status(CommitStatus.State.RUNNING)))
                .hasMessage(
                        "cannot set the commit status dbt/CI job of "
                                + SHA
                                + ": GitLab did not accept the token (HTTP 401): 401 Unauthorized."
                                + " Check that it is this host's and has not expired. CI_JOB_TOKEN"
                                + " opens few endpoints of GitLab's API, and this was none of them:"
                                + " use a project access token with the scope api and the role"
                                + " Developer, in PRIVATE-TOKEN.");
        assertThat(replay.requests().getFirst().headers())
                .containsEntry("JOB-TOKEN", Hosts.SECRET)
                .doesNotContainKey("PRIVATE-TOKEN");
    }
}
