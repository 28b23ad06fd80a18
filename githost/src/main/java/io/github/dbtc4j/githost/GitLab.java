package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.Purpose.Need;
import io.github.dbtc4j.githost.RestCaller.Connection;
import io.github.dbtc4j.githost.StickyComment.Comment;
import io.github.dbtc4j.githost.StickyComment.Owner;
import io.github.dbtc4j.http.json.Fields;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// GitLab's REST API, version 4 (docs.gitlab.com: "Commits API", "Merge requests API", "Notes
/// API").
final class GitLab implements GitHost {

    /// Limits of descriptions and addresses ("Set the pipeline status of a commit").
    private static final int LONGEST = 255;

    private static final int MOST_PAGES = 30;

    /// What GitLab would take for a command, such as `/merge`, with the token's rights ("GitLab
    /// quick actions").
    private static final Pattern QUICK_ACTION = Pattern.compile("(?m)^([^\\S\\n]*)/(?=\\w)");

    private final RestCaller caller;
    private final String project;

    GitLab(Connection connection) {
        caller = new RestCaller(connection, Map.of(), new Settings());
        project = "/projects/" + connection.repository().encodedAsOne();
    }

    @Override
    public PullRequest pullRequest(long number) {
        return caller.get(
                Purpose.read("merge request " + number),
                merge(number, ""),
                reply -> mergeRequest(reply.object()));
    }

    /// Beyond 1,000 changes GitLab stops to count (`changes_count` is `1000+`), and it may list
    /// fewer than it counts ("Diff limits").
    @Override
    public Listing<String> changedFiles(long number) {
        Purpose purpose = Purpose.read("the changed files of merge request " + number);
        String count =
                caller.get(
                        purpose,
                        merge(number, ""),
                        reply -> String.valueOf(reply.object().all().get("changes_count")));
        Listing<List<String>> diffs =
                caller.pages(
                        purpose,
                        page -> merge(number, "/diffs?per_page=100&page=" + page),
                        diff -> List.of(diff.text("old_path"), diff.text("new_path")),
                        MOST_PAGES);
        boolean counted = count.equals(String.valueOf(diffs.items().size()));
        return new Listing<>(
                diffs.items().stream().flatMap(List::stream).distinct().toList(),
                diffs.complete() && counted);
    }

    @Override
    public Listing<PullRequest> openPullRequests() {
        return caller.pages(
                Purpose.read("the open merge requests"),
                page -> project + "/merge_requests?state=opened&per_page=100&page=" + page,
                GitLab::mergeRequest,
                MOST_PAGES);
    }

    /// GitLab refuses a state that the status has already, and one that comes before it: "Cannot
    /// transition status via :run from :running" (jenkinsci/gitlab-plugin, issue 885). The status
    /// then shows what it should, or more.
    @Override
    public void setStatus(long number, String sha, CommitStatus status) {
        try {
            caller.write(
                    Purpose.status(status, sha),
                    "POST",
                    project + "/statuses/" + Repository.encode(sha),
                    Map.of(
                            "state",
                            word(status.state()),
                            "name",
                            ShortText.distinct(status.context(), LONGEST),
                            "description",
                            ShortText.cut(status.description(), LONGEST),
                            "target_url",
                            status.target().toString()));
        } catch (GitHostException e) {
            boolean unchanged =
                    String.valueOf(e.getMessage()).contains("Cannot transition status via");
            if (!unchanged || !Integer.valueOf(400).equals(e.status())) {
                throw e;
            }
        }
    }

    @Override
    public CommentChange keepComment(long number, CommentMarker marker, String markdown) {
        String harmless = QUICK_ACTION.matcher(markdown).replaceAll("$1\\\\/");
        return StickyComment.keep(new Notes(number), marker.asHtml(), harmless);
    }

    @Override
    public boolean rendersHtml() {
        return true;
    }

    private String merge(long number, String path) {
        return project + "/merge_requests/" + number + path;
    }

    private static PullRequest mergeRequest(Fields merge) {
        Long from = merge.numberOrNull("source_project_id");
        return new PullRequest(
                merge.number("iid"),
                merge.text("title"),
                merge.has("sha") ? merge.text("sha") : "",
                merge.text("source_branch"),
                merge.text("target_branch"),
                merge.flag("draft") || merge.flag("work_in_progress"),
                from == null || from != merge.number("target_project_id"),
                state(merge.text("state")),
                merge.text("web_url"));
    }

    /// A merge request is locked while it is being merged.
    private static PullRequest.State state(String word) {
        return switch (word) {
            case "merged" -> PullRequest.State.MERGED;
            case "closed" -> PullRequest.State.CLOSED;
            default -> PullRequest.State.OPEN;
        };
    }

    private static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case SUCCESS -> "success";
            case FAILURE, ERROR -> "failed";
            case CANCELLED -> "canceled";
        };
    }

    /// The comments of a merge request, which GitLab calls notes.
    private final class Notes implements StickyComment.Board {

        private final Purpose purpose;
        private final String notes;

        Notes(long number) {
            purpose = Purpose.comment(number);
            notes = merge(number, "/notes");
        }

        @Override
        public List<Comment> comments() {
            return caller.pages(
                            purpose,
                            page ->
                                    notes
                                            + "?sort=asc&order_by=created_at&per_page=100&page="
                                            + page,
                            note ->
                                    new Comment(
                                            String.valueOf(note.number("id")),
                                            note.object(
                                                    "author",
                                                    author -> String.valueOf(author.number("id"))),
                                            false,
                                            note.flag("system") ? "" : note.text("body")),
                            MOST_PAGES)
                    .items();
        }

        @Override
        public Owner owner() {
            return caller.find(purpose, "/user", reply -> reply.object().number("id"))
                    .map(id -> Owner.named(String.valueOf(id)))
                    .orElse(Owner.UNKNOWN);
        }

        @Override
        public void create(String body) {
            caller.write(purpose, "POST", notes, Map.of("body", body));
        }

        @Override
        public void update(String id, String body) {
            caller.write(purpose, "PUT", notes + "/" + id, Map.of("body", body));
        }

        @Override
        public void delete(String id) {
            caller.delete(purpose, notes + "/" + id);
        }
    }

    private static final class Settings implements Advice {

        @Override
        public String permission(Need need) {
            return switch (need) {
                case READ -> "The token needs the scope read_api, and the role Reporter.";
                case STATUS, COMMENT -> "The token needs the scope api, and the role Developer.";
            };
        }
    }
}
