package io.github.dbtc4j.cli.pullrequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecordedPipeline;
import io.github.dbtc4j.sandbox.githost.GitHostBox;
import io.github.dbtc4j.sandbox.githost.GitHostBox.CommentView;
import io.github.dbtc4j.sandbox.githost.GitHostBox.Permission;
import io.github.dbtc4j.sandbox.githost.GitHostBox.StatusView;
import io.github.dbtc4j.sandbox.server.GitHostServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// `dbtc ci run --commit-status --comment` on GitHub, against a host in memory.
@Tag("gate")
@Execution(ExecutionMode.CONCURRENT)
class CommitStatusTest {

    private static final String HEAD = "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80";
    private static final String NEWER = "2a3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f81";
    private static final String TOKEN = "ghs_canaryOfTheGitHost0123456789";

    private final Platform platform = Platform.starter();
    private final GitHostBox box = new GitHostBox("jaffle/shop", TOKEN);
    private GitHostServer host;

    @TempDir private Path folder;

    @BeforeEach
    void start() throws IOException {
        host = new GitHostServer(box, 0, InstantSource.system());
        box.push(50, HEAD);
    }

    @AfterEach
    void stop() {
        host.close();
        platform.close();
    }

    @Test
    void aCommitShowsItsBuildFromTheTriggerToTheVerdict() {
        var prompt = prompt("");

        assertThat(prompt.dbtc(run("quick", "--commit-status"))).as(prompt.err()).isZero();

        long run = platform.sandbox.runs().getLast().id();
        assertThat(box.statuses())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(status -> {
                    assertThat(status.sha()).isEqualTo(HEAD);
                    assertThat(status.context()).isEqualTo("dbt/" + jobName());
                    assertThat(status.target()).contains("/runs/" + run);
                });
        assertThat(box.statuses().getFirst().state()).isEqualTo("pending");
        assertThat(last().state()).isEqualTo("success");
        assertThat(last().description()).matches("Succeeded after \\d+:\\d\\d");
        assertThat(box.comments()).isEmpty();
    }

    @Test
    void aFailureNamesWhatFailed() {
        var prompt = prompt("");

        assertThat(prompt.dbtc(run("failing", "--commit-status"))).as(prompt.err()).isEqualTo(1);

        assertThat(last().state()).isEqualTo("failure");
        assertThat(last().description()).endsWith(": model orders");
    }

    @Test
    void oneCommentIsKeptUpToDate() {
        box.comment(50, "ana", "<!-- dbtc4j:ci/" + platform.job + " -->\n\nnot yours");
        assertThat(prompt("").dbtc(run("failing", "--comment"))).isEqualTo(1);
        CommentView first = box.comments().getFirst();
        assertThat(first.body())
                .startsWith("<!-- dbtc4j:ci/" + platform.job + " -->")
                .contains("failed", "| model `orders` |", "/runs/")
                .doesNotContain("is idle", "[pull request]");
        box.push(50, NEWER);

        var prompt = prompt("event " + HEAD + " -> " + NEWER + " & GITHUB_RUN_NUMBER=18");
        assertThat(prompt.dbtc(run("quick", "--comment"))).as(prompt.err()).isZero();

        assertThat(box.comments())
                .singleElement()
                .satisfies(comment -> {
                    assertThat(comment.id()).isEqualTo(first.id());
                    assertThat(comment.versions()).isEqualTo(2);
                    assertThat(comment.body()).contains("succeeded", NEWER.substring(0, 12));
                });
        assertThat(box.statuses()).isEmpty();
    }

