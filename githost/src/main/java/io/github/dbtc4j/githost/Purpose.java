package io.github.dbtc4j.githost;

/// What a request is for.
///
/// @param task as it follows "cannot", such as `read pull request 5`
record Purpose(String task, Need need) {

    /// What a token has to be allowed for a request.
    enum Need {
        READ,
        STATUS,
        COMMENT
    }

    static Purpose read(String task) {
        return new Purpose("read " + task, Need.READ);
    }

    static Purpose status(CommitStatus status, String sha) {
        return new Purpose(
                "set the commit status %s of %s".formatted(status.context(), ShortText.line(sha)),
                Need.STATUS);
    }

    static Purpose comment(long number) {
        return new Purpose("keep the comment of pull request " + number, Need.COMMENT);
    }
}
