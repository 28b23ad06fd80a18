package io.github.dbtc4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What people type out of habit, in the words of the commands.
final class Shorthand {

    /// The option that an id behind the command's name stands for.
    private static final Map<String, String> IDS = Map.of("runs", "--run-id=", "jobs", "--job-id=");

    private static final Set<String> WITHOUT_ID =
            Set.of("runs list", "jobs list", "jobs trigger-autoscaling");

    /// What may stand before the id: options without a value, which an id could be.
    private static final Set<String> FLAGS =
            Set.of("--json", "--web", "-q", "--quiet", "-v", "--verbose");

    private Shorthand() {}

    /// Returns the arguments in full.
    ///
    /// `help ci run` becomes `ci run --help`, `version` `--version`, `runs get 110` `runs get
    /// --run-id=110`, `runs get-artifact 110 manifest.json` also `--path=manifest.json`, and `api
    /// /PATH` `api GET /PATH`.
    static String[] inFull(String... args) {
        var full = new ArrayList<>(List.of(args));
        if (full.isEmpty()) {
            return args;
        }
        switch (full.getFirst()) {
            case "help" -> {
                full.removeFirst();
                full.add("--help");
            }
            case "version" -> full.set(0, "--version");
            case "runs", "jobs" -> id(full);
            case "api" -> {
                boolean swapped = full.size() > 2 && full.get(2).matches("[A-Z]+");
                if (full.size() > 1 && full.get(1).startsWith("/") && !swapped) {
                    full.add(1, "GET");
                }
            }
            default -> {}
        }
        return full.toArray(String[]::new);
    }

    private static void id(List<String> args) {
        int at = 2;
        while (at < args.size() && FLAGS.contains(args.get(at))) {
            at++;
        }
        if (isWord(args, at) && !WITHOUT_ID.contains(args.get(0) + " " + args.get(1))) {
            args.set(at, IDS.get(args.getFirst()) + args.get(at));
            if (isWord(args, at + 1) && args.get(1).equals("get-artifact")) {
                args.set(at + 1, "--path=" + args.get(at + 1));
            }
        }
    }

    private static boolean isWord(List<String> args, int at) {
        return at < args.size() && !args.get(at).startsWith("-");
    }
}
