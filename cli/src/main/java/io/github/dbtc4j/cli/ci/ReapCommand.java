package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.cli.narration.Plural;
import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.CloneTtlOption;
import io.github.dbtc4j.cli.option.DryRunOption;
import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.CloneInspection;
import io.github.dbtc4j.planner.state.JobId;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/// `dbtc reap`.
@Command(
        description = {
            "Delete idle clones.",
            "A clone is deleted only on proof: its name and marker say whose clone it is, its"
                + " triggers are off, nothing runs on it, and it has been idle for --clone-ttl. All"
                + " that is checked twice, some seconds apart. A clone made with --cleanup=never is"
                + " kept.",
            "Prints each clone with the conditions for deleting it, met (+) or not (-), on standard"
                    + " error, and the same as a JSON array."
        },
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --job-id=73797 --dry-run")
final class ReapCommand implements Callable<Integer> {

    /// More at once than pipelines leave behind in a day: rather something is wrong.
    private static final int MOST_EXPECTED = 5;

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();

    @Option(
            names = {"-j", "--job-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBT_CLOUD_JOB_ID",
            description = "Only clones of this job [env: DBT_CLOUD_JOB_ID].")
    private @Nullable Long baseJob;

    @Mixin private final DryRunOption dryRun = new DryRunOption();

    @Option(
            names = "--all",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_REAP_ALL",
            description =
                    "Delete even if it is more than "
                            + MOST_EXPECTED
                            + "; otherwise none then"
                            + " [env: DBTC_REAP_ALL].")
    private boolean all;

    @Mixin private final CloneTtlOption ttl = new CloneTtlOption();

    ReapCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Session session = Session.open(dbtc);
        var failed = new AtomicBoolean();
        var reaper =
                new Reaper(
                        session.client(),
                        SystemContext.real(),
                        event -> {
                            session.narration().onEvent(event);
                            failed.compareAndSet(false, event instanceof Event.CloneKept);
                        });
        List<CloneInspection> clones = reaper.inspect(account.id, baseJob);
        session.result().show(ReapTable.lines(clones, ttl.time));
        long expired = clones.stream().filter(clone -> clone.isExpired(ttl.time)).count();
        boolean tooMany = expired > MOST_EXPECTED && !all;
        List<JobId> deleted =
                dryRun.given || tooMany ? List.of() : reaper.reap(account.id, clones, ttl.time);
        session.result().conclude(summary(expired, deleted.size(), tooMany));
        session.result().offer(ReapJson.of(clones, ttl.time, deleted));
        if (tooMany && !dryRun.given) {
            return ExitCode.TOO_MANY.code();
        }
        return (failed.get() ? ExitCode.PLATFORM : ExitCode.SUCCESS).code();
    }

    private String summary(long expired, int deleted, boolean tooMany) {
        String clones = Plural.of(expired, "clone");
        if (expired == 0) {
            return "No clone to delete.";
        }
        if (tooMany) {
            return "%s to delete, which is more than %d: nothing was deleted. --all deletes them."
                    .formatted(clones, MOST_EXPECTED);
        }
        return dryRun.given
                ? clones + " to delete; nothing was deleted."
                : "Deleted %d of %s to delete.".formatted(deleted, clones);
    }
}