    @Test
    void anOlderCommitIsNeverShownAsBuilt() {
        CommandProcess older =
                CommandProcess.dbtc(environment(""), run("slow", "--commit-status", "--comment"));
        platform.awaitRunOfPullRequest50(1, older);
        box.push(50, NEWER);

        var newer = prompt("event " + HEAD + " -> " + NEWER + " & GITHUB_RUN_NUMBER=18");
        assertThat(newer.dbtc(run("quick", "--commit-status"))).as(newer.err()).isZero();
        var ended = older.end();

        assertThat(ended.exitCode()).as(ended.err()).isNotZero();
        assertThat(box.statuses())
                .noneMatch(status -> status.sha().equals(HEAD) && status.state().equals("success"));
        assertThat(last(HEAD).state()).isEqualTo("error");
        assertThat(last(HEAD).description()).startsWith("Superseded by run ");
        assertThat(last(NEWER).state()).isEqualTo("success");
        assertThat(box.comments()).isEmpty();
    }

    @Test
    void aRepeatedPipelineOfTheCommitHasTheLastWord() {
        CommandProcess older = CommandProcess.dbtc(environment(""), run("slow", "--commit-status"));
        platform.awaitRunOfPullRequest50(1, older);

        var newer = prompt("GITHUB_RUN_NUMBER=18");
        assertThat(newer.dbtc(run("quick", "--commit-status"))).as(newer.err()).isZero();
        older.end();

        assertThat(last(HEAD).state()).isEqualTo("success");
    }

    @Test
    void aMissingPermissionIsNamedOnceAndChangesNoVerdict() {
        box.deny(Permission.STATUSES);
        var prompt = prompt("");

        assertThat(prompt.dbtc(run("quick", "--commit-status", "--comment"))).isZero();

        assertThat(prompt.err())
                .containsOnlyOnce("Commit status: ")
                .containsOnlyOnce("statuses: write");
        assertThat(box.comments()).hasSize(1);
    }

    @Test
    void aHostThatIsDownChangesNoVerdict() {
        box.setDown(true);
        var prompt = prompt("");

        assertThat(prompt.dbtc(run("failing", "--commit-status"))).isEqualTo(1);

        assertThat(prompt.err()).containsOnlyOnce("Commit status: ").contains("HTTP 503");
    }

    @Test
    void aPipelineWithoutVerdictIsShownAsSuch() {
        CommandProcess process =
                CommandProcess.dbtc(environment(""), run("slow", "--commit-status"));
        process.awaitErr("Running");
        Await.until("the first status", () -> !box.statuses().isEmpty(), process::err);

        platform.sandbox.rotateToken("another");

        var ended = process.end();
        assertThat(ended.exitCode()).as(ended.err()).isNotZero();
        assertThat(last().state()).isEqualTo("error");
        assertThat(last().description()).startsWith("No verdict: ");
        assertThat(last().context()).isEqualTo("dbt/" + jobName());
    }

    /// A required check bears the job's name: one of another name would stand beside it.
    @Test
    void withoutTheJobsNameThereIsNoStatus() {
        platform.sandbox.rotateToken("another");
        var prompt = prompt("");

        assertThat(prompt.dbtc(run("quick", "--commit-status"))).isNotZero();

        assertThat(box.statuses()).isEmpty();
        assertThat(prompt.err()).contains("No commit status is set");
    }

