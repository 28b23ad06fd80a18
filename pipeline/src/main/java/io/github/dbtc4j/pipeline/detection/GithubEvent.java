package io.github.dbtc4j.pipeline.detection;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;

/// What GitHub Actions left in a file about the event that started a workflow: one object of it,
/// read when it is first needed, and strictly.
final class GithubEvent {

    private static final String PATH = "GITHUB_EVENT_PATH";

    private final CiVariables variables;
    private final EventFile events;
    private final String name;
    private @Nullable Map<?, ?> object;

    /// @param name of the object in the file: `pull_request` or `merge_group`
    GithubEvent(CiVariables variables, EventFile events, String name) {
        this.variables = variables;
        this.events = events;
        this.name = name;
    }

    /// A member of the object; null when it has none of that name.
    @Nullable Object member(String member) {
        if (object == null) {
            object = read();
        }
        return object.get(member);
    }

    private Map<?, ?> read() {
        String path =
                variables.required(
                        PATH,
                        "name the pull request with --pull-request, its commit with --git-sha");
        Map<String, @Nullable Object> whole;
        try {
            whole = Json.readObject(events.read(path));
        } catch (IOException e) {
            throw variables.refusal(
                    PATH,
                    "The file cannot be read (%s). Mount it where dbtc runs in a container."
                            .formatted(e.getClass().getSimpleName()));
        } catch (IllegalArgumentException e) {
            throw variables.refusal(
                    PATH, "The file does not hold a JSON object, as GitHub writes it.");
        }
        if (whole.get(name) instanceof Map<?, ?> found) {
            return found;
        }
        throw variables.refusal(
                PATH,
                "The file has no %s, although GITHUB_EVENT_NAME is '%s'. Is it another event's file?"
                        .formatted(
                                name,
                                Shown.of(String.valueOf(variables.optional("GITHUB_EVENT_NAME")))));
    }

    /// A refusal of what a member holds, then `text`.
    UnsupportedPipelineException refusal(String member, @Nullable Object value, String text) {
        String shown =
                switch (value) {
                    case Map<?, ?> ignored -> "an object";
                    case Iterable<?> ignored -> "a list";
                    case null, default -> "'" + Shown.of(String.valueOf(value)) + "'";
                };
        return new UnsupportedPipelineException(
                PATH,
                "%s: %s.%s in the file of %s is %s. %s"
                        .formatted(variables.system().title(), name, member, PATH, shown, text));
    }
}
