package io.github.dbtc4j.cli.help;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Which of the words there are a mistyped one may have meant.
public final class Suggestion {

    private static final int FURTHEST = 2;
    private static final int SHORTEST_BEGINNING = 2;

    private Suggestion() {}

    /// The nearest of `words`: one that begins with `typed`, or takes at most two letters' change.
    public static Optional<String> of(String typed, Collection<String> words) {
        return words.stream()
                .filter(word -> isNear(typed, word))
                .min(
                        Comparator.comparing((String word) -> !word.startsWith(typed))
                                .thenComparingInt(word -> distance(typed, word))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String typed, String word) {
        boolean begins = typed.length() >= SHORTEST_BEGINNING && word.startsWith(typed);
        // two of three letters changed is another word
        int furthest = Math.min(FURTHEST, (Math.min(typed.length(), word.length()) - 1) / 2);
        return begins || distance(typed, word) <= furthest;
    }

    /// How many letters are to be added, dropped, changed or swapped with the next
    /// (en.wikipedia.org/wiki/Damerau–Levenshtein_distance, optimal string alignment).
    static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                int best = steps[i - 1][j - 1] + (same ? 0 : 1);
                best = Math.min(best, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                boolean swapped =
                        i > 1
                                && j > 1
                                && one.charAt(i - 1) == other.charAt(j - 2)
                                && one.charAt(i - 2) == other.charAt(j - 1);
                steps[i][j] = swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
            }
        }
        return steps[one.length()][other.length()];
    }
}
