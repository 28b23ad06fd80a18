package io.github.dbtc4j.simulation.history;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// A request an invocation sent and what it received.
///
/// @param end when the response came, or the end of the history
/// @param status 0 when no response came
/// @param retryAfter for how long the response asked to be quiet, or null
public record Exchange(
        HistoryEvent.Sent sent, Instant end, int status, @Nullable Duration retryAfter) {

    public Instant at() {
        return sent.at();
    }

    public int invocation() {
        return sent.invocation();
    }

    Duration took() {
        return Duration.between(at(), end);
    }

    public boolean isWrite() {
        return !sent.method().equals("GET");
    }

    /// Whether the invocation could take it for what it asked for, or for a plain no.
    public boolean wasAnswered() {
        return succeeded() || status == 404;
    }

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    boolean isRunList() {
        return sent.method().equals("GET") && path().endsWith("/runs/");
    }

    /// Whether it is such a list of more than one job's runs.
    boolean isListOfPullRequest() {
        return isRunList() && !sent.path().contains("job_definition_id=");
    }

    public boolean isCreate() {
        return sent.method().equals("POST") && path().endsWith("/jobs/");
    }

    /// Which run it was to cancel, or null.
    public @Nullable Long cancelled() {
        return sent.method().equals("POST") ? id("/runs/", "/cancel") : null;
    }

    /// Which job it was to trigger, or null.
    public @Nullable Long triggered() {
        return sent.method().equals("POST") ? id("/jobs/", "/run") : null;
    }

    /// Which job it was to delete, or null.
    public @Nullable Long deleted() {
        return sent.method().equals("DELETE") ? id("/jobs/", "") : null;
    }

    /// Which job it was to show, or null.
    @Nullable Long read() {
        return sent.method().equals("GET") ? id("/jobs/", "") : null;
    }

    /// Which job it was to change, or null.
    public @Nullable Long updated() {
        return sent.method().equals("POST") ? id("/jobs/", "") : null;
    }

    /// The number between `list` and `action` at the end of the path, or null.
    private @Nullable Long id(String list, String action) {
        String path = path();
        int end = path.length() - (path.endsWith("/") ? 1 : 0) - action.length();
        int start = path.lastIndexOf('/', end - 1) + 1;
        return path.startsWith(action, end)
                        && start >= list.length()
                        && path.startsWith(list, start - list.length())
                        && isNumber(path, start, end)
                ? Long.valueOf(path.substring(start, end))
                : null;
    }

    private static boolean isNumber(String text, int from, int to) {
        return from < to && text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    public String path() {
        int query = sent.path().indexOf('?');
        return query < 0 ? sent.path() : sent.path().substring(0, query);
    }
}
