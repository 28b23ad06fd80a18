package io.github.dbtc4j.cli.process;

import io.github.dbtc4j.cli.option.EnumConverter;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One start of the command by a CI system.
///
/// @param pullRequest its number on GitHub
/// @param commit which commit of the pull request, from 1; also the number of its CI workflow
/// @param attempt of that workflow, from 1
/// @param ordered whether the CI system's numbers are passed on
/// @param polls whether it waits for its run
/// @param pause how long after the one before it starts at the earliest
record Pipeline(
        long pullRequest,
        int commit,
        int attempt,
        boolean ordered,
        boolean polls,
        Cleanup cleanup,
        LanePolicy lanes,
        Duration pause,
        Blow blow) {

    static final Duration TIMEOUT = Duration.ofSeconds(40);

    String sha() {
        return sha(pullRequest, commit);
    }

    static String sha(long pullRequest, int commit) {
        return "%012x%028x".formatted(pullRequest * 1000 + commit, commit);
    }

    /// Whether the CI system started another one, of that sequence, later.
    boolean isBefore(Sequence other) {
        return commit != other.number() ? commit < other.number() : attempt < other.attempt();
    }

    @Nullable String sequence() {
        return ordered ? commit + "." + attempt : null;
    }

    String[] args() {
        var args =
                new ArrayList<>(
                        List.of(
                                "trigger-autoscaling-ci-job",
                                "--payload="
                                        + """
                                        {"cause": "Storm", "git_sha": "%s", "github_pull_request_id": %d}\
                                        """
                                                .formatted(sha(), pullRequest),
                                "--poll-interval=1",
                                "--timeout=" + TIMEOUT.toSeconds(),
                                polls ? "--should-poll" : "--no-should-poll",
                                "--cleanup=" + EnumConverter.of(cleanup),
                                "--lanes=" + EnumConverter.of(lanes)));
        if (ordered) {
            args.add("--sequence=" + sequence());
            args.add("--sequence-scope=github/jaffle-company/jaffle_shop/ci.yml");
        }
        return args.toArray(String[]::new);
    }
}
