package io.github.dbtc4j.cli.probe;

/// Every call that `dbtc probe` may send; what `--dry-run` lists is what there is.
enum ProbeCall {
    BASE("GET", "jobs/{job}/?include_related=environment", Target.ANYTHING, "read the job"),
    ACCOUNT("GET", "", Target.ANYTHING, "read plan and run slots"),
    OTHER_ACCOUNT(
            "GET", "jobs/?limit=1", Target.OTHER_ACCOUNT, "see how a foreign account is refused"),
    MANY("GET", "runs/?limit=101", Target.ANYTHING, "ask for more than 100 runs"),
    SLASH("GET", "jobs/{job}", Target.ANYTHING, "read the job without the slash"),
    LEFT(
            "GET",
            "jobs/?name__icontains=dbtc%20probe&limit=100&order_by=-id",
            Target.ANYTHING,
            "look for throw-away jobs"),
    CREATE("POST", "jobs/", Target.NEW_JOB, "create a throw-away job"),
    READ_JOB("GET", "jobs/{own_job}/", Target.OWN_JOB, "read a deleted one"),
    DELETE("DELETE", "jobs/{own_job}/", Target.OWN_JOB, "delete the throw-away job"),
    TRIGGER("POST", "jobs/{own_job}/run/", Target.OWN_JOB, "trigger it, deleted or not"),
    RUNS(
            "GET",
            "runs/?job_definition_id={own_job}&include_related=trigger&limit=100&order_by=-id",
            Target.OWN_JOB,
            "list its runs"),
    RUN("GET", "runs/{own_run}/?include_related=trigger", Target.OWN_RUN, "look at its run"),
    FILES("GET", "runs/{own_run}/artifacts/", Target.OWN_RUN, "list its run's files"),
    CANCEL("POST", "runs/{own_run}/cancel/", Target.OWN_RUN, "cancel its run, ended or not"),
    CANCEL_BARE("POST", "runs/{own_run}/cancel", Target.OWN_RUN, "the same without the slash"),
    RETRY("POST", "runs/{own_run}/retry/", Target.OWN_RUN, "retry its cancelled run");

    /// What a call is about: writes are about our own only.
    enum Target {
        ANYTHING,
        OTHER_ACCOUNT,
        NEW_JOB,
        OWN_JOB,
        OWN_RUN
    }

    /// How many rows a list has at most.
    static final int PAGE = 100;

    private final String method;
    private final String path;
    private final Target target;
    private final String why;

    ProbeCall(String method, String path, Target target, String why) {
        this.method = method;
        this.path = path;
        this.target = target;
        this.why = why;
    }

    String method() {
        return method;
    }

    Target target() {
        return target;
    }

    /// The path and query for this account.
    ///
    /// @param id what stands in the path's braces; of no account when there are none
    String path(long account, long id) {
        return "/api/v2/accounts/" + account + "/" + path.replaceFirst("\\{[a-z_]+}", "" + id);
    }

    /// `POST /api/v2/accounts/{account}/jobs/ create a throw-away job`.
    String line() {
        String account = target == Target.OTHER_ACCOUNT ? "{other_account}" : "{account}";
        String bare = path.replaceFirst("\\?.*", "");
        return "%-6s /api/v2/accounts/%-38s %s"
                .formatted(method, account + "/" + bare, why + query());
    }

    private String query() {
        int at = path.indexOf('?');
        return at < 0 ? "" : " (" + path.substring(at + 1).replace("%20", " ") + ")";
    }
}
