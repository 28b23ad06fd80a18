package io.github.dbtc4j.githost;

import java.util.regex.Pattern;

/// By what a comment is recognised that an earlier invocation made: its first line, which readers
/// do not see.
///
/// @param name lower-case letters, digits and `:._/-`, not two hyphens in a row; such as `ci/73797`
public record CommentMarker(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9:._/]|-(?!-)){0,99}");

    /// Checks the name.
    public CommentMarker {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a comment's marker consists of a-z, 0-9 and :._/- and has at most 100 of"
                            + " them");
        }
    }

    /// The first line, where a comment of HTML is invisible.
    String asHtml() {
        return "<!-- dbtc4j:" + name + " -->";
    }

    /// The first line, where HTML is shown as text: the definition of a link that no text refers to
    /// (github.com/The-PR-Agent/pr-agent, issue 3283, which measured it on Bitbucket Cloud).
    String asLinkDefinition() {
        return "[dbtc4j:" + name + "]: https://docs.getdbt.com";
    }
}
