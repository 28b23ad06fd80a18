package io.github.dbtc4j.autoscaler.payload;

import io.github.dbtc4j.client.access.Unfilled;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.planner.state.Provider;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// The fields a payload may have, and what each may hold.
public enum PayloadField {
    CAUSE("cause", Kind.TEXT),
    GIT_SHA("git_sha", Kind.WORD),
    GIT_BRANCH("git_branch", Kind.WORD),
    SCHEMA_OVERRIDE("schema_override", Kind.SCHEMA),
    GITHUB("github_pull_request_id", Provider.GITHUB),
    GITLAB("gitlab_merge_request_id", Provider.GITLAB),
    AZURE("azure_pull_request_id", Provider.AZURE),
    NON_NATIVE("non_native_pull_request_id", Provider.NON_NATIVE),
    DBT_VERSION("dbt_version_override", Kind.TEXT),
    TARGET_NAME("target_name_override", Kind.TEXT),
    THREADS("threads_override", Kind.COUNT),
    TIMEOUT("timeout_seconds_override", Kind.COUNT),
    GENERATE_DOCS("generate_docs_override", Kind.FLAG),
    STEPS("steps_override", Kind.STEPS);

    private enum Kind {
        TEXT,
        WORD,
        SCHEMA,
        COUNT,
        FLAG,
        STEPS,
        PULL_REQUEST
    }

    private static final String AZURE_IN_THE_DOCUMENTATION = "azure_devops_pull_request_id";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern SCHEMA_NAME = Pattern.compile("[A-Za-z0-9_$.-]{1,255}");
    private static final int SHOWN = 60;

    private final String wireName;
    private final Kind kind;
    private final @Nullable Provider provider;

    PayloadField(String wireName, Kind kind) {
        this.wireName = wireName;
        this.kind = kind;
        this.provider = null;
    }

    PayloadField(String wireName, Provider provider) {
        this.wireName = wireName;
        this.kind = Kind.PULL_REQUEST;
        this.provider = provider;
    }

    public String wireName() {
        return wireName;
    }

    @Nullable Provider provider() {
        return provider;
    }

    static PayloadField named(String name) {
        if (name.equals(AZURE_IN_THE_DOCUMENTATION)) {
            return AZURE;
        }
        for (PayloadField field : values()) {
            if (field.wireName.equals(name)) {
                return field;
            }
        }
        throw new InvalidPayloadException(
                clean(name),
                "is not a field of the trigger endpoint; did you mean " + nearest(name) + "?");
    }

    /// The value as it is sent.
    @Nullable Object check(String name, @Nullable Object value) {
        return switch (kind) {
            case TEXT -> text(name, value);
            case WORD -> word(name, value);
            case SCHEMA -> schema(name, value);
            case COUNT -> count(name, value);
            case FLAG -> flag(name, value);
            case STEPS -> steps(name, value);
            case PULL_REQUEST -> pullRequest(name, value);
        };
    }

    private @Nullable Object text(String name, @Nullable Object value) {
        if (value == null && this != CAUSE) {
            return null;
        }
        refuseUnfilled(name, value);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong(name, value, "some text");
    }

    private @Nullable Object word(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        refuseUnfilled(name, value);
        if (value instanceof String text
                && !text.isEmpty()
                && text.codePoints().noneMatch(c -> Character.isWhitespace(c) || c < ' ')) {
            return text;
        }
        throw wrong(name, value, "text without white space");
    }

    private @Nullable Object schema(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        refuseUnfilled(name, value);
        if (value instanceof String text && SCHEMA_NAME.matcher(text).matches()) {
            return text;
        }
        throw wrong(
                name,
                value,
                "a schema name of letters, digits and _ $ . - such as dbt_cloud_pr_1_50");
    }

    private @Nullable Object count(String name, @Nullable Object value) {
        Object whole = value instanceof Integer number ? Long.valueOf(number) : value;
        if (whole == null) {
            return null;
        }
        if (whole instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number;
        }
        throw wrong(name, value, "a whole number, not in quotes");
    }

    private @Nullable Object flag(String name, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        throw wrong(name, value, "true or false, not in quotes");
    }

    private @Nullable Object steps(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            var steps = new ArrayList<String>();
            for (Object step : list) {
                if (!(step instanceof String text) || text.isBlank()) {
                    throw wrong(name, step, "only dbt commands in the list, each as text");
                }
                steps.add(text);
            }
            return List.copyOf(steps);
        }
        throw wrong(name, value, "a list of dbt commands such as [\"dbt build\"]");
    }

    /// Null means none: pipelines of the original send it outside a pull request.
    private @Nullable Object pullRequest(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        refuseUnfilled(name, value);
        String digits =
                switch (value) {
                    case String text -> text;
                    case Long number -> Long.toString(number);
                    case Integer number -> Integer.toString(number);
                    default -> "";
                };
        if (NUMBER.matcher(digits).matches()) {
            return Long.valueOf(digits);
        }
        throw wrong(
                name,
                value,
                "the number of a pull request, a positive whole number (outside a pull request,"
                        + " null or no field at all)");
    }

    private static void refuseUnfilled(String name, @Nullable Object value) {
        if (value instanceof String text) {
            Unfilled.problem(text)
                    .ifPresent(problem -> {
                        throw new InvalidPayloadException(name, problem);
                    });
        }
    }

    private static InvalidPayloadException wrong(
            String name, @Nullable Object value, String expected) {
        return new InvalidPayloadException(name, "is " + show(value) + "; expected " + expected);
    }

    /// `value` as a message shows it: JSON, short, on one line.
    static String show(@Nullable Object value) {
        String shown =
                switch (value) {
                    case null -> "null";
                    case String text when text.isEmpty() -> "empty";
                    case String text -> Json.write(text);
                    case Boolean ignored -> value.toString();
                    case Long ignored -> value.toString();
                    case Integer ignored -> value.toString();
                    case BigDecimal ignored -> value.toString();
                    case BigInteger ignored -> value.toString();
                    case List<?> list when list.isEmpty() -> "an empty list";
                    case List<?> ignored -> "a list";
                    case java.util.Map<?, ?> ignored -> "an object";
                    default -> "a " + value.getClass().getSimpleName();
                };
        return clean(shown);
    }

    private static String clean(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
    }

    /// The field that shares the most words with `name`; of several the one with the fewest
    /// differing letters.
    private static String nearest(String name) {
        return Arrays.stream(values())
                .map(PayloadField::wireName)
                .min(
                        Comparator.comparingLong((String known) -> -sharedWords(name, known))
                                .thenComparingInt(known -> distance(name, known)))
                .orElseThrow();
    }

    private static long sharedWords(String a, String b) {
        List<String> words = Arrays.asList(b.split("_", -1));
        return Arrays.stream(a.split("_", 20)).distinct().filter(words::contains).count();
    }

    /// Levenshtein's distance, by rows.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= Math.min(a.length(), 100); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
