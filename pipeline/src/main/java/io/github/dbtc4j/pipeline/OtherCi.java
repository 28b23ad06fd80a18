package io.github.dbtc4j.pipeline;

import io.github.dbtc4j.planner.PullRequest;
import io.github.dbtc4j.planner.Sequence;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.stream.Collectors;

/// No CI system that is known: everything has to be given.
record OtherCi(Variables variables) implements Reader {

    @Override
    public CiSystem system() {
        return variables.system();
    }

    @Override
    public PullRequest pullRequest() {
        throw unknown("say with --pull-request and --git-sha what to build");
    }

    @Override
    public String commit() {
        throw unknown("say with --git-sha what to build");
    }

    private static RefusalException unknown(String next) {
        String marks =
                Arrays.stream(CiSystem.values())
                        .filter(it -> it != CiSystem.OTHER)
                        .map(CiSystem::mark)
                        .collect(Collectors.joining(", "));
        return new RefusalException(
                CiSystem.OTHER.mark(),
                "No CI system was recognised: none of %s is set. %s: pass them on, or %s."
                        .formatted(marks, Variables.PASS_IT_ON, next));
    }

    @Override
    public void refuseFork() {}

    @Override
    public @Nullable RefusalException draft() {
        return null;
    }

    @Override
    public @Nullable Sequence sequence() {
        return null;
    }

    @Override
    public @Nullable String repository() {
        return null;
    }

    @Override
    public @Nullable String headBranch() {
        return null;
    }

    @Override
    public @Nullable String baseBranch() {
        return null;
    }
}
