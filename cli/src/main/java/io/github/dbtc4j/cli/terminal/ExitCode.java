package io.github.dbtc4j.cli.terminal;

import io.github.dbtc4j.planner.Verdict;

import java.util.LinkedHashMap;
import java.util.Map;

/// How the command ends, for the pipeline that started it.
public enum ExitCode {
    SUCCESS(0, "the run succeeded, or was triggered and not waited for"),
    RUN_FAILED(1, "the run ended in an error, or a simulation broke a rule"),
    USAGE(2, "wrong usage, invalid payload or unsuitable job; nothing was written"),
    RUN_CANCELLED(3, "the run was cancelled"),
    SUPERSEDED(4, "a run for a newer commit or attempt of the pull request took over"),
    DEADLINE(5, "the deadline (--timeout) passed"),
    PLATFORM(6, "the platform refused, failed or could not be reached"),
    CONFLICTED(7, "the run succeeded, but another one wrote into its schema meanwhile"),
    TOO_MANY(8, "reap: more than 5 clones to delete; none was"),
    UNHEALTHY(9, "doctor found a problem"),
    DEFECT(70, "dbtc itself failed; please report it"),
    OUTPUT(74, "a file or standard output could not be written"),
    /// Given by the script that starts Java.
    NOT_STARTED(126, "no JDK 25, no Maven, or the build of dbtc failed: it did not start"),
    /// Given by the Java runtime, not by this program.
    INTERRUPTED(130, "stopped by SIGINT"),
    /// Given by the Java runtime, not by this program.
    CRASHED(134, "Java crashed; start again"),
    /// Given by the Java runtime, not by this program.
    TERMINATED(143, "stopped by SIGTERM");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public static ExitCode of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Triggered triggered -> SUCCESS;
            case Verdict.Succeeded succeeded -> SUCCESS;
            case Verdict.Failed failed -> RUN_FAILED;
            case Verdict.Cancelled cancelled -> RUN_CANCELLED;
            case Verdict.Superseded superseded -> SUPERSEDED;
            case Verdict.Conflicted conflicted -> CONFLICTED;
            case Verdict.DeadlinePassed passed -> DEADLINE;
        };
    }

    /// Every code with its meaning, as `--help` lists them.
    public static Map<String, String> list() {
        var list = new LinkedHashMap<String, String>();
        for (ExitCode exitCode : values()) {
            list.put(Integer.toString(exitCode.code), exitCode.meaning);
        }
        return list;
    }
}
