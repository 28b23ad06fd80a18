package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.Purpose.Need;
import io.github.dbtc4j.githost.RestCaller.Connection;
import io.github.dbtc4j.githost.StickyComment.Comment;
import io.github.dbtc4j.githost.StickyComment.Owner;
import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Bitbucket Cloud's REST API, version 2.0 (developer.atlassian.com/cloud/bitbucket/rest).
final class Bitbucket implements GitHost {

    /// Of a status's key: more is a 400 (buildbot/buildbot, issue 7049).
    private static final int LONGEST_KEY = 40;

    private static final int LONGEST = 255;
    private static final int FULL_SHA = 40;
    private static final int MOST_PAGES = 60;

    private final RestCaller caller;
    private final String repository;

    Bitbucket(Connection connection) {
        caller = new RestCaller(connection, Map.of(), new Settings());
        repository = "/repositories/" + connection.repository().encoded();
    }

    /// @param source the repository of its branch; null if that is gone
    private record Sourced(PullRequest pull, @Nullable String source) {}

    /// A pull request names its commits by twelve digits (jenkinsci/bitbucket-branch-source-plugin,
    /// pull request 63). The commit itself, in the repository of its branch, has all of them.
    @Override
    public PullRequest pullRequest(long number) {
        Purpose purpose = Purpose.read("pull request " + number);
        Sourced read = caller.get(purpose, pull(number, ""), reply -> sourced(reply.object()));
        String sha = read.pull().headSha();
        if (read.source() == null || sha.length() >= FULL_SHA) {
            return read.pull();
        }
        String commit =
                "/repositories/"
                        + Repository.encodeParts(read.source())
                        + "/commit/"
                        + Repository.encode(sha);
        return caller.find(purpose, commit, reply -> reply.object().text("hash"))
                .map(read.pull()::withHead)
                .orElse(read.pull());
    }

    /// The list is a redirect to one of two commits ("Get the diff stat for a pull request").
    @Override
    public Listing<String> changedFiles(long number) {
        Purpose purpose = Purpose.read("the changed files of pull request " + number);
        String list = caller.redirected(purpose, pull(number, "/diffstat"));
        Listing<List<String>> files = pages(purpose, list, Bitbucket::paths);
        return new Listing<>(
                files.items().stream().flatMap(List::stream).distinct().toList(), files.complete());
    }

    /// Before and after; there is one of them only where a file was made or removed.
    private static List<String> paths(Fields file) {
        return Stream.of("old", "new")
                .map(side -> Reply.text(file, side, "path"))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    @Override
    public Listing<PullRequest> openPullRequests() {
        return pages(
                Purpose.read("the open pull requests"),
                repository + "/pullrequests?state=OPEN&pagelen=50",
                pull -> sourced(pull).pull());
    }

    @Override
    public void setStatus(long number, String sha, CommitStatus status) {
        caller.write(
                Purpose.status(status, sha),
                "POST",
                repository + "/commit/" + Repository.encode(sha) + "/statuses/build",
                Map.of(
                        "key",
                        ShortText.distinct(status.context(), LONGEST_KEY),
                        "name",
                        ShortText.cut(status.context(), LONGEST),
                        "state",
                        word(status.state()),
                        "description",
                        ShortText.cut(status.description(), LONGEST),
                        "url",
                        status.target().toString()));
    }

    @Override
    public CommentChange keepComment(long number, CommentMarker marker, String markdown) {
        return StickyComment.keep(new Comments(number), marker.asLinkDefinition(), markdown);
    }

    @Override
    public boolean rendersHtml() {
        return false;
    }

    private String pull(long number, String path) {
        return repository + "/pullrequests/" + number + path;
    }

    /// Follows `next` ("Pagination"), at this API only.
    private <T> Listing<T> pages(Purpose purpose, String first, Function<Fields, T> read) {
        List<T> items = new ArrayList<>();
        @Nullable String path = first;
        for (int page = 0; path != null && page < MOST_PAGES; page++) {
            path =
                    caller.get(
                                    purpose,
                                    path,
                                    reply -> {
                                        Fields answer = reply.object();
                                        items.addAll(answer.objects("values", read));
                                        return Optional.ofNullable(
                                                answer.parsedOrNull("next", caller::below));
                                    })
                            .orElse(null);
        }
        return new Listing<>(items, path == null);
    }

    private static Sourced sourced(Fields pull) {
        Fields source = pull.required("source");
        Fields destination = pull.required("destination");
        String from = Reply.text(source, "repository", "full_name");
        String into = destination.required("repository").text("full_name");
        String sha = Reply.text(source, "commit", "hash");
        return new Sourced(
                new PullRequest(
                        pull.number("id"),
                        pull.text("title"),
                        sha == null ? "" : sha,
                        source.required("branch").text("name"),
                        destination.required("branch").text("name"),
                        pull.flag("draft"),
                        !into.equals(from),
                        state(pull.text("state")),
                        pull.required("links").required("html").text("href")),
                from);
    }

    private static PullRequest.State state(String word) {
        return switch (word) {
            case "OPEN" -> PullRequest.State.OPEN;
            case "MERGED" -> PullRequest.State.MERGED;
            default -> PullRequest.State.CLOSED; // DECLINED, SUPERSEDED
        };
    }

    private static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING, RUNNING -> "INPROGRESS";
            case SUCCESS -> "SUCCESSFUL";
            case FAILURE, ERROR -> "FAILED";
            case CANCELLED -> "STOPPED";
        };
    }

    private final class Comments implements StickyComment.Board {

        private final Purpose purpose;
        private final String comments;

        Comments(long number) {
            purpose = Purpose.comment(number);
            comments = pull(number, "/comments");
        }

        @Override
        public List<Comment> comments() {
            return pages(purpose, comments + "?pagelen=100", Comments::comment).items();
        }

        private static Comment comment(Fields comment) {
            String body = Reply.text(comment, "content", "raw");
            return new Comment(
                    String.valueOf(comment.number("id")),
                    Reply.text(comment, "user", "uuid"),
                    false,
                    body == null || comment.flag("deleted") ? "" : body);
        }

        /// The access token of a repository does not tell whose it is.
        @Override
        public Owner owner() {
            return caller.find(purpose, "/user", reply -> reply.object().text("uuid"))
                    .map(Owner::named)
                    .orElse(Owner.UNKNOWN);
        }

        @Override
        public void create(String body) {
            caller.write(purpose, "POST", comments, content(body));
        }

        @Override
        public void update(String id, String body) {
            caller.write(purpose, "PUT", comments + "/" + id, content(body));
        }

        @Override
        public void delete(String id) {
            caller.delete(purpose, comments + "/" + id);
        }

        private static Map<String, ?> content(String body) {
            return Map.of("content", Map.of("raw", body));
        }
    }

    /// The names of scopes are those of access tokens ("Scopes for the Bitbucket Cloud REST API").
    private static final class Settings implements Advice {

        @Override
        public String permission(Need need) {
            return switch (need) {
                case READ ->
                        "The access token needs the scope pullrequest; an API token"
                                + " read:pullrequest:bitbucket.";
                case COMMENT ->
                        "The access token needs the scope pullrequest; an API token"
                                + " write:pullrequest:bitbucket.";
                case STATUS -> "The access token needs the scope repository.";
            };
        }
    }
}
