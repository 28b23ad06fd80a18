package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.simulation.scenario.Forging;
import io.github.dbtc4j.simulation.strategy.Strategy;
import io.github.dbtc4j.simulation.world.Profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One line of the protocol, changed for the worse.
///
/// @param rule which it breaks, in a few words
/// @param file the module and the name of the source
/// @param line what is changed, found exactly once in the source
/// @param instead what it is changed to
/// @param profile of scenarios in which that matters
/// @param strategy with which that matters
/// @param forging whether somebody has to forge claims for that
/// @param seed of a scenario in which that was seen
record Mutant(
        String rule,
        String file,
        String line,
        String instead,
        Profile profile,
        Strategy strategy,
        Forging forging,
        long seed) {

    /// One that matters where every claim is what it seems.
    Mutant(
            String rule,
            String file,
            String line,
            String instead,
            Profile profile,
            Strategy strategy,
            long seed) {
        this(rule, file, line, instead, profile, strategy, Forging.NONE, seed);
    }

    String module() {
        return file.substring(0, file.indexOf('/'));
    }

    String className() {
        return "io.github.dbtc4j." + file.replace('/', '.');
    }

    /// The changed source.
    ///
    /// @throws IllegalStateException when the line is not there, or more than once: then the mutant
    ///   has to be written anew
    String source() throws IOException {
        Path path = Path.of("..", module(), "src/main/java/io/github/dbtc4j", file + ".java");
        String source = Files.readString(path);
        int found = source.indexOf(line);
        if (found < 0 || source.indexOf(line, found + 1) >= 0) {
            throw new IllegalStateException(
                    "“%s” is not found exactly once in %s".formatted(line, path));
        }
        return source.replace(line, instead);
    }

    @Override
    public String toString() {
        return rule;
    }
}
