package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.GitHostException.Reason;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Keeps one comment up to date, at any host.
final class StickyComment {

    /// Bitbucket takes 32,768 characters, GitHub 65,536, GitLab 1,000,000.
    private static final int LONGEST = 30_000;

    private StickyComment() {}

    /// A comment as a host lists it.
    ///
    /// @param id what [Board#update] takes
    /// @param author what the host tells people apart by
    record Comment(String id, @Nullable String author, boolean byBot, String body) {}

    /// The comments of one pull request.
    interface Board {
        List<Comment> comments();

        /// Which comments are the token's owner's.
        Predicate<Comment> ours();

        void create(String body);

        void update(String id, String body);
    }

    /// @param marker the comment's first line
    static CommentChange keep(Board board, String marker, String markdown) {
        String text = marker + "\n\n" + ShortText.lines(markdown.strip(), LONGEST);
        List<Comment> marked =
                board.comments().stream()
                        .filter(comment -> isMarked(comment.body(), marker))
                        .toList();
        Optional<Comment> ours =
                marked.isEmpty()
                        ? Optional.empty()
                        : marked.stream().filter(board.ours()).findFirst();
        if (ours.isPresent() && same(ours.get().body(), text)) {
            return CommentChange.UNCHANGED;
        }
        if (ours.isPresent() && updates(board, ours.get().id(), text)) {
            return CommentChange.UPDATED;
        }
        board.create(text);
        return CommentChange.CREATED;
    }

    /// False when the comment turns out to belong to others.
    private static boolean updates(Board board, String id, String text) {
        try {
            board.update(id, text);
            return true;
        } catch (GitHostException e) {
            if (e.reason() == Reason.FORBIDDEN || e.reason() == Reason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isMarked(String body, String marker) {
        return body.equals(marker)
                || body.startsWith(marker + "\n")
                || body.startsWith(marker + "\r");
    }

    /// Hosts may change the ends of lines, and drop white space at the end.
    private static boolean same(String kept, String text) {
        return kept.replace("\r\n", "\n").strip().equals(text);
    }
}
