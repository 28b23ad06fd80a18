package io.github.dbtc4j.cli;

/// A number of things: `1 run`, `2 runs`.
final class Plural {

    private Plural() {}

    static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
