package io.github.dbtc4j.cli.init;

import io.github.dbtc4j.client.access.Host;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a recipe is filled in with, in place of the example's values.
///
/// Each is letters, digits, dots and hyphens, in an order in which no file format takes it for
/// anything but text or a number.
///
/// @param owner of the copy of this software on GitHub; null when it is yet to be filled in
record RecipeValues(Host host, long account, long job, @Nullable String owner) {

    /// What stands where the owner is yet to be filled in.
    static final String OWNER = "YOUR-ORG";

    private static final String HOST = "ab123.us1.dbt.com";
    private static final String ACCOUNT = "43786";
    private static final String JOB = "73797";
    private static final Pattern EXAMPLES =
            Pattern.compile(
                    "\\b(?:%s|%s|%s|%s)\\b".formatted(Pattern.quote(HOST), ACCOUNT, JOB, OWNER));

    /// Not `1.e5`, a number in YAML, nor `true`.
    private static final Pattern NAME = Pattern.compile(".+\\.[a-z][a-z0-9-]*[a-z]");

    private static final Pattern OWNER_NAME = Pattern.compile("[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}");

    /// Checks the parts that could be more than text.
    ///
    /// @throws IllegalArgumentException when one of them could
    RecipeValues {
        if (!host.isLoopback() && !NAME.matcher(host.name()).matches()) {
            throw new IllegalArgumentException(
                    "the host cannot be used: expected one such as ab123.us1.dbt.com");
        }
        if (owner != null && !OWNER_NAME.matcher(owner).matches()) {
            throw new IllegalArgumentException(
                    "the owner cannot be used: expected the name of a person or an organization on"
                            + " GitHub");
        }
    }

    /// The recipe with these values in it.
    String fill(String recipe) {
        return EXAMPLES.matcher(recipe)
                .replaceAll(example -> Matcher.quoteReplacement(value(example.group())));
    }

    /// The command that prints the recipe with these values.
    String command(Recipe recipe) {
        return "dbtc init --ci=%s --host=%s --account-id=%d --job-id=%d%s --print"
                .formatted(
                        recipe.label(),
                        hostText(),
                        account,
                        job,
                        owner == null ? "" : " --owner=" + owner);
    }

    private String value(String example) {
        return switch (example) {
            case HOST -> hostText();
            case ACCOUNT -> Long.toString(account);
            case JOB -> Long.toString(job);
            default -> owner == null ? OWNER : owner;
        };
    }

    String hostText() {
        boolean usual = host.scheme().equals("https") && host.port() == -1 && !host.isLoopback();
        return usual ? host.name() : host.toString();
    }
}
