package io.github.dbtc4j.simulation.rule;

import static io.github.dbtc4j.simulation.scenario.Variation.CLAIMS;
import static io.github.dbtc4j.simulation.scenario.Variation.DEATHS;
import static io.github.dbtc4j.simulation.strategy.Strategy.BASE_FIRST;
import static io.github.dbtc4j.simulation.strategy.Strategy.DEDICATED;
import static io.github.dbtc4j.simulation.world.Profile.CI;
import static io.github.dbtc4j.simulation.world.Profile.CLEAN;
import static io.github.dbtc4j.simulation.world.Profile.FAULTS;
import static io.github.dbtc4j.simulation.world.Profile.RACES;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.simulation.exploration.ScenarioRunner;
import io.github.dbtc4j.simulation.history.History;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Tally;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// Every rule of the protocol is there for a reason: without it, some scenario goes wrong.
class MutantTest {

    private static final int MOST = 20_000;

    static List<Mutant> mutants() {
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
                        "a clone may be reaped however lately it was used",
                        "CloneInspection.grounds",
                        "idle.compareTo(ttl) > 0",
                        "true",
                        RACES,
                        BASE_FIRST,
                        111),
                new Mutant(
                        "a clone is deleted under its runs",
                        "CloneDeleter.tryToDelete",
                        "if (!evidence.active().isEmpty()) {",
                        "if (false) {",
                        RACES,
                        DEDICATED,
                        4),
                new Mutant(
                        "a clone that a user put on a schedule is deleted",
                        "CloneInspection.isProvenCloneOf",
                        "&& !base.equals(job) && triggersOff;",
                        "&& !base.equals(job);",
                        RACES,
                        DEDICATED,
                        90),
                new Mutant(
                        "a clone carries no marker",
                        "Marker.toDescription",
                        "return Json.write(json);",
                        "return \"\";",
                        RACES,
                        DEDICATED,
                        1),
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
                        "a rate limit is not sat out",
                        "Cooldown.begin",
                        "Duration wait = told == null ? UNTOLD : told;",
                        "Duration wait = Duration.ofSeconds(10);",
                        FAULTS,
                        BASE_FIRST,
                        2),
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
                        "a newer run counts in any schema",
                        "PullRequestRuns.relation",
                        "relation == Relation.NEWER && !belief.isInOwnSchema(run)",
                        "false",
                        CLEAN,
                        BASE_FIRST,
                        CLAIMS,
                        47),
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
                        "looks follow each other without a pause",
                        "PollDelays.BRIEFLY",
                        "static final Duration BRIEFLY = Duration.ofSeconds(3);",
                        "static final Duration BRIEFLY = Duration.ofMillis(100);",
                        RACES,
                        BASE_FIRST,
                        76),
                new Mutant(
                        "a clone lacks the base job's variables",
                        "PlatformWriter.copyOverrides",
                        "} else if (value != null && value.value() != null) {",
                        "} else if (value != null && value.value() == null) {",
                        CLEAN,
                        BASE_FIRST,
                        31),
                new Mutant(
                        "another pipeline's clone is taken for complete",
                        "PlatformWriter.completeOverrides",
                        "if (overrides.isEmpty()) {",
                        "if (true) {",
                        CI,
                        DEDICATED,
                        560),
                new Mutant(
                        "a write is sent before the state says so",
                        "Ledger.sending",
                        "save();",
                        ";",
                        CLEAN,
                        DEDICATED,
                        DEATHS,
                        29),
                new Mutant(
                        "a look is not repeated after the variables were asked for",
                        "RunTrigger.equip",
                        "cloneMaker.complete(clone) && !freshness.isStale()",
                        "cloneMaker.complete(clone)",
                        FAULTS,
                        DEDICATED,
                        1475),
                new Mutant(
                        "a run on a clone lacks what the payload overrides",
                        "TriggerBody.on",
                        "body.put(\"cause\", claim.appendTo(payload.cause()));",
                        """
                        body.put("cause", claim.appendTo(payload.cause()));
                                if (lane.value() != base.id()) {
                                    body.remove("steps_override");
                                }\
                        """,
                        CLEAN,
                        BASE_FIRST,
                        22),
                new Mutant(
                        "a branch counts more than the commit",
                        "Scheduler.execute",
                        "if (run.commit == null) {",
                        "if (run.commit == null || run.trigger.text(\"git_branch\") != null) {",
                        CLEAN,
                        BASE_FIRST,
                        2),
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
                        6),
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
                        3002075),
                new Mutant(
                        "a clone has other steps than the base job",
                        "CloneDefinition.COPIED",
                        "\"execute_steps\",",
                        "",
                        CLEAN,
                        BASE_FIRST,
                        2),
                new Mutant(
                        "a clone stays although the base job's steps have changed",
                        "CloneDefinition.hash",
                        "var sorted = new TreeMap<String, @Nullable Object>(copied(base));",
                        """
                        var sorted = new TreeMap<String, @Nullable Object>(copied(base));
                                sorted.remove("execute_steps");\
                        """,
                        RACES,
                        DEDICATED,
                        10),
                new Mutant(
                        "a clone leaves the cost optimisation to the platform",
                        "CloneDefinition.copied",
                        "if (base.fields().get(COST_OPTIMIZATION) instanceof List<?> features) {",
                        """
                        if (base.fields().get(COST_OPTIMIZATION) instanceof List<?> features
                                        && !features.isEmpty()) {\
                        """,
                        RACES,
                        BASE_FIRST,
                        168),
                new Mutant(
                        "the age of a look at a clone is not asked for",
                        "Inspector.delete",
                        "if (isOlder(look.jobAsked(), FRESH_JOB) || isOlder(look.runsAsked(),"
                                + " FRESH_RUNS)) {",
                        "if (isOlder(look.runsAsked(), FRESH_RUNS)) {",
                        CI,
                        BASE_FIRST,
                        555001160),
                new Mutant(
                        "a stopped process lets the run go on",
                        "Halt.stop",
                        """
                        canceller.cancel(found);
                                return\
                        """,
                        "return",
                        CI,
                        BASE_FIRST,
                        2));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void stillApplies(Mutant mutant) throws Exception {
        assertThat(mutant.change().text()).isNotBlank();
    }

    @Tag("heavy")
    @ParameterizedTest
    @MethodSource("mutants")
    void isKilled(Mutant mutant) throws Exception {
        List<String> found = hunt(mutant, MOST);

        assertThat(found).as("%s, in %d scenarios", mutant, MOST).isNotEmpty();
        History sane =
                ScenarioRunner.play(
                        mutant.profile(),
                        mutant.strategy(),
                        Long.parseLong(found.getFirst()),
                        mutant.variation());
        assertThat(AcceptanceLimits.breaches(List.of(Tally.of(sane))))
                .as("without the mutant, where it does: %s", found)
                .isEmpty();
    }

    @SuppressWarnings("unchecked") // of strings: they are of no class that was loaded anew
    static List<String> hunt(Mutant mutant, int most) throws Exception {
        return (List<String>)
                new MutantLoader(mutant)
                        .loadClass(MutantHunt.class.getName())
                        .getMethod(
                                "hunt",
                                String.class,
                                String.class,
                                String.class,
                                long.class,
                                int.class,
                                int.class)
                        .invoke(
                                null,
                                mutant.profile().name(),
                                mutant.strategy().name(),
                                mutant.variation().name(),
                                mutant.seed(),
                                most,
                                Runtime.getRuntime().availableProcessors());
    }
}
