package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.simulation.scenario.Variation;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import java.io.IOException;
import java.util.List;

/// One piece of the protocol's code, changed for the worse.
///
/// @param rule which it breaks, in a few words
/// @param place where it is, such as `Planner.plan`: a type, and a method or field
/// @param code what is changed, as [MutantSeam] finds it there
/// @param instead what it is changed to
/// @param profile of scenarios in which that matters
/// @param strategy with which that matters
/// @param variation of scenarios in which that matters
/// @param seed of a scenario in which that was seen
record Mutant(
        String rule,
        String place,
        String code,
        String instead,
        Profile profile,
        Strategy strategy,
        Variation variation,
        long seed) {

    /// One that matters where every claim is what it seems.
    Mutant(
            String rule,
            String place,
            String code,
            String instead,
            Profile profile,
            Strategy strategy,
            long seed) {
        this(rule, place, code, instead, profile, strategy, Variation.NONE, seed);
    }

    /// A type, and its source with the change.
    record Changed(String module, String className, String text) {}

    /// Changes the source.
    ///
    /// @throws IllegalStateException when the code is not there, or more than once: then the mutant
    ///   has to be written anew
    Changed change() throws IOException {
        try {
            MutantSource source = MutantSource.of(place);
            List<MutantSeam> seams = MutantSeam.find(source.text(), source.ranges(), code);
            if (seams.size() != 1) {
                throw new IllegalStateException(
                        "`%s` is there %d times".formatted(code.strip(), seams.size()));
            }
            return new Changed(
                    source.module(),
                    source.className(),
                    seams.getFirst().replaced(source.text(), instead));
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "The mutant “%s” applies no longer: in %s, %s. Write it anew in its list, or drop it with the rule."
                            .formatted(rule, place, e.getMessage()),
                    e);
        }
    }

    @Override
    public String toString() {
        return rule;
    }
}
