package io.github.dbtc4j.client.access;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// The secret that opens the platform. It leaves this class as the `Authorization` header and
/// nowhere else.
public final class Token {

    /// Where a token is looked for, in this order. A service token and a personal one do the same
    /// here; one is enough.
    public static final List<String> VARIABLES =
            List.of(
                    "DBT_CLOUD_SERVICE_TOKEN",
                    "DBT_CLOUD_API_KEY",
                    "DBT_CLOUD_API_TOKEN",
                    "DBT_CLOUD_TOKEN");

    private static final String REDACTED = "[token]";

    private final String value;

    /// Made when it is first needed, which mostly is never: that would delay the start.
    private volatile @Nullable Redaction redaction;

    private Token(String value) {
        this.value = value;
    }

    /// Takes `text` without the white space around it, which a secret read from a file often has.
    ///
    /// @throws IllegalArgumentException when it is empty or could not stand in a header
    public static Token of(String text) {
        String value = text.strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the token is empty");
        }
        Unfilled.problem(value)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException("the token " + problem);
                });
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the token contains white space or characters outside ASCII; copy it again");
        }
        return new Token(value);
    }

    /// The first of [#VARIABLES] that is set to more than white space.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Token from(Map<String, String> environment) {
        for (String name : VARIABLES) {
            String text = environment.get(name);
            if (text != null && !text.isBlank()) {
                return of(text);
            }
        }
        throw new IllegalArgumentException(
                "there is no token for the dbt platform: set one of "
                        + String.join(", ", VARIABLES)
                        + " to a service token or a personal access token");
    }

    /// The value of the `Authorization` header. The platform takes `Token` and `Bearer` alike for
    /// both kinds of token; `Bearer` is the scheme its specification declares (OpenAPI v2, security
    /// schemes).
    public String authorization() {
        return "Bearer " + value;
    }

    /// Told by the prefix.
    public TokenKind kind() {
        if (value.startsWith("dbtc_")) {
            return TokenKind.SERVICE;
        }
        return value.startsWith("dbtu_") ? TokenKind.PERSONAL : TokenKind.UNKNOWN;
    }

    /// `text` with the token blacked out, and so is what gives away a part of it.
    public String redact(String text) {
        return redaction().of(text);
    }

    private Redaction redaction() {
        Redaction made = redaction;
        if (made == null) {
            made = Redaction.of(List.of(value));
            redaction = made;
        }
        return made;
    }

    /// `thrown`, or null when it or one of its causes gives the token away.
    public @Nullable Throwable harmless(@Nullable Throwable thrown) {
        int depth = 0;
        for (Throwable each = thrown; each != null && depth < 20; each = each.getCause()) {
            if (redaction().finds(each.toString())) {
                return null;
            }
            depth++;
        }
        return thrown;
    }

    @Override
    public String toString() {
        return REDACTED;
    }
}
