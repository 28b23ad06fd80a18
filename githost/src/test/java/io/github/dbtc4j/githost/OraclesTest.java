package io.github.dbtc4j.githost;

import static io.github.dbtc4j.githost.Hosts.SHA;
import static io.github.dbtc4j.githost.Hosts.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.HttpTransport;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.json.Json;

import org.gitlab4j.api.GitLabApi;
import org.gitlab4j.api.models.MergeRequest;
import org.gitlab4j.models.Constants.CommitBuildState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubBuilder;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Widely used clients of others, in front of the same host, understand its answers as ours do, and
/// send the same.
@Tag("gate")
class OraclesTest {

    private static final String STATUSES = "/repos/Codertocat/Hello-World/statuses/" + SHA;
    private static final String PROJECT = "my-group/my-project";
    private static final String OURS = "/api/v4/projects/my-group%2Fmy-project";

    /// gitlab4j encodes more than it has to.
    private static final String THEIRS = "/api/v4/projects/my%2Dgroup%2Fmy%2Dproject";

    private final Replay replay = new Replay();
    private final HttpTransport transport = new HttpTransport(Duration.ofSeconds(5));
    private ReplayServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ReplayServer(replay);
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    private GitHost ours(GitHostKind kind, String base, String path, Credential credential) {
        return kind.connect(
                new Repository(URI.create(server.address() + base), path),
                credential,
                transport,
                SystemContext.real());
    }

    private GitHost github() {
        return ours(
                GitHostKind.GITHUB, "", "Codertocat/Hello-World", Credential.bearer(Hosts.SECRET));
    }

    private GHRepository githubOfOthers(String action) throws IOException {
        Map<String, @Nullable Object> payload =
                Recorded.object("octokit/pull_request." + action + ".json");
        replay.on("GET /repos/Codertocat/Hello-World", 200, Json.write(payload.get("repository")));
        replay.on(
                "GET /repos/Codertocat/Hello-World/pulls/2",
                200,
                Json.write(payload.get("pull_request")));
        return new GitHubBuilder()
                .withEndpoint(server.address().toString())
                .withOAuthToken(Hosts.SECRET)
                .build()
                .getRepository("Codertocat/Hello-World");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opened", "closed", "converted_to_draft"})
    void githubsPullRequestIsReadAsOthersReadIt(String action) throws IOException {
        GHPullRequest theirs = githubOfOthers(action).getPullRequest(2);

        assertThat(github().pullRequest(2))
                .isEqualTo(
                        new PullRequest(
                                theirs.getNumber(),
                                theirs.getTitle(),
                                theirs.getHead().getSha(),
                                theirs.getHead().getRef(),
                                theirs.getBase().getRef(),
                                theirs.isDraft(),
                                theirs.getHead().getRepository().isFork(),
                                state(theirs),
                                theirs.getHtmlUrl().toString()));
    }

    private static PullRequest.State state(GHPullRequest pull) throws IOException {
        if (pull.isMerged()) {
            return PullRequest.State.MERGED;
        }
        return pull.getState() == GHIssueState.OPEN
                ? PullRequest.State.OPEN
                : PullRequest.State.CLOSED;
    }

    @Test
    void githubsStatusIsSentAsOthersSendIt() throws IOException {
        Map<String, @Nullable Object> answer = Recorded.exchanges("create-status").getFirst();
        replay.on("POST " + STATUSES, 201, Json.write(answer.get("response")));
        githubOfOthers("opened")
                .createCommitStatus(
                        SHA,
                        GHCommitState.SUCCESS,
                        Hosts.RUN.toString(),
                        "12 models built",
                        "dbt/CI job");

        github().setStatus(2, SHA, status(CommitStatus.State.SUCCESS));

        assertThat(replay.calls().getLast()).isEqualTo("POST " + STATUSES);
        assertThat(replay.bodies()).hasSize(2);
        assertThat(replay.bodies().getLast()).isEqualTo(replay.bodies().getFirst());
    }

    @Test
    void gitlabsMergeRequestIsReadAsOthersReadIt() throws Exception {
        for (String project : List.of(OURS, THEIRS)) {
            replay.on(
                    "GET " + project + "/merge_requests/1",
                    200,
                    Recorded.text("gitlab/merge-request.json"));
        }
        MergeRequest theirs;
        try (var gitlab = new GitLabApi(server.address().toString(), Hosts.SECRET)) {
            theirs = gitlab.getMergeRequestApi().getMergeRequest(PROJECT, 1L);
        }

        assertThat(gitlab().pullRequest(1))
                .isEqualTo(
                        new PullRequest(
                                theirs.getIid(),
                                theirs.getTitle(),
                                theirs.getSha(),
                                theirs.getSourceBranch(),
                                theirs.getTargetBranch(),
                                theirs.getWorkInProgress(),
                                !theirs.getSourceProjectId().equals(theirs.getTargetProjectId()),
                                PullRequest.State.valueOf(
                                        theirs.getState().toUpperCase(Locale.ROOT)),
                                theirs.getWebUrl()));
    }

    private GitHost gitlab() {
        return ours(GitHostKind.GITLAB, "/api/v4", PROJECT, Credential.privateToken(Hosts.SECRET));
    }

    @Test
    void gitlabsStatusIsSentAsOthersSendIt() throws Exception {
        for (String project : List.of(OURS, THEIRS)) {
            replay.on("POST " + project + "/statuses/" + SHA, 201, "{}");
        }
        var wanted =
                new org.gitlab4j.api.models.CommitStatus()
                        .withName("dbt/CI job")
                        .withDescription("12 models built")
                        .withTargetUrl(Hosts.RUN.toString());
        try (var gitlab = new GitLabApi(server.address().toString(), Hosts.SECRET)) {
            gitlab.getCommitsApi().addCommitStatus(PROJECT, SHA, CommitBuildState.SUCCESS, wanted);
        }

        gitlab().setStatus(1, SHA, status(CommitStatus.State.SUCCESS));

        Request theirs = replay.requests().getFirst();
        Request ours = replay.requests().getLast();
        assertThat(ours.method()).isEqualTo(theirs.method());
        assertThat(ours.uri().getPath()).isEqualTo(theirs.uri().getPath());
        assertThat(ours.headers()).containsEntry("private-token", Hosts.SECRET);
        assertThat(theirs.headers()).containsEntry("private-token", Hosts.SECRET);
        assertThat(Json.readObject(String.valueOf(ours.body())))
                .isEqualTo(form(String.valueOf(theirs.body())));
    }

    /// The fields of a form, which GitLab takes as well as JSON.
    private static Map<String, String> form(String body) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }
}
