package io.github.dbtc4j.planner.state;

import java.util.Optional;
import java.util.regex.Pattern;

/// A pull request (merge request) by its number, within the repository of one base job.
///
/// @param number positive; compared as a number, so that `50` and `"50"` are the same
public record PullRequest(Provider provider, long number) {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    public PullRequest {
        if (number <= 0) {
            throw new IllegalArgumentException(
                    "a pull request number is positive, this one is " + number);
        }
    }

    /// `github:50`, as claims and markers carry it.
    public String label() {
        return provider.label() + ":" + number;
    }

    /// Reads what [#label] writes; empty for anything else.
    public static Optional<PullRequest> labelled(String label) {
        int colon = label.indexOf(':');
        if (colon < 0 || !NUMBER.matcher(label.substring(colon + 1)).matches()) {
            return Optional.empty();
        }
        return Provider.labelled(label.substring(0, colon))
                .map(provider ->
                        new PullRequest(provider, Long.parseLong(label.substring(colon + 1))));
    }
}
