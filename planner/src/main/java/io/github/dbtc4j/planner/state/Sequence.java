package io.github.dbtc4j.planner.state;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// Where a pipeline stands in the order of its CI system: what tells a newer commit's pipeline from
/// an older one that was held up. A run without one is ordered by the time the platform received
/// it.
///
/// @param scope what the numbers count within, eight hexadecimal digits, or `-` where none was
///   given; numbers of different scopes are not comparable
/// @param number from 0 to [#GREATEST]
/// @param attempt of the same pipeline, from 0 to [#GREATEST]; 0 when not given
public record Sequence(String scope, long number, long attempt) {

    /// The scope of a sequence without a given one.
    public static final String NO_SCOPE = "-";

    /// The greatest number that is plausible, of sixteen digits. CI systems count pipelines and
    /// attempts, or number jobs of all their users (GitLab, eleven digits); those who count by the
    /// clock come to sixteen digits with microseconds since 1970. A greater one is an attempt to
    /// outbid all others.
    public static final long GREATEST = 9_999_999_999_999_999L;

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,16})(?:\\.(\\d{1,16}))?");
    private static final Pattern SCOPE = Pattern.compile("[0-9a-f]{8}");

    public Sequence {
        if (!(scope.equals(NO_SCOPE) || SCOPE.matcher(scope).matches())
                || !isPlausible(number)
                || !isPlausible(attempt)) {
            throw new IllegalArgumentException(
                    "not a sequence: %s %d.%d".formatted(scope, number, attempt));
        }
    }

    /// Reads `7` or `7.2`: the pipeline's number and, behind a dot, its attempt.
    ///
    /// @return empty when `text` is neither
    public static Optional<Sequence> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String attempt = matcher.group(2);
        return Optional.of(
                new Sequence(
                        NO_SCOPE,
                        Long.parseLong(matcher.group(1)),
                        attempt == null ? 0 : Long.parseLong(attempt)));
    }

    /// Returns a copy that counts within `name`, such as a provider, repository and workflow.
    public Sequence within(String name) {
        var checksum = new CRC32C();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        return new Sequence("%08x".formatted(checksum.getValue()), number, attempt);
    }

    private static boolean isPlausible(long count) {
        return count >= 0 && count <= GREATEST;
    }

    public boolean isComparableTo(Sequence other) {
        return scope.equals(other.scope);
    }

    /// Before, equal or after `other` of the same scope.
    public int compare(Sequence other) {
        int byNumber = Long.compare(number, other.number);
        return byNumber != 0 ? byNumber : Long.compare(attempt, other.attempt);
    }

    @Override
    public String toString() {
        return number + "." + attempt;
    }
}
