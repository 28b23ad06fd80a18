package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.recipe.RecordedPipeline;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Map;

/// A pipeline that is not of a pull request to be built is refused before anything is sent.
@Tag("gate")
class CiRunRefusalTest {

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.starter();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    github    | GITHUB_EVENT_NAME=push                       | GITHUB_EVENT_NAME is 'push'. This is not the pipeline of a pull request. Start this for the events pull_request and merge_group only
                    github    | GITHUB_EVENT_NAME=merge_group                | The file has no merge_group, although GITHUB_EVENT_NAME is 'merge_group'
                    github-queue | event refs/heads/gh-readonly-queue -> refs/heads/mine | merge_group.head_ref in the file of GITHUB_EVENT_PATH is 'refs/heads/mine/main/pr-50-eee
                    github-queue | event pr-50- -> pr-zzz-                   | Expected a branch of a merge queue, which names its pull request. Say which with --pull-request
                    github-queue | event "head_sha": "4 -> "head_sha": "x    | merge_group.head_sha in the file of GITHUB_EVENT_PATH is 'x4
                    github-queue | -GITHUB_RUN_NUMBER                        | GITHUB_RUN_NUMBER is not set
                    github    | GITHUB_EVENT_NAME=workflow_dispatch          | GITHUB_EVENT_NAME is 'workflow_dispatch'. This is not
                    github    | GITHUB_EVENT_NAME=issue_comment              | GITHUB_EVENT_NAME is 'issue_comment'. This is not
                    github    | GITHUB_EVENT_NAME=                           | GITHUB_EVENT_NAME is empty. This is not
                    github    | -GITHUB_EVENT_NAME                           | GITHUB_EVENT_NAME is not set. This is not
                    github    | -GITHUB_EVENT_PATH                           | GITHUB_EVENT_PATH is not set. A container sees only the variables that are passed on to it
                    github    | GITHUB_EVENT_PATH=/nowhere/event.json        | GITHUB_EVENT_PATH is '/nowhere/event.json'. The file cannot be read (NoSuchFileException). Mount it
                    github    | event { -> [                                 | The file does not hold a JSON object
                    github    | event "action": -> "action"                  | The file does not hold a JSON object
                    github    | event "pull_request": -> "issue":            | The file has no pull_request, although GITHUB_EVENT_NAME is 'pull_request'
                    github    | event "number": 50 -> "number": null         | pull_request.number in the file of GITHUB_EVENT_PATH is 'null'. Expected the number of a pull request
                    github    | event "number": 50 -> "number": "50"         | pull_request.number in the file of GITHUB_EVENT_PATH is '50'. Expected the number
                    github    | event "number": 50 -> "number": 0            | pull_request.number in the file of GITHUB_EVENT_PATH is '0'. Expected the number
                    github    | event "number": 50 -> "number": -50          | pull_request.number in the file of GITHUB_EVENT_PATH is '-50'. Expected the number
                    github    | event "number": 50 -> "number": 5.0          | pull_request.number in the file of GITHUB_EVENT_PATH is '5.0'. Expected the number
                    github    | event "number": 50 -> "number": {}           | pull_request.number in the file of GITHUB_EVENT_PATH is an object. Expected the number
                    github    | event "state": "open" -> "state": "closed"   | pull_request.state in the file of GITHUB_EVENT_PATH is 'closed'. The pull request is closed, nothing is left to build
                    github    | event "draft": false -> "draft": true        | pull_request.draft in the file of GITHUB_EVENT_PATH is 'true'. The pull request is a draft. Mark it as ready, or build drafts too with --drafts
                    github    | event "sha": "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80" -> "sha": "1f3a6c0" | pull_request.head.sha in the file of GITHUB_EVENT_PATH is '1f3a6c0'. Expected the full hash of a commit
                    github    | event "sha": "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80" -> "sha": null      | pull_request.head.sha in the file of GITHUB_EVENT_PATH is 'null'
                    github    | event "sha": "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80" -> "sha": "::add-mask::x" | pull_request.head.sha in the file of GITHUB_EVENT_PATH is ': :add-mask: :x'
                    github    | event "head": -> "tail":                     | pull_request.head in the file of GITHUB_EVENT_PATH is 'null'. Expected an object
                    github    | event "id": 186853002, "full_name": "jaffle/shop", "fork": false -> "full_name": "mallory/shop" | pull_request.head.repo.full_name in the file of GITHUB_EVENT_PATH is 'mallory/shop'. The head is in a fork
                    github    | event "repo": {"id": 186853002, "full_name": "jaffle/shop", "fork": false} -> "repo": null | pull_request.head.repo in the file of GITHUB_EVENT_PATH is 'null'. The head's repository is gone
                    github    | -GITHUB_RUN_NUMBER                           | GITHUB_RUN_NUMBER is not set. A container sees only the variables that are passed on to it: pass it on, as docker run --env=GITHUB_RUN_NUMBER does, or give this pipeline's number with --sequence=N
                    github    | GITHUB_RUN_NUMBER=seventeen                  | GITHUB_RUN_NUMBER is 'seventeen'. Expected a whole number
                    github    | GITHUB_RUN_ATTEMPT=                          | GITHUB_RUN_ATTEMPT is empty
                    github    | -GITHUB_REPOSITORY                           | GITHUB_REPOSITORY is not set
                    github    | -GITHUB_WORKFLOW & -GITHUB_WORKFLOW_REF      | GITHUB_WORKFLOW is not set
                    gitlab    | -CI_MERGE_REQUEST_IID & CI_PIPELINE_SOURCE=push | CI_MERGE_REQUEST_IID is not set. This is not the pipeline of a pull request. Let the job run only if CI_PIPELINE_SOURCE is merge_request_event, not push, or name
                    gitlab    | CI_MERGE_REQUEST_IID=                        | CI_MERGE_REQUEST_IID is empty. This is not
                    gitlab    | CI_MERGE_REQUEST_IID=null                    | CI_MERGE_REQUEST_IID is 'null'. Expected the number of a pull request, a positive whole number
                    gitlab    | CI_MERGE_REQUEST_IID=!50                     | CI_MERGE_REQUEST_IID is '!50'. Expected the number
                    gitlab    | CI_MERGE_REQUEST_IID=050                     | CI_MERGE_REQUEST_IID is '050'. Expected the number
                    gitlab    | CI_MERGE_REQUEST_SOURCE_PROJECT_ID=99        | CI_MERGE_REQUEST_SOURCE_PROJECT_ID is '99'. The head is in a fork. dbt cannot check out its commits
                    gitlab    | -CI_MERGE_REQUEST_SOURCE_PROJECT_ID          | CI_MERGE_REQUEST_SOURCE_PROJECT_ID is not set
                    gitlab    | CI_MERGE_REQUEST_DRAFT=true                  | CI_MERGE_REQUEST_DRAFT is 'true'. The pull request is a draft
                    gitlab    | CI_MERGE_REQUEST_EVENT_TYPE=merged_result    | CI_MERGE_REQUEST_SOURCE_BRANCH_SHA is empty. In a merged_result pipeline CI_COMMIT_SHA is the commit of a merge
                    gitlab    | CI_MERGE_REQUEST_EVENT_TYPE=merge_train      | In a merge_train pipeline CI_COMMIT_SHA is the commit of a merge
                    gitlab    | CI_COMMIT_SHA=HEAD                           | CI_COMMIT_SHA is 'HEAD'. Expected the full hash of a commit, 40 or 64 hexadecimal digits
                    gitlab    | CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=1f3a      | CI_MERGE_REQUEST_SOURCE_BRANCH_SHA is '1f3a'. Expected the full hash
                    gitlab    | -CI_PIPELINE_IID                             | CI_PIPELINE_IID is not set
                    gitlab    | CI_JOB_ID=-1                                 | CI_JOB_ID is '-1'. Expected a whole number
                    azure     | BUILD_REASON=IndividualCI                    | BUILD_REASON is 'IndividualCI'. This is not the pipeline of a pull request. Let the step run if Build.Reason is PullRequest
                    azure     | -BUILD_REASON                                | BUILD_REASON is not set. This is not
                    azure     | SYSTEM_PULLREQUEST_PULLREQUESTID=$(System.PullRequest.PullRequestId) | SYSTEM_PULLREQUEST_PULLREQUESTID is '$(System.PullRequest.PullRequestId)'. Expected the number
                    azure     | BUILD_REPOSITORY_PROVIDER=GitHub             | SYSTEM_PULLREQUEST_PULLREQUESTNUMBER is not set. Expected the number
                    azure     | BUILD_REPOSITORY_PROVIDER=Svn                | BUILD_REPOSITORY_PROVIDER is 'Svn'. Expected TfsGit, GitHub, GitHubEnterprise or Bitbucket
                    azure     | SYSTEM_PULLREQUEST_ISFORK=True               | SYSTEM_PULLREQUEST_ISFORK is 'True'. The head is in a fork
                    azure     | -SYSTEM_PULLREQUEST_ISFORK                   | SYSTEM_PULLREQUEST_ISFORK is not set. Expected True or False
                    azure     | -SYSTEM_PULLREQUEST_SOURCECOMMITID           | SYSTEM_PULLREQUEST_SOURCECOMMITID is not set. A container sees only the variables that are passed on to it: pass it on, as docker run --env=SYSTEM_PULLREQUEST_SOURCECOMMITID does, or give the head's commit with --git-sha
                    azure     | BUILD_BUILDID=17.2                           | BUILD_BUILDID is '17.2'. Expected a whole number
                    azure     | -SYSTEM_DEFINITIONID                         | SYSTEM_DEFINITIONID is not set
                    bitbucket | -BITBUCKET_PR_ID                             | BITBUCKET_PR_ID is not set. This is not the pipeline of a pull request. Put the step under pull-requests: in bitbucket-pipelines.yml
                    bitbucket | BITBUCKET_PR_ID=50a                          | BITBUCKET_PR_ID is '50a'. Expected the number
                    bitbucket | BITBUCKET_PR_ID=9999999999999999999          | BITBUCKET_PR_ID is '9999999999999999999'. Expected the number
                    bitbucket | BITBUCKET_COMMIT=1f3a6c0                     | BITBUCKET_COMMIT is '1f3a6c0'. Expected the hash of a commit, 12 to 64 hexadecimal digits
                    bitbucket | -BITBUCKET_STEP_RUN_NUMBER                   | BITBUCKET_STEP_RUN_NUMBER is not set
                    buildkite | BUILDKITE_PULL_REQUEST=false                 | BUILDKITE_PULL_REQUEST is 'false'. This is not the pipeline of a pull request
                    buildkite | BUILDKITE_PULL_REQUEST=                      | BUILDKITE_PULL_REQUEST is empty. This is not
                    buildkite | BUILDKITE_PULL_REQUEST=true                  | BUILDKITE_PULL_REQUEST is 'true'. Expected the number
                    buildkite | BUILDKITE_COMMIT=HEAD                        | BUILDKITE_COMMIT is 'HEAD'. Expected the full hash
                    buildkite | BUILDKITE_PULL_REQUEST_REPO=git://github.com/mallory/shop.git | BUILDKITE_PULL_REQUEST_REPO is 'git://github.com/mallory/shop.git'. The head is in a fork
                    buildkite | -BUILDKITE_PULL_REQUEST_REPO                 | BUILDKITE_PULL_REQUEST_REPO is not set
                    buildkite | BUILDKITE_PULL_REQUEST_DRAFT=true            | BUILDKITE_PULL_REQUEST_DRAFT is 'true'. The pull request is a draft
                    buildkite | BUILDKITE_PIPELINE_PROVIDER=git              | BUILDKITE_PIPELINE_PROVIDER is 'git'. It does not tell on what kind of git host the pull request is. Say so with --pull-request: github:50, gitlab:50, azure:50 or other:50
                    buildkite | BUILDKITE_RETRY_COUNT=once                   | BUILDKITE_RETRY_COUNT is 'once'. Expected a whole number
                    circleci  | -CIRCLE_PULL_REQUEST                         | CIRCLE_PULL_REQUEST is not set. This is not the pipeline of a pull request
                    circleci  | CIRCLE_PULL_REQUEST=50                       | CIRCLE_PULL_REQUEST is '50'. Expected the address of a pull request
                    circleci  | CIRCLE_PULL_REQUESTS=https://github.com/jaffle/shop/pull/50,https://github.com/jaffle/shop/pull/51 | The branch has several pull requests
                    circleci  | CIRCLE_PR_NUMBER=50                          | CIRCLE_PR_NUMBER is '50'. The head is in a fork
                    circleci  | CIRCLE_SHA1=                                 | CIRCLE_SHA1 is empty
                    jenkins   | -CHANGE_ID                                   | CHANGE_ID is not set. This is not the pipeline of a pull request. Let the stage run in a multibranch pipeline
                    jenkins   | CHANGE_ID=PR-50                              | CHANGE_ID is 'PR-50'. Expected the number
                    jenkins   | -CHANGE_URL                                  | CHANGE_URL is not set. It does not tell on what kind of git host
                    jenkins   | CHANGE_URL=https://git.example.com/r/50      | CHANGE_URL is 'https://git.example.com/r/50'. It does not tell
                    jenkins   | CHANGE_FORK=mallory                          | CHANGE_FORK is 'mallory'. The head is in a fork
                    jenkins   | BRANCH_NAME=PR-50                            | BRANCH_NAME is 'PR-50'. GIT_COMMIT may be the commit of a merge that only Jenkins has, and no variable tells the head's. Give it: --git-sha="$(git rev-parse refs/remotes/origin/$BRANCH_NAME)"
                    jenkins   | BRANCH_NAME=PR-50-merge                      | BRANCH_NAME is 'PR-50-merge'. GIT_COMMIT may be the commit of a merge
                    jenkins   | -GIT_COMMIT                                  | GIT_COMMIT is not set
                    jenkins   | BUILD_NUMBER=#17                             | BUILD_NUMBER is '#17'. Expected a whole number
                    codebuild | CODEBUILD_WEBHOOK_TRIGGER=branch/zzz";echo${IFS}hello;# | CODEBUILD_WEBHOOK_TRIGGER is 'branch/zzz";echo${IFS}hello;#'. This is not the pipeline of a pull request. Start the project by a webhook
                    codebuild | -CODEBUILD_WEBHOOK_TRIGGER                   | CODEBUILD_WEBHOOK_TRIGGER is not set. This is not
                    codebuild | CODEBUILD_WEBHOOK_TRIGGER=branch/a\\n::set-output name=x::y\\e[31m | CODEBUILD_WEBHOOK_TRIGGER is 'branch/a?: :set-output name=x: :y?[31m'
                    codebuild | CODEBUILD_WEBHOOK_TRIGGER=pr/                | CODEBUILD_WEBHOOK_TRIGGER is 'pr/'. Expected the number
                    codebuild | CODEBUILD_WEBHOOK_EVENT=PULL_REQUEST_MERGED  | CODEBUILD_WEBHOOK_EVENT is 'PULL_REQUEST_MERGED'. The pull request is closed
                    codebuild | CODEBUILD_RESOLVED_SOURCE_VERSION=pr/50      | CODEBUILD_RESOLVED_SOURCE_VERSION is 'pr/50'. Expected the full hash
                    codebuild | CODEBUILD_SOURCE_REPO_URL=https://git.example.com/shop.git | CODEBUILD_SOURCE_REPO_URL is 'https://git.example.com/shop.git'. It does not tell
                    codebuild | -CODEBUILD_BUILD_NUMBER                      | CODEBUILD_BUILD_NUMBER is not set
                    """)
    void isForWhatIsNoPipelineOfAPullRequest(
            String system, String changes, String message, @TempDir Path folder) {
        var prompt = new Prompt(RecordedPipeline.environment(platform, system, changes, folder));

        assertRefused(prompt, prompt.dbtc("ci", "run"), message);
        assertThat(said(prompt)).startsWith("dbtc: ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    -d {                                           | payload: is not JSON
                    -d []                                          | payload: is an empty list; expected a JSON object
                    -d null                                        | payload: is null; expected a JSON object
                    -d {"cause":null}                              | payload: cause is null; expected some text
                    -d {"casue":"x"}                               | payload: casue is not a field
                    -d {"github_pull_request_id":""}               | payload: github_pull_request_id is empty
                    -d {"github_pull_request_id":5,"azure_pull_request_id":5} | payload: azure_pull_request_id and github_pull_request_id are both given
                    -d {"azure_pull_request_id":5,"azure_devops_pull_request_id":5} | are the same field
                    -d {"schema_override":"a;drop"}                | payload: schema_override is "a;drop"; expected a schema name
                    -d {"steps_override":"dbt"}                    | payload: steps_override is "dbt"; expected a list
                    -d @/nowhere/payload.json                      | the file /nowhere/payload.json cannot be read
                    --git-sha=                                     | '' is not the hash of a commit
                    --git-sha=xyz                                  | 'xyz' is not the hash of a commit, 7 to 64 hexadecimal digits; `git rev-parse HEAD` prints one
                    --cause=                                       | payload: cause is empty
                    --schema-override=a;b                          | payload: schema_override is "a;b"
                    --schema-prefix=zzz";echo${IFS}hello;#         | is not the beginning of a schema's name: letters, digits and _
                    --schema-prefix=                               | is not the beginning of a schema's name
                    --pull-request=50                              | '50' is not a pull request such as github:50; before the number stands github, gitlab, azure or other
                    --pull-request=github:0                        | 'github:0' is not a pull request
                    --pull-request=github:                         | 'github:' is not a pull request
                    --pull-request=bitbucket:50                    | 'bitbucket:50' is not a pull request
                    --drafts=perhaps                               | 'perhaps' is not a boolean
                    --sequence=v7                                  | 'v7' is not a pipeline's number
                    --sequence-scope=a/b                           | give --sequence (DBTC_SEQUENCE) too, or neither
                    --lanes=dedicated --max-run-slots=0            | leave one of them out
                    """)
    void isForWhatCannotBeSent(String args, String message, @TempDir Path folder) {
        var prompt = new Prompt(RecordedPipeline.environment(platform, "github", "", folder));

        assertRefused(prompt, prompt.dbtc(("ci run " + args).split(" ")), message);
    }

    @Test
    void isForWhereNoCiSystemIsRecognised() {
        var prompt = new Prompt(platform.environment());

        assertRefused(
                prompt,
                prompt.dbtc("ci", "run", "--git-sha=1f3a6c0b9d2e"),
                "No CI system was recognised: none of GITHUB_ACTIONS, GITLAB_CI, TF_BUILD,"
                        + " BITBUCKET_BUILD_NUMBER, BUILDKITE, CIRCLECI, JENKINS_URL,"
                        + " CODEBUILD_BUILD_ID is set.");
    }

    @Test
    void namesTheVariableThatHoldsAWrongValue(@TempDir Path folder) {
        Map<String, String> environment =
                RecordedPipeline.environment(
                        platform, "github", "DBTC_PULL_REQUEST=#50 & DBTC_DRAFTS=true", folder);
        var prompt = new Prompt(environment);

        assertRefused(
                prompt,
                prompt.dbtc("ci", "run"),
                "'#50' is not a pull request such as github:50; before the number stands"
                        + " github, gitlab, azure or other"
                        + " (in the variable DBTC_PULL_REQUEST)");
    }

    private static void assertRefused(Prompt prompt, int exitCode, String message) {
        assertThat(said(prompt)).contains(message).doesNotContain("\tat ", "\u001B", "::");
        assertThat(prompt.out()).isEmpty();
        assertThat(exitCode).isEqualTo(2);
        assertThat(platform.requests()).isEmpty();
        assertThat(platform.sandbox.runs()).isEmpty();
    }

    /// Standard error without the beginning of what is for GitHub's runner.
    private static String said(Prompt prompt) {
        return prompt.err().replace("\n::error title=dbtc::", "\n");
    }
}
