package io.github.dbtc4j.cli.recipe;

import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.repository.Repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The environment of a pipeline of pull request 50 in some CI system, as recorded for module
/// `pipeline`, on a platform.
public final class RecordedPipeline {

    private static final Path FOLDER =
            Repository.ROOT.resolve("pipeline/src/test/resources/io/github/dbtc4j/pipeline");

    private RecordedPipeline() {}

    /// Returns the recorded variables of `system`, with changes.
    ///
    /// @param changes separated by ` & `: `NAME=value`, `-NAME` for a variable that is not set, and
    ///   `event a -> b` for other text in GitHub's event, which is written into `folder`
    public static Map<String, String> environment(
            Platform platform, String system, String changes, Path folder) {
        var environment = new LinkedHashMap<>(platform.environment());
        var edits = new ArrayList<String>();
        try {
            Files.readAllLines(FOLDER.resolve(system + ".env"))
                    .forEach(line -> change(environment, line));
            String recorded = environment.getOrDefault("GITHUB_EVENT_PATH", "github-event.json");
            environment.replace("GITHUB_EVENT_PATH", folder.resolve("event.json").toString());
            for (String change : changes.isBlank() ? List.<String>of() : split(changes)) {
                if (change.startsWith("event ")) {
                    edits.add(change.substring("event ".length()));
                } else {
                    change(environment, change);
                }
            }
            String event = Files.readString(FOLDER.resolve(recorded));
            for (String edit : edits) {
                String[] sides = edit.split(" -> ", 2);
                if (!event.contains(sides[0])) {
                    throw new AssertionError("not in the event: " + sides[0]);
                }
                event = event.replace(sides[0], sides[1]);
            }
            Files.writeString(folder.resolve("event.json"), event);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return environment;
    }

    private static List<String> split(String changes) {
        return List.of(changes.split(" & "));
    }

    private static void change(Map<String, String> environment, String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            environment.remove(line.substring(1));
        } else {
            environment.put(line.substring(0, equals), unescaped(line.substring(equals + 1)));
        }
    }

    private static String unescaped(String value) {
        return value.replace("\\n", "\n").replace("\\e", "\u001B");
    }
}
