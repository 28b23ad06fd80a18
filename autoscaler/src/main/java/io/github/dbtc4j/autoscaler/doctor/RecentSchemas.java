package io.github.dbtc4j.autoscaler.doctor;

import io.github.dbtc4j.autoscaler.observation.PlannerMapper;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.PullRequest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Where the base job's recent runs for pull requests built, as far as their payloads said.
final class RecentSchemas {

    private static final int NEWEST_RUNS = 100;

    private RecentSchemas() {}

    /// What speaks against how the payloads choose schemas. Nothing where the runs may not be
    /// listed, which is a finding of its own.
    static List<Finding> of(DbtCloudClient client, Job job) {
        try {
            RunQuery newest =
                    RunQuery.all()
                            .jobId(job.id())
                            .orderBy("-id")
                            .limit(NEWEST_RUNS)
                            .include(Include.TRIGGER);
            return findings(
                    client.runs().page(job.accountId(), newest).data().stream()
                            .map(run -> PlannerMapper.observed(run, false, null))
                            .filter(run -> run.pullRequest() != null)
                            .toList());
        } catch (DbtCloudException.NotFound | DbtCloudException.Rejected e) {
            return List.of();
        }
    }

    private static List<Finding> findings(List<ObservedRun> runs) {
        var findings = new ArrayList<Finding>();
        runs.stream()
                .filter(run -> run.build().schema() == null)
                .findFirst()
                .ifPresent(run -> findings.add(new Finding.SchemaNotNamed(run.id())));
        Map<String, Set<PullRequest>> users = new LinkedHashMap<>();
        for (ObservedRun run : runs) {
            String schema = run.build().schema();
            PullRequest user = run.pullRequest();
            if (schema != null && user != null) {
                users.computeIfAbsent(schema.toLowerCase(Locale.ROOT), _ -> new LinkedHashSet<>())
                        .add(user);
            }
        }
        users.forEach((schema, all) -> {
            if (all.size() > 1) {
                findings.add(new Finding.SchemaShared(schema, List.copyOf(all)));
            }
        });
        return findings;
    }
}
