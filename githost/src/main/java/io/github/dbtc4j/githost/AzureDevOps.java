package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.Purpose.Need;
import io.github.dbtc4j.githost.RestCaller.Connection;
import io.github.dbtc4j.githost.StickyComment.Comment;
import io.github.dbtc4j.githost.StickyComment.Owner;
import io.github.dbtc4j.http.json.Fields;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Azure DevOps's REST API for Git, version 7.0 (MicrosoftDocs/vsts-rest-api-specs,
/// specification/git).
///
/// An iteration is what one push made of a pull request.
final class AzureDevOps implements GitHost {

    private static final String VERSION = "api-version=7.0";
    private static final int PAGE = 100;
    private static final int CHANGES = 1_000;
    private static final int MOST_PAGES = 30;
    private static final int LONGEST = 255;

    private final RestCaller caller;
    private final String repository;
    private final String web;

    AzureDevOps(Connection connection) {
        Repository named = connection.repository();
        caller = new RestCaller(connection, Map.of(), new Settings());
        String project = "/" + named.encodedParent();
        repository = project + "/_apis/git/repositories/" + named.encodedName();
        web = named.api() + project + "/_git/" + named.encodedName() + "/pullrequest/";
    }

    private record Iteration(long id, String sha) {}

    /// The head is that of the last iteration: the pull request itself names the one of its last
    /// merge, which is made some time after a push.
    @Override
    public PullRequest pullRequest(long number) {
        Purpose purpose = Purpose.read("pull request " + number);
        PullRequest pull =
                caller.get(purpose, pull(number, "?" + VERSION), reply -> read(reply.object()));
        List<Iteration> iterations = iterations(purpose, number);
        return iterations.isEmpty() ? pull : pull.withHead(iterations.getLast().sha());
    }

