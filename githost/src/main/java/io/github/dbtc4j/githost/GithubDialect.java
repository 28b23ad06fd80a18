package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.StickyComment.Comment;
import io.github.dbtc4j.githost.StickyComment.Owner;
import io.github.dbtc4j.http.json.Fields;

import java.util.List;
import java.util.Map;

/// What GitHub and Gitea have in common: Gitea's API follows GitHub's.
///
/// @param pageSize the query parameters that ask for as long a page as there is
/// @param mostFiles how many changed files the host lists at most
/// @param unlessKnown whose the token is where it does not tell
record GithubDialect(
        RestCaller caller,
        Repository repository,
        String pageSize,
        int mostFiles,
        Limits limits,
        Owner unlessKnown)
        implements GitHost {

    /// @param context characters of a status's context at most
    /// @param description characters of its description at most
    record Limits(int context, int description) {}

    private static final int MOST_PAGES = 30;

    @Override
    public PullRequest pullRequest(long number) {
        return caller.get(
                Purpose.read("pull request " + number),
                below("/pulls/" + number),
                reply -> pullRequest(reply.object()));
    }

    @Override
    public Listing<PullRequest> openPullRequests() {
        return caller.pages(
                Purpose.read("the open pull requests"),
                page -> below("/pulls?state=open&%s&page=%d".formatted(pageSize, page)),
                GithubDialect::pullRequest,
                MOST_PAGES);
    }

    @Override
    public Listing<String> changedFiles(long number) {
        String files = below("/pulls/" + number + "/files?" + pageSize + "&page=");
        Listing<List<String>> paths =
                caller.pages(
                        Purpose.read("the changed files of pull request " + number),
                        page -> files + page,
                        GithubDialect::paths,
                        MOST_PAGES);
        return new Listing<>(
                paths.items().stream().flatMap(List::stream).toList(),
                paths.complete() && paths.items().size() < mostFiles);
    }

    @Override
    public void setStatus(long number, String sha, CommitStatus status) {
        caller.write(
                Purpose.status(status, sha),
                "POST",
                below("/statuses/" + Repository.encode(sha)),
                Map.of(
                        "state",
                        word(status.state()),
                        "context",
                        ShortText.distinct(status.context(), limits.context()),
                        "description",
                        ShortText.cut(status.description(), limits.description()),
                        "target_url",
                        status.target().toString()));
    }

    @Override
    public CommentChange keepComment(long number, CommentMarker marker, String markdown) {
        return StickyComment.keep(new Comments(number), marker.asHtml(), markdown);
    }

    @Override
    public boolean rendersHtml() {
        return true;
    }

    private String below(String path) {
        return "/repos/" + repository.encoded() + path;
    }

    private static PullRequest pullRequest(Fields pull) {
        Fields head = pull.required("head");
        Fields base = pull.required("base");
        String from = Reply.text(head, "repo", "full_name");
        return new PullRequest(
                pull.number("number"),
                pull.text("title"),
                head.text("sha"),
                PullRequest.branch(head.text("ref")),
                PullRequest.branch(base.text("ref")),
                pull.flag("draft"),
                from == null || !from.equals(base.required("repo").text("full_name")),
                state(pull),
                pull.text("html_url"));
    }

    private static PullRequest.State state(Fields pull) {
        if (pull.has("merged_at")) {
            return PullRequest.State.MERGED;
        }
        return pull.text("state").equals("open")
                ? PullRequest.State.OPEN
                : PullRequest.State.CLOSED;
    }

    private static List<String> paths(Fields file) {
        String before = file.textOrNull("previous_filename");
        return before == null || before.isEmpty()
                ? List.of(file.text("filename"))
                : List.of(before, file.text("filename"));
    }

    private static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case ERROR, CANCELLED -> "error";
        };
    }

    /// The comments of a pull request, which are those of the issue with its number.
    private final class Comments implements StickyComment.Board {

        private final Purpose purpose;
        private final String comments;

        Comments(long number) {
            this.purpose = Purpose.comment(number);
            this.comments = below("/issues/" + number + "/comments");
        }

        @Override
        public List<Comment> comments() {
            return caller.pages(
                            purpose,
                            page -> comments + "?" + pageSize + "&page=" + page,
                            Comments::comment,
                            MOST_PAGES)
                    .items();
        }

        private static Comment comment(Fields comment) {
            String body = comment.textOrNull("body");
            return new Comment(
                    String.valueOf(comment.number("id")),
                    Reply.text(comment, "user", "login"),
                    "Bot".equals(Reply.text(comment, "user", "type")),
                    body == null ? "" : body);
        }

        @Override
        public Owner owner() {
            return caller.find(purpose, "/user", reply -> reply.object().text("login"))
                    .map(Owner::named)
                    .orElse(unlessKnown);
        }

        @Override
        public void create(String body) {
            caller.write(purpose, "POST", comments, Map.of("body", body));
        }

        @Override
        public void update(String id, String body) {
            caller.write(purpose, "PATCH", below("/issues/comments/" + id), Map.of("body", body));
        }

        @Override
        public void delete(String id) {
            caller.delete(purpose, below("/issues/comments/" + id));
        }
    }
}
