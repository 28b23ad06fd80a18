package io.github.dbtc4j.cli.jobs;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.CountConverter;
import io.github.dbtc4j.cli.option.IdConverter;
import io.github.dbtc4j.cli.option.ProjectOption;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.model.JobQuery;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/// `dbtc jobs list`.
@Command(
        description =
                "Print all jobs: a table on a terminal, else the platform's JSON. From as many"
                        + " pages as it takes; one page with --limit or --offset.",
        footerHeading = "%nExample:%n",
        footer = "  ${COMMAND-FULL-NAME} --project-id=1 | jq '.data[] | .id, .name'")
final class JobsListCommand implements Callable<Integer> {

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final ProjectOption project = new ProjectOption();

    @Option(
            names = {"-e", "--environment-id"},
            paramLabel = "ID",
            converter = IdConverter.class,
            descriptionKey = "DBTC_JOBS_ENVIRONMENT_ID",
            description = "Only jobs in this environment [env: DBTC_JOBS_ENVIRONMENT_ID].")
    private @Nullable Long environmentId;

    @Option(
            names = "--order-by",
            paramLabel = "FIELD",
            descriptionKey = "DBTC_JOBS_ORDER_BY",
            description =
                    "A field of jobs to order by, with a leading - for descending; default id"
                            + " [env: DBTC_JOBS_ORDER_BY].")
    private @Nullable String orderBy;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = CountConverter.class,
            descriptionKey = "DBTC_JOBS_LIMIT",
            description = "How many at most, 1 to 100; default all [env: DBTC_JOBS_LIMIT].")
    private @Nullable Integer limit;

    @Option(
            names = "--offset",
            paramLabel = "N",
            converter = CountConverter.class,
            descriptionKey = "DBTC_JOBS_OFFSET",
            description = "How many to leave out first; default 0 [env: DBTC_JOBS_OFFSET].")
    private @Nullable Integer offset;

    JobsListCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        JobQuery query = query();
        Session session = Session.open(dbtc);
        var jobs = session.client().jobs().list(account.id, query);
        return session.print(jobs.json(), JobText.table(jobs.data()));
    }

    private JobQuery query() {
        JobQuery query = JobQuery.all();
        if (project.id != null) {
            query = query.projectId(project.id);
        }
        if (environmentId != null) {
            query = query.environmentId(environmentId);
        }
        if (orderBy != null) {
            query = query.orderBy(orderBy);
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
