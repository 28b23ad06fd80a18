package io.github.dbtc4j.simulation;

import static io.github.dbtc4j.simulation.Profile.CI;
import static io.github.dbtc4j.simulation.Profile.RACES;
import static io.github.dbtc4j.simulation.Strategy.BASE_FIRST;
import static io.github.dbtc4j.simulation.Strategy.DEDICATED;

import static org.assertj.core.api.Assertions.assertThat;

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
                        "planner/Kin",
                        "return runs(Relation.NEWER).max(this::compare);",
                        "return"
                            + " runs(Relation.NEWER).filter(ObservedRun::isActive).max(this::compare);",
                        RACES,
                        BASE_FIRST),
                new Mutant(
                        "nobody waits for the end of a cancelled run on another lane",
                        "planner/Planner",
                        "awaitEnd(stale.stream().filter(run -> mayMeet(run,"
                                + " lane.get())).toList());",
                        "",
                        RACES,
                        DEDICATED),
                new Mutant(
                        "the time of the run decides which commit is newer",
                        "planner/Kin",
                        "return order > 0 ? Relation.NEWER : Relation.OLDER;",
                        "return own != null && run.isNewerThan(own) ? Relation.NEWER :"
                                + " Relation.OLDER;",
                        RACES,
                        BASE_FIRST),
                new Mutant(
                        "newer runs count as older ones",
                        "planner/Kin",
                        "return order > 0 ? Relation.NEWER : Relation.OLDER;",
                        "return Relation.OLDER;",
                        RACES,
                        BASE_FIRST),
                new Mutant(
                        "a clone is used at once",
                        "planner/Planner",
                        "if (isYoung) {",
                        "if (false) {",
                        RACES,
                        DEDICATED),
                new Mutant(
                        "a success is not validated",
                        "planner/Planner",
                        "Optional<ObservedRun> by = kin.disturbing(own);",
                        "Optional<ObservedRun> by = Optional.empty();",
                        RACES,
                        BASE_FIRST),
                new Mutant(
                        "an old look is good enough",
                        "autoscaler/Invocation",
                        "return seenAt.plus(FRESH).isBefore(now());",
                        "return false;",
                        CI,
                        BASE_FIRST));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isKilled(Mutant mutant) throws Exception {
        List<String> found = hunt(mutant, MOST);

        assertThat(found).as("%s, in %d scenarios", mutant, MOST).isNotEmpty();
        History sane =
                Explorer.play(
                        mutant.profile(), mutant.strategy(), Long.parseLong(found.getFirst()));
        assertThat(Gate.breaches(List.of(Tally.of(sane))))
                .as("without the mutant, where it does: %s", found)
                .isEmpty();
    }

    @SuppressWarnings("unchecked") // of strings: they are of no class that was loaded anew
    static List<String> hunt(Mutant mutant, int most) throws Exception {
        return (List<String>)
                new MutantLoader(mutant)
                        .loadClass(MutantHunt.class.getName())
                        .getMethod("hunt", String.class, String.class, int.class, int.class)
                        .invoke(
                                null,
                                mutant.profile().name(),
                                mutant.strategy().name(),
                                most,
                                Runtime.getRuntime().availableProcessors());
    }
}
