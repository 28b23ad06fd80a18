package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.regex.Pattern;

/// The variables of a pipeline, read strictly: what is not of the form it should have is refused.
final class CiVariables {

    /// What helps when a variable is missing that the CI system always sets.
    static final String PASS_IT_ON = "A container sees only the variables that are passed on to it";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,16}");
    private static final Pattern FULL_COMMIT = Pattern.compile("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");

    private final CiSystem system;
    private final Map<String, String> environment;

    CiVariables(CiSystem system, Map<String, String> environment) {
        this.system = system;
        this.environment = environment;
    }

    CiSystem system() {
        return system;
    }

    /// The variable's value; null for one that is not set or blank.
    @Nullable String optional(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /// Whether the variable holds `value`, in upper or lower case.
    boolean is(String name, String value) {
        return value.equalsIgnoreCase(environment.get(name));
    }

    /// The variable's value, which must not be blank.
    ///
    /// @param otherwise what to do where there is none
    String required(String name, String otherwise) {
        String value = optional(name);
        if (value == null) {
            throw refusal(
                    name,
                    "%s: pass it on, as docker run --env=%s does, or %s."
                            .formatted(PASS_IT_ON, name, otherwise));
        }
        return value;
    }

    PullRequest pullRequest(Provider provider, String name) {
        return new PullRequest(provider, number(name, environment.get(name)));
    }

    /// The number of a pull request that `name` holds as a part of its value.
    long number(String name, @Nullable String digits) {
        if (digits == null || !NUMBER.matcher(digits).matches()) {
            throw refusal(
                    name,
                    "Expected the number of a pull request, a positive whole number. Correct it, or"
                            + " say which pull request with --pull-request.");
        }
        return Long.parseLong(digits);
    }

    /// The full hash of a commit.
    String commit(String name) {
        return commit(name, FULL_COMMIT, "the full hash of a commit, 40 or 64 hexadecimal digits");
    }

    String commit(String name, Pattern form, String expected) {
        String value = required(name, "give the head's commit with --git-sha");
        if (!form.matcher(value).matches()) {
            throw refusal(
                    name,
                    "Expected %s. Give the head's commit with --git-sha.".formatted(expected));
        }
        return value;
    }

    /// Number and attempt as two variables hold them.
    ///
    /// @param attempt null where the system gives every repetition a new number
    Sequence sequence(String number, @Nullable String attempt, String scope) {
        return new Sequence(Sequence.NO_SCOPE, count(number), attempt == null ? 0 : count(attempt))
                .within(scope);
    }

    private long count(String name) {
        String value = required(name, "give this pipeline's number with --sequence=N");
        if (!COUNT.matcher(value).matches()) {
            throw refusal(
                    name,
                    "Expected a whole number: it orders newer and older pipelines."
                            + " Correct it, or give --sequence.");
        }
        return Long.parseLong(value);
    }

    /// What a scope is made of, where it must not be missing.
    String scopePart(String name) {
        return required(name, "give this pipeline's number with --sequence=N");
    }

    /// A branch's name without `refs/heads/`.
    @Nullable String branch(String name) {
        String value = optional(name);
        return value == null ? null : value.replaceFirst("^refs/heads/", "");
    }

    /// A refusal: what the variable holds, then `text`.
    UnsupportedPipelineException refusal(String name, String text) {
        return new UnsupportedPipelineException(
                name, "%s: %s. %s".formatted(system.title(), state(name), text));
    }

    /// A refusal that this is no pipeline of a pull request.
    UnsupportedPipelineException outside(String name, String next) {
        return refusal(
                name,
                "This is not the pipeline of a pull request. %s, or name one with --pull-request,"
                                .formatted(next)
                        + " and its commit with --git-sha.");
    }

    /// A refusal of a number whose git host is unknown.
    UnsupportedPipelineException unknownHost(String name, long number) {
        return refusal(
                name,
                "It does not tell on what kind of git host the pull request is. Say so with"
                        + " --pull-request: github:%1$d, gitlab:%1$d, azure:%1$d or other:%1$d."
                                .formatted(number));
    }

    /// A refusal of a fork's head.
    UnsupportedPipelineException fork(String name) {
        return refusal(name, fork());
    }

    static String fork() {
        return "The head is in a fork. dbt cannot check out its commits, and its code would run"
                + " with your warehouse's credentials: push the branch to the repository"
                + " itself.";
    }

    /// A refusal of a draft.
    UnsupportedPipelineException draft(String name) {
        return refusal(name, draft());
    }

    static String draft() {
        return "The pull request is a draft. Mark it as ready, or build drafts too with --drafts"
                + " (DBTC_DRAFTS=true).";
    }

    private String state(String name) {
        String value = environment.get(name);
        if (value == null) {
            return name + " is not set";
        }
        return value.isBlank() ? name + " is empty" : "%s is '%s'".formatted(name, Shown.of(value));
    }
}
