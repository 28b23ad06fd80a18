package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.CountConverter;
import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.option.IncludeOption;
import io.github.dbtc4j.cli.option.ProjectOption;
import io.github.dbtc4j.cli.option.RunStatusConverter;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.client.model.RunStatus;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `dbtc runs list`.
@Command(
        description = "Print one page of runs: a table on a terminal, else the platform's JSON.",
        footerHeading = "%nExample:%n",
        footer =
                "  ${COMMAND-FULL-NAME} --status=queued,starting,running --order-by=-id"
                        + " -i trigger")
final class RunsListCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final ProjectOption project = new ProjectOption();

    @Option(
            names = {"-j", "--job-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBTC_RUNS_JOB_ID",
            description = "Only runs of this job, not of its clones [env: DBTC_RUNS_JOB_ID].")
    private @Nullable Long jobId;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            split = ",",
            converter = RunStatusConverter.class,
            descriptionKey = "DBTC_RUNS_STATUS",
            description =
                    "Only runs in this status: queued, starting, running, success, error, cancelled"
                            + " or their numbers; several with commas or as a JSON list"
                            + " [env: DBTC_RUNS_STATUS].")
    private List<RunStatus.Known> statuses = new ArrayList<>();

    @Option(
            names = "--order-by",
            paramLabel = "FIELD",
            descriptionKey = "DBTC_RUNS_ORDER_BY",
            description =
                    "id, created_at or finished_at, with a leading - for descending; default id, on"
                            + " a terminal -id, the newest first [env: DBTC_RUNS_ORDER_BY].")
    private @Nullable String orderBy;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = CountConverter.class,
            descriptionKey = "DBTC_RUNS_LIMIT",
            description = "How many at most, 1 to 100; default 100 [env: DBTC_RUNS_LIMIT].")
    private @Nullable Integer limit;

    @Option(
            names = "--offset",
            paramLabel = "N",
            converter = CountConverter.class,
            descriptionKey = "DBTC_RUNS_OFFSET",
            description = "How many to leave out first; default 0 [env: DBTC_RUNS_OFFSET].")
    private @Nullable Integer offset;

    @Mixin private final IncludeOption include = new IncludeOption();

    RunsListCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        Session session = Session.open(dbtc);
        RunQuery query = query(session.result().isForPeople());
        var page = session.client().runs().page(account.id, query);
        return session.print(page.json(), RunText.table(page.data()));
    }

    /// @param newestFirst where no order was asked for
    private RunQuery query(boolean newestFirst) {
        RunQuery query = RunQuery.all().include(include.related.toArray(Include[]::new));
        if (project.id != null) {
            query = query.projectId(project.id);
        }
        if (jobId != null) {
            query = query.jobId(jobId);
        }
        if (!statuses.isEmpty()) {
            query = query.statusIn(statuses);
        }
        if (orderBy != null || newestFirst) {
            query = query.orderBy(Objects.requireNonNullElse(orderBy, "-id"));
        }
        if (offset != null) {
            query = query.offset(offset);
        }
        try {
            return limit == null ? query : query.limit(limit);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }
}
