package io.github.dbtc4j.pipeline.detection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What a CI system gives a pipeline, as recorded.
final class Recorded {

    private Recorded() {}

    /// The variables in a file of `NAME=value` lines, with `changes` to them in the same form;
    /// `-NAME` takes one away.
    static Map<String, String> environment(String system, String... changes) {
        var environment = new LinkedHashMap<String, String>();
        text(system + ".env").lines().forEach(line -> change(environment, line));
        for (String change : changes) {
            change(environment, change);
        }
        return environment;
    }

    private static void change(Map<String, String> environment, String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            environment.remove(line.substring(1));
        } else {
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    static String text(String name) {
        try (InputStream in = Recorded.class.getResourceAsStream("../" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
