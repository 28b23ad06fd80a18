package io.github.dbtc4j.cli.narration;

/// A number of things: `1 run`, `2 runs`.
public final class Plural {

    private Plural() {}

    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
