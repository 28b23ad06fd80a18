package io.github.dbtc4j.pipeline.detection;

/// Text of others as a message shows it: short, on one line, and nothing in it that a terminal or a
/// CI system takes for a command.
///
/// GitHub Actions obeys `::name::` and `##[name]` in a log, Azure Pipelines `##vso[...]`
/// (docs.github.com, "Workflow commands for GitHub Actions"; learn.microsoft.com, "Logging
/// commands").
final class Shown {

    private static final int LONGEST_SHOWN = 60;

    private Shown() {}

    static String of(String text) {
        String printable =
                text.replaceAll("[^ -~]", "?")
                        .replaceAll(":(?=:)", ": ")
                        .replaceAll("#(?=#)", "# ");
        return printable.length() <= LONGEST_SHOWN
                ? printable
                : printable.substring(0, LONGEST_SHOWN) + "...";
    }
}
