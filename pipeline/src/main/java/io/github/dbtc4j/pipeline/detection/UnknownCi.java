package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.planner.state.PullRequest;

import java.util.Arrays;
import java.util.stream.Collectors;

/// No CI system that is known: everything has to be given.
record UnknownCi(CiVariables variables) implements CiVariableReader {

    @Override
    public PullRequest pullRequest() {
        throw unknown("name it with --pull-request, and its commit with --git-sha");
    }

    @Override
    public String commit() {
        throw unknown("name the commit with --git-sha");
    }

    private static UnsupportedPipelineException unknown(String next) {
        String marks =
                Arrays.stream(CiSystem.values())
                        .filter(system -> system != CiSystem.OTHER)
                        .map(CiSystem::mark)
                        .collect(Collectors.joining(", "));
        return new UnsupportedPipelineException(
                CiSystem.OTHER.mark(),
                "No CI system was recognised: none of %s is set. %s: pass them on, or %s."
                        .formatted(marks, CiVariables.PASS_IT_ON, next));
    }

    @Override
    public void refuseFork() {}
}
