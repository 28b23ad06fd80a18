package io.github.dbtc4j.sandbox.githost;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A pull request within one repository.
///
/// @param heads the commits its branch has pointed to, the present one last
record PullRequestRecord(long number, List<String> heads, boolean open, List<String> files) {

    PullRequestRecord(long number, String head, boolean open, List<String> files) {
        this(number, List.of(head), open, files);
    }

    PullRequestRecord withHead(String sha) {
        return new PullRequestRecord(
                number, Stream.concat(heads.stream(), Stream.of(sha)).toList(), open, files);
    }

    PullRequestRecord closed() {
        return new PullRequestRecord(number, heads, false, files);
    }

    boolean had(String sha) {
        return heads.contains(sha);
    }

    Map<String, Object> json(String repository) {
        Map<String, String> repo = Map.of("full_name", repository);
        return Map.of(
                "number",
                number,
                "title",
                "Pull request " + number,
                "state",
                open ? "open" : "closed",
                "draft",
                false,
                "head",
                Map.of("sha", heads.getLast(), "ref", "topic-" + number, "repo", repo),
                "base",
                Map.of("sha", "0".repeat(40), "ref", "main", "repo", repo),
                "html_url",
                "https://github.com/" + repository + "/pull/" + number);
    }
}
