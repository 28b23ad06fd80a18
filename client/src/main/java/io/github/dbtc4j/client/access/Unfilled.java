package io.github.dbtc4j.client.access;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a variable in place of its value: what a script or CI system leaves where there is
/// no such variable, or where it fills in none.
public final class Unfilled {

    private static final Pattern WHOLE =
            Pattern.compile(
                    "\\$?\\{\\{.*}}|\\$\\{[^}]*}|\\$\\([^)]*\\)|\\$\\[[^]]*]"
                            + "|\\$(?:env:)?[A-Za-z_]\\w*|%[A-Za-z_]\\w*%|@\\{[^}]*}"
                            + "|<\\+[^>]*>|<<.*>>");

    private Unfilled() {}

    /// Whether `value` is nothing but a variable's name as Bourne shells, PowerShell, Windows,
    /// GitHub Actions, Azure Pipelines, Jinja, CircleCI or Harness write it: `$X`, `${X}`, `$(X)`,
    /// `$[X]`, `$env:X`, `%X%`, `${{ X }}`, `{{ X }}`, `@{X}`, `<< X >>`, `<+X>`.
    public static boolean is(String value) {
        return WHOLE.matcher(value.strip()).matches();
    }

    /// What is wrong with `value`, and what to do, if it [is][#is] one.
    public static Optional<String> problem(String value) {
        return is(value)
                ? Optional.of(
                        ("is the text %s, a variable that was not filled in: set that variable, and"
                                        + " look how this place fills variables in")
                                .formatted(shown(value.strip())))
                : Optional.empty();
    }

    private static String shown(String value) {
        String plain = value.replaceAll("[^ -~]", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "...";
    }
}
