package io.github.dbtc4j.simulation.rule;

import static io.github.dbtc4j.simulation.scenario.Variation.CLAIMS;
import static io.github.dbtc4j.simulation.strategy.Strategy.BASE_FIRST;
import static io.github.dbtc4j.simulation.world.Profile.CLEAN;
import static io.github.dbtc4j.simulation.world.Profile.FAULTS;

import java.util.List;

/// Rules of whose a run is, and of what a claim is worth.
final class ClaimMutants {

    private ClaimMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "a run is taken for what its claim says it builds",
                        "Belief.isSameBuild",
                        "return run.claim() != null && isCredible(run) && "
                                + "run.build().equals(wanted);",
                        "return wanted != null && request.isForCommitOf(run);",
                        CLEAN,
                        BASE_FIRST,
                        CLAIMS,
                        4),
                new Mutant(
                        "every claim is believed",
                        "Belief.isCredible",
                        "|| (seen.isOnLane(run) && !contradicts(run, seen.base().id()));",
                        "|| seen.isOnLane(run);",
                        CLEAN,
                        BASE_FIRST,
                        CLAIMS,
                        9),
                new Mutant(
                        "a claim tells which job is a lane",
                        "Snapshot.isOnLane",
                        "&& base.id().equals(run.cloneOf()));",
                        ");",
                        CLEAN,
                        BASE_FIRST,
                        CLAIMS,
                        11),
                new Mutant(
                        "a run of another job disturbs no run",
                        "Belief.mayConflict",
                        "return request.isNamedBy(run, base)",
                        "return false && request.isNamedBy(run, base)",
                        CLEAN,
                        BASE_FIRST,
                        CLAIMS,
                        13),
                new Mutant(
                        "the own nonce is enough",
                        "Belief.isOfOwnNonce",
                        "&& isSameBuild(run);",
                        "&& request.isForCommitOf(run);",
                        FAULTS,
                        BASE_FIRST,
                        CLAIMS,
                        78),
                new Mutant(
                        "the number is enough, of any provider",
                        "CiRequest.matches",
                        """
                        && pullRequest.equals(run.pullRequest())
                        """,
                        """
                        && run.pullRequest() != null
                                        && pullRequest.number() == run.pullRequest().number()
                        """,
                        CLEAN,
                        BASE_FIRST,
                        2),
                new Mutant(
                        "a namesake of another workflow or repository is the own pull request",
                        "CiRequest.isCountedElsewhere",
                        "return sequence != null && theirs != null &&"
                                + " !sequence.isComparableTo(theirs);",
                        "return false;",
                        CLEAN,
                        BASE_FIRST,
                        6),
                new Mutant(
                        "numbers of two workflows are compared",
                        "Sequence.isComparableTo",
                        "return scope.equals(other.scope);",
                        "return true;",
                        CLEAN,
                        BASE_FIRST,
                        6));
    }
}
