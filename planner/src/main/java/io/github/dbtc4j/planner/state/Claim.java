package io.github.dbtc4j.planner.state;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an invocation writes into a run's `cause`, behind the user's own text, so that every
/// invocation recognises its own run and the runs of its pull request, on any lane.
///
/// Anybody who may trigger a job can write one: it is read strictly, and [believed][Belief] only as
/// far as what the platform itself shows agrees with it.
///
/// @param base the base job the run was meant for
/// @param pullRequest null when the payload named none
/// @param sequence null when the pipeline gave none
/// @param sha the first twelve characters of the commit, or null
/// @param nonce sixteen hexadecimal digits, drawn anew for every run an invocation means to have
public record Claim(
        JobId base,
        @Nullable PullRequest pullRequest,
        @Nullable Sequence sequence,
        @Nullable String sha,
        String nonce) {

    /// The longest `cause` that is sent. Airflow's provider cuts there; the platform's own limit is
    /// not documented.
    public static final int MAX_CAUSE = 255;

    private static final String BEGINNING = "dbtc4j/1 b=";

    private static final Pattern SHAPE =
            Pattern.compile(
                    BEGINNING
                            + "(\\d{1,18}) r=(-|[0-9a-f]{8}) p=(-|[a-z]+:\\d{1,18})"
                            + " k=(?:-|(\\d{1,16})\\.(\\d{1,16})) s=(-|[^ ]{1,12})"
                            + " n=([0-9a-f]{16})");

    /// `cause` with this claim behind it, `cause` cut where the whole would be too long.
    public String appendTo(String cause) {
        String claim =
                "dbtc4j/1 b=%s r=%s p=%s k=%s s=%s n=%s"
                        .formatted(
                                base,
                                sequence == null ? Sequence.NO_SCOPE : sequence.scope(),
                                pullRequest == null ? "-" : pullRequest.label(),
                                sequence == null ? "-" : sequence,
                                sha == null ? "-" : sha,
                                nonce);
        int room = MAX_CAUSE - claim.length() - 1;
        String head = cause.codePointCount(0, cause.length()) <= room ? cause : cut(cause, room);
        return head + " " + claim;
    }

    private static String cut(String text, int codePoints) {
        return text.substring(0, text.offsetByCodePoints(0, codePoints)).stripTrailing();
    }

    /// The claim at the end of `cause`, if there is one and nothing is wrong with it.
    public static Optional<Claim> parse(@Nullable String cause) {
        if (cause == null || cause.length() > 2 * MAX_CAUSE) {
            return Optional.empty();
        }
        int start = cause.lastIndexOf(BEGINNING);
        if (start < 0 || (start > 0 && cause.charAt(start - 1) != ' ')) {
            return Optional.empty();
        }
        Matcher matcher = SHAPE.matcher(cause).region(start, cause.length());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        PullRequest pullRequest = PullRequest.labelled(matcher.group(3)).orElse(null);
        if (pullRequest == null && !matcher.group(3).equals("-")) {
            return Optional.empty();
        }
        String sha = matcher.group(6);
        return Optional.of(
                new Claim(
                        new JobId(Long.parseLong(matcher.group(1))),
                        pullRequest,
                        sequence(matcher.group(2), matcher.group(4), matcher.group(5)),
                        sha.equals("-") ? null : sha,
                        matcher.group(7)));
    }

    private static @Nullable Sequence sequence(
            String scope, @Nullable String number, @Nullable String attempt) {
        return number == null || attempt == null
                ? null
                : new Sequence(scope, Long.parseLong(number), Long.parseLong(attempt));
    }
}
