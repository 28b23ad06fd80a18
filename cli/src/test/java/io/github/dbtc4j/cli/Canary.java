package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.http.json.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A token as a hostile or careless server repeats it, and whether it can be found in what was
/// written. It knows nothing of how the program hides it.
final class Canary {

    private static final String TOKEN = CommandProcess.CANARY;

    private static final Pattern ESCAPE =
            Pattern.compile(
                    "\\\\+u00([0-9a-fA-F]{2})|\\\\+x([0-9a-fA-F]{2})|%(?:25)*([0-9a-fA-F]{2})"
                            + "|&(?:amp;)*#x([0-9a-fA-F]{1,4});|&(?:amp;)*#([0-9]{1,5});"
                            + "|%u00([0-9a-fA-F]{2})|\\\\+u\\{([0-9a-fA-F]{2})}"
                            + "|=([0-9a-fA-F]{2})|\\\\+([01][0-7]{2})");

    private Canary() {}

    /// The token in each encoding, separated by `|`.
    static String echoes() {
        byte[] bytes = TOKEN.getBytes(UTF_8);
        return String.join(
                " | ",
                TOKEN,
                TOKEN.toUpperCase(Locale.ROOT),
                new StringBuilder(TOKEN).reverse(),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                base64("Token " + TOKEN),
                base64("user:" + TOKEN + ":"),
                base64("xy" + TOKEN + "z"),
                base64("Token " + TOKEN).replaceAll(".{7}", "$0\r\n "),
                each("%%%02X"),
                each("%%25%02x"),
                each("\\u%04x"),
                each("\\\\\\\\u%04X"),
                each("\\x%02x"),
                each("&#%d;"),
                each("&amp;#x%x;"),
                each("%%u%04x"),
                each("\\u{%x}"),
                each("=%02X"),
                each("\\%03o"),
                each("%c\n"),
                each("%c\\n"),
                TOKEN.substring(0, 9) + "\n  " + TOKEN.substring(9),
                new StringBuilder(TOKEN.substring(0, 9) + "\n" + TOKEN.substring(9)).reverse(),
                TOKEN.substring(4, 14) + "...");
    }

    /// Answers with the token in them, of every form that is read.
    static List<String> answers(int status) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("code", status);
        said.put("is_success", false);
        said.put("user_message", echoes());
        said.put("developer_message", "x".repeat(900) + echoes());
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", said);
        envelope.put("data", Map.of(TOKEN, List.of(echoes(), Map.of("a", echoes()))));
        String json = Json.write(envelope);
        return List.of(
                json,
                Json.write(Map.of("detail", echoes())),
                json.replace(TOKEN, each("\\u%04x")),
                "<html><title>" + echoes() + "</title>" + echoes() + "</html>",
                echoes(),
                "{" + echoes(),
                "[1, " + TOKEN + "]");
    }

    /// Fails if the token is in any of these or in a file below `folder`.
    static void assertNowhere(Path folder, String... texts) throws IOException {
        for (String text : texts) {
            assertNotIn("what was printed", text);
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertNotIn(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }

    static void assertNotIn(String where, String text) {
        String decoded = text;
        for (int i = 0; i < 3; i++) {
            assertPlain(where, decoded, text);
            String next = ESCAPE.matcher(decoded).replaceAll(Canary::decoded);
            if (next.equals(decoded)) {
                return;
            }
            decoded = next;
        }
    }

    private static void assertPlain(String where, String decoded, String text) {
        String joined = decoded.replaceAll("\\\\[nrt]", "").replaceAll("[\\s\\p{C}\\\\]", "");
        String small = joined.toLowerCase(Locale.ROOT);
        byte[] bytes = TOKEN.getBytes(UTF_8);
        var needles = new ArrayList<String>();
        for (int at = 0; at + 8 <= TOKEN.length(); at++) {
            String part = TOKEN.substring(at, at + 8);
            if (part.matches(".*[0-9].*")) {
                needles.add(part);
                needles.add(new StringBuilder(part).reverse().toString());
            }
        }
        needles.add(HexFormat.of().formatHex(bytes));
        assertThat(needles.stream().filter(small::contains)).as(where + ": " + text).isEmpty();
        for (int before = 0; before < 3; before++) {
            // the digits that are of the token alone, in whole groups of four
            int skipped = before == 0 ? 0 : 3 - before;
            String own = TOKEN.substring(skipped);
            String inner = own.substring(0, own.length() / 3 * 3);
            assertThat(joined).as(where + ": " + text).doesNotContain(base64(inner));
        }
    }

    private static String decoded(MatchResult escape) {
        for (int group = 1; group <= 9; group++) {
            if (escape.group(group) != null) {
                int radix = group == 5 ? 10 : group == 9 ? 8 : 16;
                int c = Integer.parseInt(escape.group(group), radix);
                return java.util.regex.Matcher.quoteReplacement(String.valueOf((char) c));
            }
        }
        throw new AssertionError(escape.group());
    }

    private static String each(String format) {
        return TOKEN.chars().mapToObj(format::formatted).collect(Collectors.joining());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
