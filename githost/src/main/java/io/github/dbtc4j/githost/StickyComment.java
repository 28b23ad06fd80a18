package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.GitHostException.Reason;

import org.jspecify.annotations.Nullable;

import java.util.List;
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

    /// Whose the token is.
    ///
    /// @param wrote which comments its owner made; all of them where the host does not tell
    /// @param known whether the host tells
    record Owner(Predicate<Comment> wrote, boolean known) {

        static final Owner UNKNOWN = new Owner(comment -> true, false);

        /// The owner by whom comments are that have this author.
        static Owner named(String author) {
            return new Owner(comment -> author.equals(comment.author()), true);
        }
    }

    /// The comments of one pull request.
    interface Board {
        List<Comment> comments();

        Owner owner();

        void create(String body);

        void update(String id, String body);

        void delete(String id);
    }

    /// Of several comments, as two invocations at once may make, one stays.
    ///
    /// @param marker the comment's first line
    static CommentChange keep(Board board, String marker, String markdown) {
        String text = marker + "\n\n" + ShortText.lines(markdown.strip(), LONGEST);
        List<Comment> marked =
                board.comments().stream()
                        .filter(comment -> isMarked(comment.body(), marker))
                        .toList();
        Owner owner = marked.isEmpty() ? Owner.UNKNOWN : board.owner();
        List<Comment> ours = marked.stream().filter(owner.wrote()).toList();
        CommentChange change = write(board, ours, text);
        if (owner.known()) {
            ours.stream().skip(1).forEach(extra -> mayDo(() -> board.delete(extra.id())));
        }
        return change;
    }

    private static CommentChange write(Board board, List<Comment> ours, String text) {
        if (!ours.isEmpty()) {
            Comment first = ours.getFirst();
            if (same(first.body(), text)) {
                return CommentChange.UNCHANGED;
            }
            if (mayDo(() -> board.update(first.id(), text))) {
                return CommentChange.UPDATED;
            }
        }
        board.create(text);
        return CommentChange.CREATED;
    }

    /// Does it, and returns whether the comment was there and the token's to change.
    private static boolean mayDo(Runnable change) {
        try {
            change.run();
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
