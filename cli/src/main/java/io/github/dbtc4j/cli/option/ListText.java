package io.github.dbtc4j.cli.option;

/// Items of a list that is written with commas, or as JSON as scripts of the original do:
/// `["trigger", "job"]`.
final class ListText {

    private ListText() {}

    /// One item, after the text was split at its commas, without the marks of a JSON list.
    static String item(String text) {
        return text.replaceAll("^[\\s\\[]*[\"']?|[\"']?[\\s\\]]*$", "");
    }
}
