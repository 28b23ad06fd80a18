package io.github.dbtc4j.cli.web;

import io.github.dbtc4j.cli.session.Session;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;

import picocli.CommandLine.Option;

import java.util.Objects;

/// `--web`.
public final class WebOption {

    @Option(
            names = "--web",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_WEB",
            description =
                    "Open the page in the browser and print nothing; without a display, print its"
                            + " address [env: DBTC_WEB].")
    public boolean given;

    /// Opens the page of `run`.
    public int open(Session session, Run run) {
        String page =
                "%s/deploy/%d/projects/%d/runs/%d/"
                        .formatted(
                                session.client().host(),
                                run.accountId(),
                                run.projectId(),
                                run.id());
        return open(session, Objects.requireNonNullElse(run.href(), page));
    }

    /// Opens the page of `job`.
    public int open(Session session, Job job) {
        return open(
                session,
                "%s/deploy/%d/projects/%d/jobs/%d"
                        .formatted(
                                session.client().host(),
                                job.accountId(),
                                job.projectId(),
                                job.id()));
    }

    private static int open(Session session, String page) {
        if (!Browser.of(session.shell().environment()).open(page)) {
            session.result().address(page);
        }
        return ExitCode.SUCCESS.code();
    }
}
