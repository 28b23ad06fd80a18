package io.github.dbtc4j.cli.lab;

/// Colours for a terminal, or none.
///
/// @param coloured whether to use them
record DemoInk(boolean coloured) {

    private static final String[] COMMITS = {"37", "36", "35", "33"};

    /// The colour of a pull request's first, second, third commit; 0 for what has none.
    String commit(int number, String text) {
        return paint(COMMITS[number == 0 ? 0 : 1 + (number - 1) % (COMMITS.length - 1)], text);
    }

    String good(String text) {
        return paint("32;1", text);
    }

    String bad(String text) {
        return paint("31;1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return coloured ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
