package io.github.dbtc4j.sandbox.option;

import java.util.List;

/// Where to find things in the world a sandbox begins with.
///
/// @param accountId the one account
/// @param token what requests have to carry
/// @param projectId the CI job's project
/// @param otherProjectId the second project
/// @param ciEnvironmentId the environment the CI job runs in
/// @param productionEnvironmentId the environment it defers to
/// @param ciJobId the CI job of the guide's example: `dbt build -s state:modified+`, deferring, no
///   triggers
/// @param newCiJobId a CI job like it that shows no trigger that the platform rejects today:
///   clients that copy all of a job can clone this one
/// @param productionJobIds scheduled jobs of both projects
public record SeededWorld(
        long accountId,
        String token,
        long projectId,
        long otherProjectId,
        long ciEnvironmentId,
        long productionEnvironmentId,
        long ciJobId,
        long newCiJobId,
        List<Long> productionJobIds) {

    public SeededWorld {
        productionJobIds = List.copyOf(productionJobIds);
    }

    /// Everything but the token.
    @Override
    public String toString() {
        return "SeededWorld[account %d, CI job %d]".formatted(accountId, ciJobId);
    }
}
