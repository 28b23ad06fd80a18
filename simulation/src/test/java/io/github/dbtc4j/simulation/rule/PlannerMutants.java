package io.github.dbtc4j.simulation.rule;

import static io.github.dbtc4j.simulation.scenario.Variation.CLAIMS;
import static io.github.dbtc4j.simulation.strategy.Strategy.BASE_FIRST;
import static io.github.dbtc4j.simulation.strategy.Strategy.DEDICATED;
import static io.github.dbtc4j.simulation.world.Profile.CI;
import static io.github.dbtc4j.simulation.world.Profile.CLEAN;
import static io.github.dbtc4j.simulation.world.Profile.FAULTS;
import static io.github.dbtc4j.simulation.world.Profile.RACES;

import java.util.List;

/// Rules of which run is newer, which is stale, and what to do next.
final class PlannerMutants {

    private PlannerMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "runs that have ended are not looked at",
                        "PullRequestRuns.newer",
                        "return runs(Relation.NEWER).max(this::compare);",
                        "return"
                            + " runs(Relation.NEWER).filter(ObservedRun::isActive).max(this::compare);",
                        RACES,
                        BASE_FIRST,
                        5),
                new Mutant(
                        "the time of the run decides which commit is newer",
                        "PullRequestRuns.order",
                        "return order > 0 ? Relation.NEWER : Relation.OLDER;",
                        "return own != null && run.isNewerThan(own) ? Relation.NEWER :"
                                + " Relation.OLDER;",
                        RACES,
                        BASE_FIRST,
                        1),
                new Mutant(
                        "newer runs count as older ones",
                        "PullRequestRuns.order",
                        "return order > 0 ? Relation.NEWER : Relation.OLDER;",
                        "return Relation.OLDER;",
                        RACES,
                        BASE_FIRST,
                        3),
                new Mutant(
                        "a clone is used at once",
                        "Planner.trigger",
                        "if (settlesFirst() && isYoung(clone)) {",
                        "if (false) {",
                        RACES,
                        DEDICATED,
                        3),
                new Mutant(
                        "a success is not validated",
                        "Planner.validate",
                        "Optional<ObservedRun> by = conflicting(own);",
                        "Optional<ObservedRun> by = Optional.empty();",
                        RACES,
                        BASE_FIRST,
                        35),
                new Mutant(
                        "an old look is good enough",
                        "Freshness.isStale",
                        "return observedAt.plus(LIMIT).isBefore(clock.instant());",
                        "return false;",
                        CI,
                        BASE_FIRST,
                        668),
                new Mutant(
                        "the number of a pull request is enough, on any job",
                        "PullRequestRuns.PullRequestRuns",
                        "isOurs(run) && seen.isOnLane(run)",
                        "isOurs(run)",
                        RACES,
                        BASE_FIRST,
                        10),
                new Mutant(
                        "every pull request's run counts as the own",
                        "PullRequestRuns.isOurs",
                        "(request.matches(run) && belief.isCredible(run))",
                        "run.pullRequest() != null",
                        RACES,
                        BASE_FIRST,
                        2),
                new Mutant(
                        "a lost trigger is sent again at once",
                        "Planner.plan",
                        "if (lost != null && !isPast(lost.sentAt().plus(WRITE_TIMEOUT))) {",
                        "if (false) {",
                        FAULTS,
                        BASE_FIRST,
                        56),
                new Mutant(
                        "a lost trigger is looked for once only",
                        "Planner.WRITE_TIMEOUT",
                        "static final Duration WRITE_TIMEOUT = Duration.ofSeconds(100);",
                        "static final Duration WRITE_TIMEOUT = Duration.ofSeconds(3);",
                        FAULTS,
                        BASE_FIRST,
                        45),
                new Mutant(
                        "a pipeline with a run does not give way",
                        "Planner.plan",
                        "} else if (newer.isPresent()) {",
                        "} else if (newer.isPresent() && own.isEmpty()) {",
                        RACES,
                        BASE_FIRST,
                        3),
                new Mutant(
                        "superseded counts as success",
                        "Planner.supersede",
                        "finish(new"
                            + " Verdict.Superseded(seen.ownRun().map(ObservedRun::id).orElse(null),"
                            + " newer.id()));",
                        "finish(new Verdict.Succeeded(newer.id()));",
                        RACES,
                        BASE_FIRST,
                        3),
                new Mutant(
                        "who gives way lets the own run go on",
                        "Planner.yieldTo",
                        "own.filter(ObservedRun::isActive).ifPresent(this::cancel);",
                        "",
                        RACES,
                        DEDICATED,
                        887),
                new Mutant(
                        "an older run that comes later is left alone",
                        "Planner.watch",
                        "for (ObservedRun run : related.stale()) {",
                        "for (ObservedRun run : List.<ObservedRun>of()) {",
                        CI,
                        BASE_FIRST,
                        142),
                new Mutant(
                        "a run the invocation itself cancelled is not repeated",
                        "Planner.cancelledBy",
                        "boolean byUs = seen.state().cancelRequests().containsKey(own.id());",
                        "boolean byUs = false;",
                        RACES,
                        BASE_FIRST,
                        64),
                new Mutant(
                        "any run of the pull request is for the own commit",
                        "Planner.yieldTo",
                        "if (request.isForCommitOf(newer) && related.isSameBuild(newer)) {",
                        "if (true) {",
                        RACES,
                        BASE_FIRST,
                        3),
                new Mutant(
                        "a newer run counts in any schema",
                        "PullRequestRuns.relation",
                        "relation == Relation.NEWER && !belief.isInOwnSchema(run)",
                        "false",
                        CLEAN,
                        BASE_FIRST,
                        CLAIMS,
                        47),
                new Mutant(
                        "one lane more than the cap",
                        "LaneSelector.isUnderCap",
                        "if (busy >= cap) {",
                        "if (busy > cap) {",
                        CLEAN,
                        BASE_FIRST,
                        64),
                new Mutant(
                        "a cap of none is no cap",
                        "LaneSelector.isUnderCap",
                        "if (cap == null) {",
                        "if (cap == null || cap == 0) {",
                        CLEAN,
                        BASE_FIRST,
                        37),
                new Mutant(
                        "at the deadline the run goes on",
                        "Planner.watch",
                        """
                        cancel(own);
                                    finish(new Verdict.DeadlinePassed(own.id()));\
                        """,
                        "finish(new Verdict.DeadlinePassed(own.id()));",
                        RACES,
                        BASE_FIRST,
                        165),
                new Mutant(
                        "of a twin's runs that with the highest number is followed",
                        "PullRequestRuns.duplicate",
                        "Comparator.comparing(ObservedRun::executedFrom)",
                        "Comparator.comparing(ObservedRun::createdAt)",
                        CI,
                        DEDICATED,
                        CLAIMS,
                        3002075));
    }
}
