package io.github.dbtc4j.cli.recipe;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What conditions in GitHub Actions, GitLab CI and Azure Pipelines have in common: names, texts,
/// `==`, `!`, `&&`, `||`, brackets and functions. As in GitHub Actions, `&&` and `||` give one of
/// their sides.
final class RecipeExpression {

    /// Where names and functions get their values from.
    interface Context {

        /// The value of a name such as `inputs.job-id`, `variables.Build.Reason` or `$CI_JOB_ID`.
        @Nullable Object value(String name);

        Object call(String function, List<@Nullable Object> arguments);
    }

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(==|!|&&|\\|\\||[(),]|'[^']*'|\"[^\"]*\"|[$\\w][\\w.-]*(\\['[^']*'])?)");

    private static final Pattern EMBEDDED = Pattern.compile("\\$\\{\\{(.*?)}}");

    private final List<String> tokens = new ArrayList<>();
    private final Context context;
    private int next;

    private RecipeExpression(String text, Context context) {
        this.context = context;
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end != text.strip().length()) {
            throw new AssertionError("no expression: " + text);
        }
    }

    static @Nullable Object evaluate(String text, Context context) {
        var expression = new RecipeExpression(text, context);
        Object value = expression.or();
        if (expression.next != expression.tokens.size()) {
            throw new AssertionError("no expression: " + text);
        }
        return value;
    }

    static boolean isTrue(String text, Context context) {
        return isTrue(evaluate(text, context));
    }

    /// Replaces every `${{ expression }}`.
    static String expand(String text, Context context) {
        return replace(
                EMBEDDED,
                text,
                inner -> {
                    Object value = evaluate(inner, context);
                    return value == null ? "" : value.toString();
                });
    }

    /// Replaces each match by what its first group stands for.
    static String replace(Pattern pattern, String text, UnaryOperator<String> by) {
        return pattern.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(by.apply(match.group(1))));
    }

    private @Nullable Object or() {
        Object value = and();
        while (takes("||")) {
            Object other = and();
            value = isTrue(value) ? value : other;
        }
        return value;
    }

    private @Nullable Object and() {
        Object value = equal();
        while (takes("&&")) {
            Object other = equal();
            value = isTrue(value) ? other : value;
        }
        return value;
    }

    private @Nullable Object equal() {
        Object value = operand();
        return takes("==") ? (Object) text(value).equals(text(operand())) : value;
    }

    private @Nullable Object operand() {
        if (takes("!")) {
            return !isTrue(operand());
        }
        if (takes("(")) {
            Object value = or();
            expect(")");
            return value;
        }
        String token = tokens.get(next++);
        if (token.startsWith("'") || token.startsWith("\"")) {
            return token.substring(1, token.length() - 1);
        }
        if (takes("(")) {
            var arguments = new ArrayList<@Nullable Object>();
            while (!takes(")")) {
                arguments.add(or());
                takes(",");
            }
            return context.call(token, arguments);
        }
        return context.value(token.replace("['", ".").replace("']", ""));
    }

    private boolean takes(String token) {
        boolean is = next < tokens.size() && tokens.get(next).equals(token);
        next += is ? 1 : 0;
        return is;
    }

    private void expect(String token) {
        if (!takes(token)) {
            throw new AssertionError("no " + token + " at " + next + " of " + tokens);
        }
    }

    static boolean isTrue(@Nullable Object value) {
        return value != null && !value.equals("") && !value.equals(false);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
