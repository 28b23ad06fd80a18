package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// GitHub Actions, for the events `pull_request` and `pull_request_target`.
///
/// Variables: docs.github.com/en/actions/reference/workflows-and-actions/variables. The event:
/// docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request. `GITHUB_SHA` is the commit
/// of a merge with the base branch and never used
/// (docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows).
///
/// A workflow's runs are numbered for each workflow file; repeating one keeps its number and
/// increases the attempt.
final class GithubActions implements CiVariableReader {

    private static final String EVENT = "GITHUB_EVENT_NAME";
    private static final String PATH = "GITHUB_EVENT_PATH";
    private static final String REPOSITORY = "GITHUB_REPOSITORY";
    private static final Set<String> EVENTS = Set.of("pull_request", "pull_request_target");
    private static final Pattern LOWER_CASE_COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final CiVariables variables;
    private final EventFile events;
    private @Nullable Map<?, ?> event;

    GithubActions(CiVariables variables, EventFile events) {
        this.variables = variables;
        this.events = events;
    }

    @Override
    public CiVariables variables() {
        return variables;
    }

    @Override
    public PullRequest pullRequest() {
        if (!isOfPullRequest()) {
            throw variables.outside(EVENT, "Start this for the event pull_request only");
        }
        Object number = member("number");
        if (number instanceof Long positive && positive > 0) {
            return new PullRequest(Provider.GITHUB, positive);
        }
        throw refusal(
                "number",
                number,
                "Expected the number of a pull request. Say which with --pull-request.");
    }

    @Override
    public void refuseClosed() {
        if ("closed".equals(member("state"))) {
            throw refusal(
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
            throw refusal(
                    "head.repo",
                    null,
                    "The head's repository is gone or hidden, as that of a deleted fork. "
                            + CiVariables.fork());
        }
        if (!head.equals(fullName("base"))) {
            throw refusal("head.repo.full_name", head, CiVariables.fork());
        }
    }

    @Override
    public @Nullable UnsupportedPipelineException draft() {
        return isOfPullRequest() && Boolean.TRUE.equals(member("draft"))
                ? refusal("draft", true, CiVariables.draft())
                : null;
    }

    @Override
    public String commit() {
        if (!isOfPullRequest()) {
            throw variables.outside(EVENT, "Start this for the event pull_request only");
        }
        Object sha = side("head").get("sha");
        if (sha instanceof String text && LOWER_CASE_COMMIT.matcher(text).matches()) {
            return text;
        }
        throw refusal(
                "head.sha",
                sha,
                "Expected the full hash of a commit. Give the head's with --git-sha.");
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

    private @Nullable Object member(String name) {
        return pullRequestObject().get(name);
    }

    /// `head` or `base`.
    private Map<?, ?> side(String name) {
        Object side = member(name);
        if (side instanceof Map<?, ?> map) {
            return map;
        }
        throw refusal(name, side, "Expected an object with a commit and a repository.");
    }

    private @Nullable String fullName(String side) {
        return side(side).get("repo") instanceof Map<?, ?> repository
                        && repository.get("full_name") instanceof String name
                ? name.toLowerCase(Locale.ROOT)
                : null;
    }

    private Map<?, ?> pullRequestObject() {
        if (event == null) {
            event = read();
        }
        return event;
    }

    private Map<?, ?> read() {
        String path =
                variables.required(
                        PATH,
                        "name the pull request with --pull-request, its commit with --git-sha");
        Map<String, @Nullable Object> whole;
        try {
            whole = Json.readObject(events.read(path));
        } catch (IOException e) {
            throw variables.refusal(
                    PATH,
                    "The file cannot be read (%s). Mount it where dbtc runs in a container."
                            .formatted(e.getClass().getSimpleName()));
        } catch (IllegalArgumentException e) {
            throw variables.refusal(
                    PATH, "The file does not hold a JSON object, as GitHub writes it.");
        }
        if (whole.get("pull_request") instanceof Map<?, ?> object) {
            return object;
        }
        throw variables.refusal(
                PATH,
                "The file has no pull_request, although GITHUB_EVENT_NAME is '%s'. Is it another"
                                .formatted(Shown.of(String.valueOf(variables.optional(EVENT))))
                        + " event's file?");
    }

    private UnsupportedPipelineException refusal(
            String member, @Nullable Object value, String text) {
        String shown =
                switch (value) {
                    case Map<?, ?> ignored -> "an object";
                    case Iterable<?> ignored -> "a list";
                    case null, default -> "'" + Shown.of(String.valueOf(value)) + "'";
                };
        return new UnsupportedPipelineException(
                PATH,
                "%s: pull_request.%s in the file of %s is %s. %s"
                        .formatted(system().title(), member, PATH, shown, text));
    }
}
