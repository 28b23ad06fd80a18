package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

/// Azure Pipelines, for pull requests of Azure Repos, GitHub and Bitbucket.
///
/// Variables: learn.microsoft.com/en-us/azure/devops/pipelines/build/variables.
/// `System.PullRequest.SourceCommitId` is missing there (MicrosoftDocs/azure-devops-docs#4588) but
/// set for every kind of pull request; `Build.SourceVersion` is the commit of a merge and never
/// used. GitHub's pull requests have an id of their own beside their number, which is
/// `System.PullRequest.PullRequestNumber`. Nothing tells whether a pull request is a draft.
///
/// Build ids grow with every build; a repeated job keeps the build's.
record AzurePipelines(CiVariables variables) implements CiVariableReader {

    private static final String REASON = "BUILD_REASON";
    private static final String HOST = "BUILD_REPOSITORY_PROVIDER";
    private static final String ID = "SYSTEM_PULLREQUEST_PULLREQUESTID";
    private static final String NUMBER = "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER";
    private static final String FORK = "SYSTEM_PULLREQUEST_ISFORK";
    private static final String NAME = "BUILD_REPOSITORY_NAME";

    @Override
    public PullRequest pullRequest() {
        if (!isOfPullRequest()) {
            throw outside();
        }
        String host =
                variables.required(HOST, "say which pull request with --pull-request=azure:NUMBER");
        return switch (host) {
            case "TfsGit" -> variables.pullRequest(Provider.AZURE, ID);
            case "GitHub", "GitHubEnterprise" -> variables.pullRequest(Provider.GITHUB, NUMBER);
            case "Bitbucket" -> variables.pullRequest(Provider.NON_NATIVE, ID);
            default ->
                    throw variables.refusal(
                            HOST,
                            "Expected TfsGit, GitHub, GitHubEnterprise or Bitbucket. Say which pull"
                                    + " request with --pull-request, such as"
                                    + " --pull-request=other:50.");
        };
    }

    private boolean isOfPullRequest() {
        return variables.is(REASON, "PullRequest");
    }

    private UnsupportedPipelineException outside() {
        return variables.outside(
                REASON, "Let the step run if Build.Reason is PullRequest, as by a branch policy");
    }

    @Override
    public void refuseFork() {
        if (!isOfPullRequest() || variables.is(FORK, "False")) {
            return;
        }
        throw variables.is(FORK, "True")
                ? variables.fork(FORK)
                : variables.refusal(
                        FORK,
                        "Expected True or False: nothing else tells whether the head is in a fork."
                                + " "
                                + CiVariables.PASS_IT_ON
                                + ".");
    }

    @Override
    public String commit() {
        if (!isOfPullRequest()) {
            throw outside();
        }
        return variables.commit("SYSTEM_PULLREQUEST_SOURCECOMMITID");
    }

    @Override
    public Sequence sequence() {
        return variables.sequence(
                "BUILD_BUILDID",
                "SYSTEM_JOBATTEMPT",
                "azure/%s/%s/%s"
                        .formatted(
                                variables.scopePart("SYSTEM_TEAMPROJECT"),
                                variables.scopePart(NAME),
                                variables.scopePart("SYSTEM_DEFINITIONID")));
    }

    @Override
    public @Nullable String repository() {
        return variables.optional(NAME);
    }

    @Override
    public @Nullable String page() {
        String collection = variables.optional("SYSTEM_COLLECTIONURI");
        String project = variables.optional("SYSTEM_TEAMPROJECT");
        return collection == null
                        || project == null
                        || repository() == null
                        || !variables.is(HOST, "TfsGit")
                ? null
                : "%s%s/_git/%s/pullrequest/%d"
                        .formatted(collection, project, repository(), pullRequest().number())
                        .replace(" ", "%20");
    }

    @Override
    public @Nullable String headBranch() {
        return variables.branch("SYSTEM_PULLREQUEST_SOURCEBRANCH");
    }

    @Override
    public @Nullable String baseBranch() {
        return variables.branch("SYSTEM_PULLREQUEST_TARGETBRANCH");
    }
}
