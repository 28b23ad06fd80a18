package io.github.dbtc4j.simulation.rule;

import io.github.dbtc4j.simulation.rule.MutantSource.Range;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import javax.lang.model.SourceVersion;

/// Some code within a source, token by token: formatting and comments do not matter. Where it is
/// not found as it is, the same code with other names in place of its own is taken for it.
///
/// @param start where it begins in the text
/// @param end where it ends
/// @param names what its names are called there, by what they are called in the code looked for
record MutantSeam(int start, int end, Map<String, String> names) {

    /// Code of a single name is too little to be known by its shape.
    private static final int TELLING = 2;

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?s)(?<skip>\\s+|//[^\\n]*|/\\*.*?\\*/)"
                            + "|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'"
                            + "|(?<word>\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)"
                            + "|\\d[\\w.]*|.");

    private record Token(String text, boolean isName, int start, int end) {}

    /// Where `code` is in these ranges of `text`.
    static List<MutantSeam> find(String text, List<Range> ranges, String code) {
        List<Token> wanted = tokens(code, 0, code.length());
        var exact = new ArrayList<MutantSeam>();
        var alike = new ArrayList<MutantSeam>();
        for (Range range : ranges) {
            List<Token> there = tokens(text, range.start(), range.end());
            for (int i = 0; i + wanted.size() <= there.size(); i++) {
                MutantSeam seam = seam(wanted, there.subList(i, i + wanted.size()));
                if (seam != null) {
                    alike.add(seam);
                    if (seam.names.entrySet().stream()
                            .allMatch(name -> name.getKey().equals(name.getValue()))) {
                        exact.add(seam);
                    }
                }
            }
        }
        boolean isTelling =
                wanted.stream().filter(Token::isName).map(Token::text).distinct().count()
                        >= TELLING;
        return exact.isEmpty() && isTelling ? alike : exact;
    }

    /// `text` with `instead` in this place, where names are what they are called there.
    String replaced(String text, String instead) {
        var renamed = new StringBuilder();
        for (Token token : all(instead, 0, instead.length())) {
            renamed.append(token.isName ? names.getOrDefault(token.text, token.text) : token.text);
        }
        return text.substring(0, start) + renamed + text.substring(end);
    }

    private static @Nullable MutantSeam seam(List<Token> wanted, List<Token> there) {
        var names = new HashMap<String, String>();
        for (int i = 0; i < wanted.size(); i++) {
            Token one = wanted.get(i);
            Token other = there.get(i);
            if (one.isName != other.isName || (!one.isName && !one.text.equals(other.text))) {
                return null;
            }
            if (one.isName
                    && !names.computeIfAbsent(one.text, _ -> other.text).equals(other.text)) {
                return null;
            }
        }
        boolean isOneToOne = names.values().stream().distinct().count() == names.size();
        return isOneToOne
                ? new MutantSeam(there.getFirst().start, there.getLast().end, names)
                : null;
    }

    private static List<Token> tokens(String text, int start, int end) {
        return all(text, start, end).stream().filter(token -> !token.text.isBlank()).toList();
    }

    /// Comments are as blank as blanks.
    private static List<Token> all(String text, int start, int end) {
        return TOKEN.matcher(text)
                .region(start, end)
                .results()
                .map(match -> {
                    String word = match.group("word");
                    boolean isName = word != null && !SourceVersion.isKeyword(word);
                    String shown = match.group("skip") == null ? match.group() : " ";
                    return new Token(shown, isName, match.start(), match.end());
                })
                .toList();
    }
}
