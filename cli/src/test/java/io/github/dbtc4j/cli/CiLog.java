package io.github.dbtc4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What eight CI systems find in a log, as their own programs look for it; it knows nothing of how
/// the program keeps commands out.
final class CiLog {

    /// What others may try, in every system's words; `forged` is in each.
    static final List<String> HOSTILE =
            List.of(
                    "::add-mask::forged",
                    " \t::set-output name=x::forged",
                    "\u00A0\u2003\u3000::add-path::forged",
                    "\u200B::stop-commands::forged",
                    "\uFEFF \u00AD::add-matcher::forged",
                    "::error file=x::forged",
                    ":\u001B[1m:add-mask::forged",
                    "x\r::add-mask::forged",
                    "x\u2028::add-mask::forged",
                    "x\u0085::add-mask::forged",
                    "x\n::add-mask::forged",
                    "x%0A::add-mask::forged",
                    "##[add-path]forged",
                    "x ##[group]forged",
                    "##vso[task.complete result=Succeeded]forged",
                    "x ##vso[task.setendpoint id=x]forged",
                    "#\u200B#vso[task.complete]forged",
                    "#\uFE0F#\u00AD[add-mask]forged",
                    "#\u001B[1m#vso[task.complete]forged",
                    "##teamcity[buildProblem description='forged']",
                    "--- forged",
                    "+++ forged",
                    "~~~ forged",
                    "^^^ +++ forged",
                    "\u001B[0K--- forged",
                    "section_start:1:forged\r\u001B[0Kforged",
                    "\u001B[8mha:AAAAforged\u001B[0m",
                    "\u001B]1338;url='https://forged/'\u0007",
                    "\u001B[2J\u001B[1;1Hx forged",
                    "a".repeat(90) + " ::add-mask::forged",
                    "a".repeat(95) + " --- forged",
                    "</pre><script>forged()</script>",
                    "]]><forged/>",
                    "\"><forged a='",
                    "| forged |\n|---|\n| x |",
                    "![forged](https://forged/x.png)",
                    "[forged](javascript:alert)",
                    "`forged` <https://forged/> https://forged/",
                    "\u202Eforged\u202C");

    /// What the program itself says to a CI system.
    private static final Set<String> OWN =
            Set.of(
                    "::error",
                    "::notice",
                    "##vso[task.logissue",
                    "##vso[task.setvariable",
                    "##vso[task.uploadsummary");

    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cf}\\p{Cc}\u034F\u180B-\u180F\uFE00-\uFE0F&&[^\t]]");

    private static final Pattern BUILDKITE =
            Pattern.compile("(?:\u001B\\[[;\\d]*[mK])*(---|\\+\\+\\+|~~~|\\^\\^\\^)(?:\\s.*)?");

    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cc}\u2028\u2029\u202A-\u202E&&[^\n\t]]");

    private CiLog() {}

    /// The commands that any system would find and the program did not mean.
    static List<String> foreign(String log) {
        var found = new ArrayList<String>();
        STEERING.matcher(log).results().forEach(match -> found.add("steering at " + match.start()));
        for (String line : log.split("\r\n|\n|\r", -1)) {
            String seen = UNSEEN.matcher(line).replaceAll("");
            github(seen.replaceFirst("^[\\s\\p{Z}]+", ""), found);
            anywhere(seen, found);
            if (BUILDKITE.matcher(line).matches()) {
                found.add(line);
            }
        }
        return found;
    }

    private static void github(String line, List<String> found) {
        int end = line.startsWith("::") ? line.indexOf("::", 2) : -1;
        if (end < 0) {
            return;
        }
        String name = line.substring(0, end).replaceFirst(" .*", "");
        if (!OWN.contains(name) || line.substring(end + 2).startsWith("forged")) {
            found.add(line);
        }
    }

    private static void anywhere(String line, List<String> found) {
        int at = line.indexOf("##");
        for (; at >= 0; at = line.indexOf("##", at + 1)) {
            String rest = line.substring(at);
            boolean inOwn = at > 0 && OWN.stream().anyMatch(line::startsWith);
            if (rest.matches("##[a-zA-Z]*\\[.*")
                    && !inOwn
                    && !OWN.contains(rest.replaceFirst("[ \\]].*", ""))) {
                found.add(line);
            }
        }
    }
}
