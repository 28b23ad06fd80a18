package io.github.dbtc4j.sandbox.githost;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One repository at a git host in memory, behind the part of GitHub's REST API that shows builds:
/// pull requests, their files, statuses of commits, comments.
///
/// Its answers have the members that GitHub's were recorded with and that a client reads
/// (`@octokit/fixtures-server`, `@octokit/webhooks-examples`); its refusals those of GitHub's
/// documentation. Safe for use by many threads.
public final class GitHostBox {

    /// What a token may do, in the words of a workflow's `permissions`.
    public enum Permission {
        /// `pull-requests: read`.
        READ,
        /// `statuses: write`.
        STATUSES,
        /// `pull-requests: write`.
        COMMENTS
    }

    /// A status as it was set.
    ///
    /// @param sha the commit
    /// @param state `pending`, `success`, `failure` or `error`
    public record StatusView(
            String sha, String state, String context, String description, String target) {}

    /// A comment as it stands.
    ///
    /// @param versions how many texts it has had
    public record CommentView(long id, long pullRequest, String body, int versions) {}

    private static final Set<String> STATES = Set.of("error", "failure", "pending", "success");
    private static final int LONGEST_DESCRIPTION = 140;
    private static final int MOST_STATUSES = 1_000;
    private static final Pattern PATH =
            Pattern.compile("/repos/(?<repository>[^/]+/[^/]+)(?<rest>/.*)");
    private static final Map<String, String> JSON =
            Map.of("content-type", "application/json; charset=utf-8");

    private final String repository;
    private final String token;
    private final String login;
    private final Set<Permission> permissions = EnumSet.allOf(Permission.class);
    private final Map<Long, PullRequestRecord> pullRequests = new TreeMap<>();
    private final List<StatusView> statuses = new ArrayList<>();
    private final Map<Long, Comment> comments = new TreeMap<>();
    private boolean down;
    private long lastId = 1_000;

    /// A repository without pull requests.
    ///
    /// @param repository owner and name
    /// @param token the only one that it accepts, a workflow's: it may do everything until [#deny],
    ///   and comments by the name of a bot
    public GitHostBox(String repository, String token) {
        this.repository = repository;
        this.token = token;
        this.login = "github-actions[bot]";
    }

    private static final class Comment {
        final long pullRequest;
        final String author;
        String body;
        int versions = 1;

        Comment(long pullRequest, String author, String body) {
            this.pullRequest = pullRequest;
            this.author = author;
            this.body = body;
        }
    }

    /// Opens a pull request, or gives an open one a new head.
    public synchronized void push(long number, String headSha) {
        PullRequestRecord before = pullRequests.get(number);
        pullRequests.put(
                number,
                before == null
                        ? new PullRequestRecord(number, headSha, true, List.of())
                        : before.withHead(headSha));
    }

    /// Closes a pull request.
    public synchronized void close(long number) {
        pullRequests.computeIfPresent(number, (_, open) -> open.closed());
    }

    /// A person writes a comment.
    public synchronized void comment(long number, String author, String body) {
        comments.put(++lastId, new Comment(number, author, body));
    }

    /// Takes a permission from the token.
    public synchronized void deny(Permission permission) {
        permissions.remove(permission);
    }

    /// Answers everything with 503 from now on, or no longer.
    public synchronized void setDown(boolean isDown) {
        down = isDown;
    }

    /// The statuses that were set, oldest first.
    public synchronized List<StatusView> statuses() {
        return List.copyOf(statuses);
    }

    /// The comments that the token's owner wrote, oldest first.
    public synchronized List<CommentView> comments() {
        return comments.entrySet().stream()
                .filter(entry -> entry.getValue().author.equals(login))
                .map(entry -> {
                    Comment comment = entry.getValue();
                    return new CommentView(
                            entry.getKey(), comment.pullRequest, comment.body, comment.versions);
                })
                .toList();
    }

    /// Answers one request.
    public synchronized Response handle(Request request, Instant now) {
        if (down) {
            return problem(503, "Service Unavailable");
        }
        if (!("Bearer " + token).equals(header(request, "authorization"))) {
            return problem(401, "Bad credentials");
        }
        if (request.uri().getPath().equals("/user")) {
            // the token of a workflow is no user's
            return forbidden();
        }
        Matcher path = PATH.matcher(request.uri().getPath());
        if (!path.matches() || !path.group("repository").equals(repository)) {
            return notFound();
        }
        String[] parts = path.group("rest").substring(1).split("/", -1);
        return route(request, parts, now);
    }

    private Response route(Request request, String[] parts, Instant now) {
        String pattern =
                request.method()
                        + " "
                        + Stream.of(parts)
                                .map(part -> part.matches("\\d+|[0-9a-f]{40}") ? "*" : part)
                                .reduce((a, b) -> a + "/" + b)
                                .orElse("");
        return switch (pattern) {
            case "GET pulls" ->
                    list(
                            request,
                            pullRequests.values().stream()
                                    .filter(PullRequestRecord::open)
                                    .map(pull -> pull.json(repository))
                                    .toList());
            case "GET pulls/*" -> pullRequest(number(parts[1]));
            case "GET pulls/*/files" -> files(request, number(parts[1]));
            case "POST statuses/*" -> setStatus(parts[1], body(request), now);
            case "GET issues/*/comments" -> comments(request, number(parts[1]));
            case "POST issues/*/comments" -> addComment(number(parts[1]), body(request));
            case "PATCH issues/comments/*" -> changeComment(number(parts[2]), body(request));
            case "DELETE issues/comments/*" -> deleteComment(number(parts[2]));
            default -> notFound();
        };
    }

