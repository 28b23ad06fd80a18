package io.github.dbtc4j.cli.terminal;

/// What a text is to its reader, which a terminal shows by a colour.
public enum Tone {
    PLAIN(""),
    GOOD("32"),
    BAD("31"),
    DIM("2");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    String paint(String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001B[" + code + "m" + text + "\u001B[0m";
    }
}
