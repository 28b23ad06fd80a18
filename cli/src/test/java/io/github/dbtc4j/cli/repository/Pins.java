package io.github.dbtc4j.cli.repository;

import java.util.List;
import java.util.regex.Pattern;

/// What a file takes from elsewhere without saying exactly which: an action by a tag that may move,
/// an image by a name, `dbtc` by a branch, packages without a lock file.
final class Pins {

    private static final String COMMIT = "[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+";
    private static final String DIGEST = "@sha256:[0-9a-f]{64}";

    /// @param concern finds what is taken; its group is what must be exact
    /// @param exact what the group must be
    /// @param advice what to write
    private record Rule(Pattern concern, Pattern exact, String advice) {

        private Rule(String concern, String exact, String advice) {
            this(Pattern.compile(concern, Pattern.MULTILINE), Pattern.compile(exact), advice);
        }
    }

    private final List<Rule> rules;

    /// @param version the tag of `dbtc` that recipes name
    Pins(String version) {
        String tag = Pattern.quote(version);
        rules =
                List.of(
                        new Rule(
                                "^\\s*(?:- )?uses: *(.+)$",
                                "[\\w.-]+/[\\w./-]+@" + COMMIT + "|YOUR-ORG/dbtc4j@" + tag,
                                "name the action's commit, with its version behind it: @… #"
                                        + " v1.2.3"),
                        new Rule(
                                "^FROM (?:--\\S+ )*(\\S+)", // of another stage, too: none is built
                                // upon here
                                "\\S+" + DIGEST,
                                "name the image's digest: @sha256:…"),
                        new Rule(
                                "\\b((?:maven|python|debian|ubuntu|alpine|eclipse-temurin|openjdk)"
                                        + ":[a-z0-9][^\\s'`\",;)]*)",
                                "\\S+" + DIGEST,
                                "name the image's digest: @sha256:…"),
                        new Rule("YOUR-ORG/dbtc4j@(\\S+)", tag, "name the version " + version),
                        new Rule(
                                "raw\\.githubusercontent\\.com/YOUR-ORG/dbtc4j/([^/]+)/",
                                tag,
                                "name the version " + version),
                        new Rule(
                                "git clone (.*)$",
                                ".*(?:--branch|-b) %s(?: .*)?".formatted(tag),
                                "clone the version " + version),
                        new Rule(
                                "YOUR-ORG/dbtc4j/releases/download/([^\\s'\"`}]*)",
                                tag
                                        + "/dbtc4j-"
                                        + Pattern.quote(version.substring(1))
                                        + "-py3-none-manylinux_2_17_x86_64\\.whl",
                                "name the version " + version),
                        new Rule(
                                "\\bpip install ((?!target/dist).*)$",
                                ".*(?:dbtc==\\S+|\\$\\$?\\{?DBTC_PACKAGE\\b).*",
                                "install a version of it"),
                        new Rule(
                                "name: YOUR-ORG/dbtc4j\\n *(.*)$",
                                "ref: refs/tags/" + tag,
                                "name the version " + version),
                        new Rule(
                                "\\b(npm[\\s\"',]+(?:install|i|add|update)\\b)",
                                "",
                                "install what the lock file names: npm ci"));
    }

    /// What is not exact in a text, one finding each.
    List<String> loose(String text) {
        return rules.stream()
                .flatMap(rule ->
                        rule.concern()
                                .matcher(text)
                                .results()
                                .map(found -> found.group(1))
                                .filter(each -> !rule.exact().matcher(each).matches())
                                .map(each -> each + ": " + rule.advice()))
                .toList();
    }
}
