package io.github.dbtc4j.githost;

import static io.github.dbtc4j.githost.Hosts.SHA;
import static io.github.dbtc4j.githost.Hosts.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbtc4j.githost.GitHostException.Reason;
import io.github.dbtc4j.http.VirtualTime;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// What people get to read when a host does not do what it was asked for.
class FailuresTest {

    private static final String PULL = "GET /repos/Codertocat/Hello-World/pulls/2";
    private static final String STATUS = "POST /repos/Codertocat/Hello-World/statuses/" + SHA;

    private final Replay replay = new Replay();
    private final GitHost host = Hosts.github(replay);

    private GitHostException reading() {
        return catchThrowableOfType(GitHostException.class, () -> host.pullRequest(2));
    }

    private GitHostException writing() {
        return catchThrowableOfType(
                GitHostException.class,
                () -> host.setStatus(2, SHA, status(CommitStatus.State.SUCCESS)));
    }

    @Test
    void namesTheMissingPermission() {
        replay.on(
                STATUS,
                403,
                Map.of("x-accepted-github-permissions", "statuses=write"),
                "{\"message\": \"Resource not accessible by integration\","
                        + " \"documentation_url\": \"https://docs.github.com/rest\"}");

        assertThat(writing())
                .hasMessage(
                        "cannot set the commit status dbt/CI job of "
                                + SHA
                                + ": GitHub refused (HTTP 403): Resource not accessible by"
                                + " integration. The token needs the permission statuses: write. In"
                                + " a workflow, name it under permissions. The workflow of a fork's"
                                + " pull request has a token that only reads. It takes"
                                + " statuses=write.");
        assertThat(writing().reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(writing().status()).isEqualTo(403);
    }

    @Test
    void saysThatAMissingPermissionMayLookLikeNothing() {
        assertThat(reading())
                .hasMessage(
                        "cannot read pull request 2: GitHub found nothing (HTTP 404): Not Found."
                            + " Check the repository, the number and the commit. A missing"
                            + " permission looks the same: The token needs the permission"
                            + " pull-requests: read. In a workflow, name it under permissions.");
        assertThat(reading().reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void saysThatTheTokenWasNotAccepted() {
        replay.on(PULL, 401, "{\"message\": \"Bad credentials\"}");

        assertThat(reading().reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(reading()).hasMessageContaining("Bad credentials. Check that it is this host's");
    }

    @Test
    void quotesARecordedRefusal() {
        Map<String, @Nullable Object> recorded = Recorded.exchanges("errors").getFirst();
        replay.on(STATUS, 422, Json.write(recorded.get("response")));

        assertThat(writing().reason()).isEqualTo(Reason.REFUSED);
        assertThat(writing())
                .hasMessageContaining(
                        "refused (HTTP 422): Validation Failed; resource: Label; code: invalid;"
                                + " field: color. Check that the commit is in this repository."
                                + " GitHub keeps at most 1,000 statuses");
    }

    /// What Azure DevOps answered others: shayki5/azure-devops-create-pr-task, issue 76.
    @Test
    void quotesTheMessageAloneOfAzuresAnswer() {
        String threads =
                "/fabrikam/2016_10_31/_apis/git/repositories/2016_10_31/pullrequests/22/threads"
                        + "?api-version=7.0";
        replay.on("GET " + threads, 200, "{\"value\": []}");
        replay.on(
                "POST " + threads,
                403,
                """
                {"$id": "1", "innerException": null, "message": "TF401027: You need the Git \
                'PullRequestContribute' permission to perform this action. Details: identity \
                'Build\\\\ab398a4d-5368-45ee-b3bc-300c196293b5', scope 'repository'.",
                "typeName": "Microsoft.TeamFoundation.Git.Server.GitNeedsPermissionException",
                "typeKey": "GitNeedsPermissionException", "errorCode": 0, "eventId": 3000}
                """);

        GitHostException failure =
                catchThrowableOfType(
                        GitHostException.class,
                        () -> Hosts.azure(replay).keepComment(22, Hosts.MARKER, "failed"));

        assertThat(failure)
                .hasMessageStartingWith(
                        "cannot keep the comment of pull request 22: Azure DevOps refused (HTTP"
                                + " 403): TF401027: You need the Git 'PullRequestContribute'")
                .hasMessageContaining(
                        "scope 'repository'. The token's owner needs the permission Contribute to"
                                + " pull requests");
    }

    @Test
    void quotesTheScopesThatBitbucketAsksFor() {
        replay.on(
                "GET /2.0/repositories/amuniz/test-repos/pullrequests/2",
                403,
                """
                {"type": "error", "error": {
                  "message": "Your credentials lack one or more required privilege scopes.",
                  "detail": {"required": ["pullrequest"], "granted": ["repository"]}}}
                """);

        GitHostException failure =
                catchThrowableOfType(
                        GitHostException.class, () -> Hosts.bitbucket(replay).pullRequest(2));

        assertThat(failure)
                .hasMessageContaining("privilege scopes.; required: pullrequest; granted:")
                .hasMessageEndingWith(
                        "The access token needs the scope pullrequest; an API token"
                                + " read:pullrequest:bitbucket.");
    }

    @ParameterizedTest
    @CsvSource({
        "429, retry-after, 17, 17",
        "403, retry-after, 17, 17",
        "429, ratelimit-reset, 1772366460, 60",
        "429, x-ratelimit-reset, 1772366400, 0",
        "429, x-ratelimit-reset, 1772366000, 0"
    })
    void reportsHowLongToWaitAndDoesNot(int code, String header, String value, long seconds) {
        var time = new VirtualTime(1); // begins at 1772366400, in seconds since 1970
        GitHost hasty =
                GitHostKind.GITHUB.connect(
                        new Repository(
                                URI.create("https://api.github.com"), "Codertocat/Hello-World"),
                        Credential.bearer(Hosts.SECRET),
                        replay,
                        time);
        replay.on(PULL, code, Map.of(header, value), "{\"message\": \"rate limit\"}");

        var failure = catchThrowableOfType(GitHostException.class, () -> hasty.pullRequest(2));

        assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(failure).hasMessageContaining("Try again in " + seconds + " s.");
        assertThat(time.sleeps()).isEmpty();
        assertThat(replay.requests()).hasSize(1);
    }

    @Test
    void knowsAnExhaustedLimitBehindA403() {
        replay.on(PULL, 403, Map.of("x-ratelimit-remaining", "0"), "{}");

        assertThat(reading().reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(reading().retryAfter()).isNull();
        assertThat(reading()).hasMessageEndingWith("Try again later.");
    }

    @Test
    void knowsALimitThatIsSaidInWords() {
        replay.on(STATUS, 403, "{\"message\": \"You have exceeded a secondary rate limit.\"}");

        assertThat(writing().reason()).isEqualTo(Reason.RATE_LIMITED);
    }

    @Test
    void repeatsAReadThatFailedForTheMoment() {
        String pull =
                Json.write(Recorded.object("octokit/pull_request.opened.json").get("pull_request"));
        replay.on(PULL, 502, "").breaks(PULL).on(PULL, 200, pull);

        assertThat(host.pullRequest(2).number()).isEqualTo(2);
        assertThat(replay.requests()).hasSize(3);
    }

    @Test
    void givesUpAReadAfterThreeTimes() {
        replay.on(PULL, 503, "<html><title>Unicorn!</title></html>");

        assertThat(reading())
                .hasMessage(
                        "cannot read pull request 2: GitHub failed (HTTP 503): Unicorn!. Try again"
                                + " later.");
        assertThat(replay.requests()).hasSize(3);
    }

    @Test
    void sendsAStatusOnceOnly() {
        replay.on(STATUS, 502, "");

        assertThat(writing().reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(replay.requests()).hasSize(1);
    }

    @Test
    void sendsAStatusOnceOnlyWhenTheConnectionBreaks() {
        replay.breaks(STATUS);

        assertThat(writing())
                .hasMessageEndingWith(
                        "got no answer from api.github.com: the connection broke. Check the API's"
                                + " address and the network.");
        assertThat(replay.requests()).hasSize(1);
    }

    @Test
    void followsNoRedirect() {
        replay.on(
                PULL,
                301,
                Map.of("location", "https://api.github.com/repositories/1/pulls/2"),
                "{\"message\": \"Moved Permanently\"}");

        assertThat(reading().reason()).isEqualTo(Reason.REFUSED);
        assertThat(reading()).hasMessageContaining("the repository's name, which may have changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "[]", "{\"number\": \"two\"}"})
    void saysWhenAnAnswerCannotBeRead(String body) {
        replay.on(PULL, 200, body);

        assertThat(reading().reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(reading()).hasMessageEndingWith("Check the API's address.");
    }

    @Test
    void saysWhenAListCannotBeRead() {
        replay.on(PULL + "/files?per_page=100&page=1", 200, "[{\"name\": \"a.sql\"}]");

        assertThatThrownBy(() -> host.changedFiles(2))
                .isInstanceOf(GitHostException.class)
                .hasMessageContaining("filename is missing");
    }

    @Test
    void showsTheTokenNowhere() {
        replay.on(PULL, 403, "{\"message\": \"no " + Hosts.SECRET + "\"}");

        assertThat(reading()).hasMessageContaining("no [token]");
        assertThat(Credential.basic("me", Hosts.SECRET)).hasToString("[token]");
    }

    @Test
    void saysThatItWasInterrupted() {
        var time = new VirtualTime(1);
        time.interruptTheNextSleep();
        GitHost waiting =
                GitHostKind.GITHUB.connect(
                        new Repository(
                                URI.create("https://api.github.com"), "Codertocat/Hello-World"),
                        Credential.bearer(Hosts.SECRET),
                        replay,
                        time);
        replay.on(PULL, 503, "");

        var failure = catchThrowableOfType(GitHostException.class, () -> waiting.pullRequest(2));

        assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }
}