    private Response pullRequest(long number) {
        if (!permissions.contains(Permission.READ)) {
            return forbidden();
        }
        PullRequestRecord pull = pullRequests.get(number);
        return pull == null ? notFound() : json(200, pull.json(repository));
    }

    private Response files(Request request, long number) {
        PullRequestRecord pull = pullRequests.get(number);
        return pull == null
                ? notFound()
                : list(
                        request,
                        pull.files().stream()
                                .map(file -> Map.of("filename", file, "status", "modified"))
                                .toList());
    }

    private Response setStatus(String sha, Map<String, @Nullable Object> status, Instant now) {
        if (!permissions.contains(Permission.STATUSES)) {
            return forbidden();
        }
        if (pullRequests.values().stream().noneMatch(pull -> pull.had(sha))) {
            return problem(422, "No commit found for SHA: " + sha);
        }
        String context = text(status, "context", "default");
        String description = text(status, "description", "");
        boolean wrong =
                !STATES.contains(text(status, "state", ""))
                        || description.length() > LONGEST_DESCRIPTION
                        || statuses.stream()
                                        .filter(other -> other.sha().equals(sha))
                                        .filter(other -> other.context().equals(context))
                                        .count()
                                >= MOST_STATUSES;
        if (wrong) {
            return problem(422, "Validation Failed");
        }
        statuses.add(
                new StatusView(
                        sha,
                        text(status, "state", ""),
                        context,
                        description,
                        text(status, "target_url", "")));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", ++lastId);
        json.put("state", status.get("state"));
        json.put("description", status.get("description"));
        json.put("target_url", status.get("target_url"));
        json.put("context", context);
        json.put("created_at", now.toString());
        json.put("updated_at", now.toString());
        json.put("creator", user(login));
        return json(201, json);
    }

    private Response comments(Request request, long number) {
        return list(
                request,
                comments.entrySet().stream()
                        .filter(entry -> entry.getValue().pullRequest == number)
                        .map(entry -> json(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private Response addComment(long number, Map<String, @Nullable Object> comment) {
        if (!permissions.contains(Permission.COMMENTS)) {
            return forbidden();
        }
        if (!pullRequests.containsKey(number)) {
            return notFound();
        }
        Comment added = new Comment(number, login, text(comment, "body", ""));
        comments.put(++lastId, added);
        return json(201, json(lastId, added));
    }

    private Response changeComment(long id, Map<String, @Nullable Object> change) {
        Comment comment = comments.get(id);
        if (comment == null) {
            return notFound();
        }
        if (!permissions.contains(Permission.COMMENTS) || !comment.author.equals(login)) {
            return forbidden();
        }
        comment.body = text(change, "body", "");
        comment.versions++;
        return json(200, json(id, comment));
    }

    private Response deleteComment(long id) {
        if (!permissions.contains(Permission.COMMENTS)) {
            return forbidden();
        }
        return comments.remove(id) == null ? notFound() : new Response(204, Map.of(), new byte[0]);
    }

    private static Map<String, @Nullable Object> json(long id, Comment comment) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", id);
        json.put("body", comment.body);
        json.put("user", user(comment.author));
        return json;
    }

    private static Map<String, Object> user(String login) {
        return Map.of("login", login, "type", login.endsWith("[bot]") ? "Bot" : "User");
    }

    /// One page of `items`.
    private static Response list(Request request, List<? extends Map<String, ?>> items) {
        int size = parameter(request, "per_page", 30);
        int page = parameter(request, "page", 1);
        return new Response(
                200,
                JSON,
                Json.writeBytes(
                        items.stream().skip((long) (page - 1) * size).limit(size).toList()));
    }

    private static int parameter(Request request, String name, int otherwise) {
        String query = Objects.requireNonNullElse(request.uri().getQuery(), "");
        Matcher matcher = Pattern.compile("(?:^|&)" + name + "=(\\d{1,4})(?:&|$)").matcher(query);
        return matcher.find() ? Math.max(1, Integer.parseInt(matcher.group(1))) : otherwise;
    }

    private static Map<String, @Nullable Object> body(Request request) {
        return request.body() == null ? Map.of() : Json.readObject(request.body());
    }

    private static String text(Map<String, @Nullable Object> json, String name, String otherwise) {
        return json.get(name) instanceof String text ? text : otherwise;
    }

    private static long number(String text) {
        return text.length() > 18 ? -1 : Long.parseLong(text);
    }

    private static String header(Request request, String name) {
        return request.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Response forbidden() {
        return problem(403, "Resource not accessible by integration");
    }

    private static Response notFound() {
        return problem(404, "Not Found");
    }

    private static Response problem(int status, String message) {
        return json(
                status,
                Map.of("message", message, "documentation_url", "https://docs.github.com/rest"));
    }

    private static Response json(int status, Map<String, ? extends @Nullable Object> body) {
        return new Response(status, JSON, Json.writeBytes(body));
    }
}