    /// The token of the platform is missed when the client is made.
    @Test
    void aMissingTokenOfThePlatformLeavesNothingBehind() {
        var ended =
                CommandProcess.dbtc(
                                environment("-DBT_CLOUD_SERVICE_TOKEN"),
                                run("quick", "--commit-status"))
                        .end();

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).doesNotContain("Exception");
        assertThat(box.statuses()).isEmpty();
    }

    /// The older attempt sleeps between two polls while the newer one takes over and succeeds.
    @Test
    void aSignalToAnOlderAttemptLeavesTheNewerOnesStatus() {
        CommandProcess older =
                CommandProcess.dbtc(
                        environment(""),
                        "ci",
                        "run",
                        "--poll-interval=300",
                        "--cause=slow",
                        "--commit-status");
        platform.await(platform.awaitRunOfPullRequest50(1, older).id(), 3);
        Await.until("the first status", () -> !box.statuses().isEmpty(), older::err);
        var newer = prompt("GITHUB_RUN_NUMBER=18");
        assertThat(newer.dbtc(run("quick", "--commit-status"))).as(newer.err()).isZero();

        older.signal("TERM");

        assertThat(older.end().exitCode()).isEqualTo(143);
        assertThat(last().state()).isEqualTo("success");
    }

    @Test
    void aStatusCanHaveAnotherName() {
        var prompt = prompt("");

        assertThat(prompt.dbtc(run("quick", "--commit-status", "--status-context=dbt orders")))
                .as(prompt.err())
                .isZero();

        assertThat(box.statuses())
                .allSatisfy(status -> assertThat(status.context()).isEqualTo("dbt orders"));
    }

    @Test
    void aCommentIsNotLeftAtAnOlderVerdict() {
        assertThat(prompt("").dbtc(run("quick", "--comment"))).isZero();
        platform.sandbox.rotateToken("another");
        box.push(50, NEWER);

        var prompt = prompt("event " + HEAD + " -> " + NEWER + " & GITHUB_RUN_NUMBER=18");
        assertThat(prompt.dbtc(run("quick", "--comment"))).isNotZero();

        assertThat(box.comments())
                .singleElement()
                .satisfies(comment ->
                        assertThat(comment.body())
                                .contains("could not tell how this commit builds: " + NEWER)
                                .doesNotContain("succeeded"));
    }

    /// A pipeline of Dependabot has a token of GitHub and none of the platform.
    @Test
    void theHostsTokenIsNotThePlatforms() {
        var prompt = prompt("-DBT_CLOUD_SERVICE_TOKEN & GITHUB_ACTOR=dependabot[bot]");

        assertThat(prompt.dbtc(run("quick", "--skip-without-token"))).as(prompt.err()).isZero();

        assertThat(prompt.err()).contains("dependabot");
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void aSignalIsShownAsSuch() {
        CommandProcess process =
                CommandProcess.dbtc(environment(""), run("slow", "--commit-status"));
        process.awaitErr("Running");
        Await.until("the first status", () -> !box.statuses().isEmpty(), process::err);

        process.signal("TERM");

        assertThat(process.end().exitCode()).isEqualTo(143);
        assertThat(last().state()).isEqualTo("error");
        assertThat(last().description()).isEqualTo("The pipeline was stopped");
    }

    @Test
    void withoutATokenNothingIsSent() {
        var prompt = prompt("-GITHUB_TOKEN");

        assertThat(prompt.dbtc(run("quick", "--comment"))).isEqualTo(2);

        assertThat(prompt.err()).contains("There is no token for GitHub", "GITHUB_TOKEN");
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void whatDoesNotWaitCannotShowAnEnd() {
        var prompt = prompt("");

        assertThat(prompt.dbtc(run("quick", "--commit-status", "--no-should-poll"))).isEqualTo(2);

        assertThat(prompt.err()).contains("--no-should-poll");
        assertThat(platform.requests()).isEmpty();
    }

    private Prompt prompt(String changes) {
        return new Prompt(environment(changes)) {
            @Override
            public int dbtc(String... args) {
                int exitCode = super.dbtc(args);
                assertThat(err()).doesNotContain(TOKEN);
                return exitCode;
            }
        };
    }

    private Map<String, String> environment(String changes) {
        String host = "GITHUB_API_URL=" + this.host.uri() + " & GITHUB_TOKEN=" + TOKEN;
        return RecordedPipeline.environment(
                platform, "github", changes.isEmpty() ? host : host + " & " + changes, folder);
    }

    private static String[] run(String cause, String... options) {
        var args = new java.util.ArrayList<>(List.of("ci", "run", "--poll-interval=0.3"));
        args.add("--cause=" + cause);
        args.addAll(List.of(options));
        return args.toArray(String[]::new);
    }

    private String jobName() {
        return platform.sandbox.job(platform.job).orElseThrow().name();
    }

    private StatusView last() {
        return box.statuses().getLast();
    }

    private StatusView last(String sha) {
        return box.statuses().stream()
                .filter(status -> status.sha().equals(sha))
                .reduce((_, later) -> later)
                .orElseThrow();
    }
}