    /// What the last iteration changes against the base ("Pull Request Iteration Changes - Get").
    @Override
    public Listing<String> changedFiles(long number) {
        Purpose purpose = Purpose.read("the changed files of pull request " + number);
        List<Iteration> iterations = iterations(purpose, number);
        if (iterations.isEmpty()) {
            return new Listing<>(List.of(), false);
        }
        String changes =
                "/iterations/%d/changes?$compareTo=0&$top=%d&%s&$skip="
                        .formatted(iterations.getLast().id(), CHANGES, VERSION);
        Set<String> paths = new LinkedHashSet<>();
        long skip = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            skip =
                    caller.get(
                            purpose,
                            pull(number, changes + skip),
                            reply -> addPaths(reply.object(), paths));
            if (skip == 0) {
                return new Listing<>(List.copyOf(paths), true);
            }
        }
        return new Listing<>(List.copyOf(paths), false);
    }

    @Override
    public Listing<PullRequest> openPullRequests() {
        List<PullRequest> pulls = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            String path =
                    repository
                            + "/pullrequests?searchCriteria.status=active&$top=%d&$skip=%d&%s"
                                    .formatted(PAGE, page * PAGE, VERSION);
            List<PullRequest> more =
                    caller.get(
                            Purpose.read("the open pull requests"),
                            path,
                            reply -> reply.object().objects("value", this::read));
            pulls.addAll(more);
            if (more.size() < PAGE) {
                return new Listing<>(pulls, true);
            }
        }
        return new Listing<>(pulls, false);
    }

    /// A status of an iteration goes when a later push makes another, if the branch's policy says
    /// so ("Pull Request Iteration Statuses").
    @Override
    public void setStatus(long number, String sha, CommitStatus status) {
        Purpose purpose = Purpose.status(status, sha);
        Map<String, Object> body = new HashMap<>();
        iterations(purpose, number).stream()
                .filter(iteration -> iteration.sha().equals(sha))
                .reduce((earlier, later) -> later)
                .ifPresent(iteration -> body.put("iterationId", iteration.id()));
        body.put("state", word(status.state()));
        body.put("description", ShortText.cut(status.description(), LONGEST));
        body.put("context", context(status.context()));
        body.put("targetUrl", status.target().toString());
        caller.write(purpose, "POST", pull(number, "/statuses?" + VERSION), body);
    }

    @Override
    public CommentChange keepComment(long number, CommentMarker marker, String markdown) {
        return StickyComment.keep(new Threads(number), marker.asHtml(), markdown);
    }

    @Override
    public boolean rendersHtml() {
        return true;
    }

    private String pull(long number, String path) {
        return repository + "/pullrequests/" + number + path;
    }

    private List<Iteration> iterations(Purpose purpose, long number) {
        return caller.get(
                purpose,
                pull(number, "/iterations?" + VERSION),
                reply ->
                        reply.object()
                                .objects(
                                        "value",
                                        iteration ->
                                                new Iteration(
                                                        iteration.number("id"),
                                                        iteration
                                                                .required("sourceRefCommit")
                                                                .text("commitId"))));
    }

    /// @return how many changes to skip for the next page; 0 when there is none
    private static long addPaths(Fields answer, Set<String> paths) {
        for (Fields change : answer.objects("changeEntries", entry -> entry)) {
            String before = change.textOrNull("originalPath");
            if (before != null) {
                paths.add(relative(before));
            }
            Fields item = change.required("item");
            if (!item.flag("isFolder") && !"tree".equals(item.textOrNull("gitObjectType"))) {
                paths.add(relative(item.text("path")));
            }
        }
        Long next = answer.numberOrNull("nextSkip");
        return next == null ? 0 : next;
    }

    private static String relative(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private PullRequest read(Fields pull) {
        String sha = Reply.text(pull, "lastMergeSourceCommit", "commitId");
        long number = pull.number("pullRequestId");
        return new PullRequest(
                number,
                pull.text("title"),
                sha == null ? "" : sha,
                PullRequest.branch(pull.text("sourceRefName")),
                PullRequest.branch(pull.text("targetRefName")),
                pull.flag("isDraft"),
                pull.has("forkSource"),
                state(pull.text("status")),
                web + number);
    }

    private static PullRequest.State state(String word) {
        return switch (word) {
            case "completed" -> PullRequest.State.MERGED;
            case "abandoned" -> PullRequest.State.CLOSED;
            default -> PullRequest.State.OPEN;
        };
    }

    /// A context has two parts; ours are divided by the first slash.
    private static Map<String, String> context(String context) {
        String shortened = ShortText.distinct(context, LONGEST);
        int slash = shortened.indexOf('/');
        return slash <= 0 || slash == shortened.length() - 1
                ? Map.of("name", shortened)
                : Map.of(
                        "genre",
                        shortened.substring(0, slash),
                        "name",
                        shortened.substring(slash + 1));
    }

    private static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "succeeded";
            case FAILURE -> "failed";
            case ERROR, CANCELLED -> "error";
        };
    }

    /// The comments that begin a thread. Ours has a thread without a status: an active one would
    /// have to be resolved by a person where a branch's policy asks for that
    /// (vercel/vercel-azure-devops-extension, pull request 25).
    private final class Threads implements StickyComment.Board {

        private final Purpose purpose;
        private final String threads;

        Threads(long number) {
            purpose = Purpose.comment(number);
            threads = pull(number, "/threads");
        }

        @Override
        public List<Comment> comments() {
            return caller.get(
                    purpose,
                    threads + "?" + VERSION,
                    reply ->
                            reply.object().objects("value", thread -> thread).stream()
                                    .filter(thread -> !thread.flag("isDeleted"))
                                    .flatMap(thread ->
                                            thread
                                                    .objects(
                                                            "comments",
                                                            comment -> comment(thread, comment))
                                                    .stream()
                                                    .limit(1))
                                    .toList());
        }

        private static Comment comment(Fields thread, Fields comment) {
            String content = comment.textOrNull("content");
            return new Comment(
                    thread.number("id") + "/comments/" + comment.number("id"),
                    Reply.text(comment, "author", "id"),
                    false,
                    content == null || comment.flag("isDeleted") ? "" : content);
        }

        @Override
        public Owner owner() {
            return caller.find(
                            purpose,
                            "/_apis/connectionData",
                            reply -> reply.object().required("authenticatedUser").text("id"))
                    .map(Owner::named)
                    .orElse(Owner.UNKNOWN);
        }

        @Override
        public void create(String body) {
            // 1 is a text (CommentType)
            Map<String, ?> comment =
                    Map.of("parentCommentId", 0, "content", body, "commentType", 1);
            caller.write(
                    purpose, "POST", threads + "?" + VERSION, Map.of("comments", List.of(comment)));
        }

        @Override
        public void update(String id, String body) {
            String path = threads + "/" + id + "?" + VERSION;
            caller.write(purpose, "PATCH", path, Map.of("content", body));
        }

        @Override
        public void delete(String id) {
            caller.delete(purpose, threads + "/" + id + "?" + VERSION);
        }
    }

    /// The names of permissions are those of a repository's security settings; the build service is
    /// whose token `SYSTEM_ACCESSTOKEN` is ("TF401027: You need the Git 'PullRequestContribute'
    /// permission").
    private static final class Settings implements Advice {

        @Override
        public String permission(Need need) {
            return switch (need) {
                case READ -> "The token's owner needs the permission Read for the repository.";
                case STATUS, COMMENT ->
                        "The token's owner needs the permission Contribute to pull requests for the"
                                + " repository; with SYSTEM_ACCESSTOKEN that is the project's build"
                                + " service. A personal access token needs the scope Code (read and"
                                + " write) or Code (status).";
            };
        }
    }
}
