package io.github.dbtc4j.githost;

import static io.github.dbtc4j.githost.Hosts.MARKER;
import static io.github.dbtc4j.githost.Hosts.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class AzureDevOpsTest {

    private static final String REPOSITORY =
            "/fabrikam/2016_10_31/_apis/git/repositories/2016_10_31";
    private static final String PULL = REPOSITORY + "/pullrequests/22";
    private static final String VERSION = "?api-version=7.0";
    private static final String CHANGES =
            "GET " + PULL + "/iterations/2/changes?$compareTo=0&$top=1000&api-version=7.0&$skip=";
    private static final String OPEN =
            "GET " + REPOSITORY + "/pullrequests?searchCriteria.status=active&$top=100&$skip=";
    private static final String LAST = "8c9396b5cf22f929767c7172e9dbbe777ddc6357";

    private final Replay replay = new Replay();
    private final GitHost host = Hosts.azure(replay);

    @BeforeEach
    void iterations() {
        replay.on(
                "GET " + PULL + "/iterations" + VERSION,
                200,
                Recorded.text("azure/iterations.json"));
    }

    /// The pull request still names the head of its first iteration.
    @Test
    void readsAPullRequestWithTheHeadOfItsLastIteration() {
        replay.on("GET " + PULL + VERSION, 200, Recorded.text("azure/pull-request.json"));

        assertThat(host.pullRequest(22))
                .isEqualTo(
                        new PullRequest(
                                22,
                                "A new feature",
                                LAST,
                                "npaulk/my_work",
                                "new_feature",
                                false,
                                false,
                                PullRequest.State.OPEN,
                                "https://dev.azure.com/fabrikam/2016_10_31/_git/2016_10_31"
                                        + "/pullrequest/22"));
        assertThat(replay.requests().getFirst().headers())
                .containsEntry("Authorization", "Basic OnQwcHMzY3IzdA==");
    }

    @ParameterizedTest
    @CsvSource({"active, OPEN", "completed, MERGED", "abandoned, CLOSED"})
    void readsStateDraftAndFork(String word, PullRequest.State state) {
        Map<String, @Nullable Object> pull = Recorded.object("azure/pull-request.json");
        pull.put("status", word);
        pull.put("isDraft", true);
        pull.put("forkSource", Map.of("name", "refs/heads/npaulk/my_work"));
        replay.on("GET " + PULL + VERSION, 200, Json.write(pull));

        assertThat(host.pullRequest(22).state()).isEqualTo(state);
        assertThat(host.pullRequest(22).draft()).isTrue();
        assertThat(host.pullRequest(22).fork()).isTrue();
    }

    @Test
    void listsChangedFiles() {
        replay.on(CHANGES + "0", 200, Recorded.text("azure/changes.json"));

        assertThat(host.changedFiles(22))
                .isEqualTo(new Listing<>(List.of("new_feature.cpp", "new_feature.h"), true));
    }

    @Test
    void listsChangedFilesPageByPageWithoutFolders() {
        replay.on(
                CHANGES + "0",
                200,
                """
                {"changeEntries": [{"item": {"path": "/models", "isFolder": true}},
                                   {"item": {"path": "/models/b.sql"}, "originalPath": "/b.sql"}],
                 "nextSkip": 2, "nextTop": 1000}
                """);
        replay.on(CHANGES + "2", 200, Recorded.text("azure/changes.json"));

        assertThat(host.changedFiles(22).items())
                .containsExactly("b.sql", "models/b.sql", "new_feature.cpp", "new_feature.h");
    }

    @Test
    void listsOpenPullRequestsPageByPage() {
        Map<String, @Nullable Object> pull = Recorded.object("azure/pull-request.json");
        List<Map<String, @Nullable Object>> full =
                IntStream.range(0, 100).mapToObj(i -> pull).toList();
        replay.on(OPEN + "0&api-version=7.0", 200, Json.write(Map.of("value", full)));
        replay.on(OPEN + "100&api-version=7.0", 200, Json.write(Map.of("value", List.of(pull))));

        assertThat(host.openPullRequests().items()).hasSize(101);
    }

    @Test
    void sendsAStatusAsItIsDocumented() {
        replay.on("POST " + PULL + "/statuses" + VERSION, 200, "{}");

        host.setStatus(
                22,
                "0000000000000000000000000000000000000000",
                new CommitStatus(
                        CommitStatus.State.SUCCESS,
                        "vsts-samples/sample-status-1",
                        "Sample status succeeded",
                        URI.create("http://fabrikam-fiber-inc.com/CI/builds/1")));

        assertThat(replay.bodies()).containsExactly(Recorded.object("azure/status-request.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, pending",
        "RUNNING, pending",
        "SUCCESS, succeeded",
        "FAILURE, failed",
        "ERROR, error",
        "CANCELLED, error"
    })
    void setsTheStatusOfTheCommitsIteration(CommitStatus.State state, String word) {
        replay.on("POST " + PULL + "/statuses" + VERSION, 200, "{}");

        host.setStatus(22, LAST, status(state));

        assertThat(replay.bodies().getFirst())
                .containsEntry("iterationId", 2L)
                .containsEntry("state", word)
                .containsEntry("context", Map.of("genre", "dbt", "name", "CI job"));
    }

    /// As documented, but for the status: an active thread may keep people from merging.
    @Test
    void beginsAThreadThatNeedsNoResolution() {
        replay.on("GET " + PULL + "/threads" + VERSION, 200, Recorded.text("azure/threads.json"));
        replay.on("POST " + PULL + "/threads" + VERSION, 200, "{}");

        assertThat(host.keepComment(22, MARKER, "This new feature looks good!"))
                .isEqualTo(CommentChange.CREATED);

        Map<String, @Nullable Object> documented = Recorded.object("azure/thread-request.json");
        documented.remove("status");
        String sent = Json.write(replay.bodies().getFirst());
        assertThat(Json.readObject(sent.replace("<!-- dbtc4j:ci/73797 -->\\n\\n", "")))
                .isEqualTo(documented);
    }

    @ParameterizedTest
    @CsvSource({"d6245f20-2af8-44f4-9451-8107cb2767db, UPDATED", "another, CREATED"})
    void changesItsOwnCommentOnly(String user, CommentChange change) {
        String threads = Recorded.text("azure/threads.json");
        replay.on(
                "GET " + PULL + "/threads" + VERSION,
                200,
                threads.replace("This new", MARKER.asHtml() + "\\n\\nThis new"));
        replay.on(
                "GET /fabrikam/_apis/connectionData",
                200,
                "{\"authenticatedUser\": {\"id\": \"%s\"}}".formatted(user));
        replay.on("PATCH " + PULL + "/threads/147/comments/1" + VERSION, 200, "{}");
        replay.on("POST " + PULL + "/threads" + VERSION, 200, "{}");

        assertThat(host.keepComment(22, MARKER, "new")).isEqualTo(change);
    }

    @Test
    void deletesAnotherCommentOfItsOwn() {
        String marked = MARKER.asHtml() + "\\n\\nsame";
        String threads = Recorded.text("azure/threads.json");
        replay.on(
                "GET " + PULL + "/threads" + VERSION,
                200,
                threads.replaceAll(
                                "\"content\": \".*\"",
                                "\"content\": \"" + marked.replace("\\", "\\\\") + "\"")
                        .replace(
                                "41113706-4320-4083-9150-925feb93fc22",
                                "d6245f20-2af8-44f4-9451-8107cb2767db"));
        replay.on(
                "GET /fabrikam/_apis/connectionData",
                200,
                "{\"authenticatedUser\": {\"id\": \"d6245f20-2af8-44f4-9451-8107cb2767db\"}}");
        replay.on("DELETE " + PULL + "/threads/147/comments/1" + VERSION, 200, "");

        assertThat(host.keepComment(22, MARKER, "same")).isEqualTo(CommentChange.UNCHANGED);
        assertThat(replay.calls().getLast())
                .isEqualTo("DELETE " + PULL + "/threads/147/comments/1" + VERSION);
    }

    @Test
    void takesThePageForSigningInForARefusedToken() {
        replay.on("GET " + PULL + VERSION, 203, "<html><title>Sign In</title></html>");

        assertThatThrownBy(() -> host.pullRequest(22))
                .hasMessageContaining("did not accept the token (HTTP 203): Sign In.");
    }
}
