package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// GitHub Actions, for the events `pull_request`, `pull_request_target` and `merge_group`.
///
/// Variables: docs.github.com/en/actions/reference/workflows-and-actions/variables. The event:
/// docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request. `GITHUB_SHA` is the commit
/// of a merge with the base branch and never used
/// (docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows).
///
/// A merge group is what a merge queue is about to merge: a pull request on top of those before it
/// in the queue, as a branch of the repository itself, `gh-readonly-queue/BASE/pr-NUMBER-SHA`
/// (docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group). It is built as a newer
/// commit of that pull request.
///
/// A workflow's runs are numbered for each workflow file; repeating one keeps its number and
/// increases the attempt.
final class GithubActions implements CiVariableReader {

    private static final String EVENT = "GITHUB_EVENT_NAME";
    private static final String REPOSITORY = "GITHUB_REPOSITORY";
    private static final Set<String> EVENTS = Set.of("pull_request", "pull_request_target");
    private static final String GROUP = "merge_group";
    private static final String GROUP_REF = "head_ref";
    private static final Pattern QUEUED =
            Pattern.compile(
                    "refs/heads/gh-readonly-queue/.+/pr-([1-9][0-9]{0,17})-[0-9a-f]{40,64}");
    private static final Pattern LOWER_CASE_COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final CiVariables variables;
    private final GithubEvent pull;
    private final GithubEvent group;

    GithubActions(CiVariables variables, EventFile events) {
        this.variables = variables;
        this.pull = new GithubEvent(variables, events, "pull_request");
        this.group = new GithubEvent(variables, events, GROUP);
    }

    @Override
    public CiVariables variables() {
        return variables;
    }

    @Override
    public boolean isMergeGroup() {
        return variables.is(EVENT, GROUP);
    }

    @Override
    public PullRequest pullRequest() {
        if (isMergeGroup()) {
            return queued();
        }
        if (!isOfPullRequest()) {
            throw outside();
        }
        Object number = pull.member("number");
        if (number instanceof Long positive && positive > 0) {
            return new PullRequest(Provider.GITHUB, positive);
        }
        throw pull.refusal(
                "number",
                number,
                "Expected the number of a pull request. Say which with --pull-request.");
    }

    private PullRequest queued() {
        Object ref = group.member(GROUP_REF);
        Matcher queued = QUEUED.matcher(ref instanceof String text ? text : "");
        if (queued.matches()) {
            return new PullRequest(Provider.GITHUB, Long.parseLong(queued.group(1)));
        }
        throw group.refusal(
                GROUP_REF,
                ref,
                "Expected a branch of a merge queue, which names its pull request. Say which with"
                        + " --pull-request.");
    }

    @Override
    public void refuseClosed() {
        if (isOfPullRequest() && "closed".equals(pull.member("state"))) {
            throw pull.refusal(
                    "state", "closed", "The pull request is closed, nothing is left to build.");
        }
    }

    @Override
    public void refuseFork() {
        if (!isOfPullRequest()) {
            return;
        }
        String head = fullName("head");
        if (head == null) {
            throw pull.refusal(
                    "head.repo",
                    null,
                    "The head's repository is gone or hidden, as that of a deleted fork. "
                            + CiVariables.fork());
        }
        if (!head.equals(fullName("base"))) {
            throw pull.refusal("head.repo.full_name", head, CiVariables.fork());
        }
    }

    @Override
    public @Nullable UnsupportedPipelineException draft() {
        return isOfPullRequest() && Boolean.TRUE.equals(pull.member("draft"))
                ? pull.refusal("draft", true, CiVariables.draft())
                : null;
    }

    @Override
    public String commit() {
        if (isMergeGroup()) {
            return commit(group, "head_sha", group.member("head_sha"));
        }
        if (!isOfPullRequest()) {
            throw outside();
        }
        return commit(pull, "head.sha", side("head").get("sha"));
    }

    @Override
    public Sequence sequence() {
        String file = variables.optional("GITHUB_WORKFLOW_REF");
        String workflow =
                file != null
                        ? file.replaceFirst("@refs/.*", "")
                        : variables.scopePart("GITHUB_WORKFLOW");
        return variables.sequence(
                "GITHUB_RUN_NUMBER",
                "GITHUB_RUN_ATTEMPT",
                "github/" + variables.scopePart(REPOSITORY) + "/" + workflow);
    }

    @Override
    public @Nullable String repository() {
        return variables.optional(REPOSITORY);
    }

    @Override
    public @Nullable String page() {
        String server = variables.optional("GITHUB_SERVER_URL");
        return server == null || repository() == null || !isOfPullRequest()
                ? null
                : server + "/" + repository() + "/pull/" + pullRequest().number();
    }

    @Override
    public @Nullable String headBranch() {
        return variables.optional("GITHUB_HEAD_REF");
    }

    @Override
    public @Nullable String baseBranch() {
        return variables.optional("GITHUB_BASE_REF");
    }

    private boolean isOfPullRequest() {
        String name = variables.optional(EVENT);
        return name != null && EVENTS.contains(name);
    }

    private UnsupportedPipelineException outside() {
        return variables.outside(
                EVENT, "Start this for the events pull_request and merge_group only");
    }

    /// `head` or `base`.
    private Map<?, ?> side(String name) {
        Object side = pull.member(name);
        if (side instanceof Map<?, ?> map) {
            return map;
        }
        throw pull.refusal(name, side, "Expected an object with a commit and a repository.");
    }

    private @Nullable String fullName(String side) {
        return side(side).get("repo") instanceof Map<?, ?> repository
                        && repository.get("full_name") instanceof String name
                ? name.toLowerCase(Locale.ROOT)
                : null;
    }

    private static String commit(GithubEvent event, String member, @Nullable Object sha) {
        if (sha instanceof String text && LOWER_CASE_COMMIT.matcher(text).matches()) {
            return text;
        }
        throw event.refusal(
                member, sha, "Expected the full hash of a commit. Give the head's with --git-sha.");
    }
}
