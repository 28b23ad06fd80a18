package io.github.dbtc4j.simulation.history;

import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.simulation.strategy.Pipeline;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// A run that was triggered under a forged claim, and what it truly is.
///
/// @param run as it was in the end
/// @param body the fields it was triggered with
/// @param onLane whether it ran on the base job or a clone of it
/// @param inProject whether it ran in the base job's project
public record ForgedRun(
        RunView run, Map<String, @Nullable Object> body, boolean onLane, boolean inProject) {

    /// Whether it built, on a lane, exactly what `invocation` was to have built.
    public boolean isBuildOf(InvocationRecord invocation, long baseJob) {
        var wanted = Pipeline.payload(baseJob, invocation.pullRequest(), invocation.sha());
        return onLane && without(body).equals(without(wanted));
    }

    private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> body) {
        var fields = new TreeMap<String, @Nullable Object>(body);
        fields.remove("cause");
        fields.values().removeIf(Objects::isNull);
        fields.replaceAll((_, value) -> String.valueOf(value));
        return fields;
    }

    /// Whether its claim says nothing but the truth, and it builds into the schema of the pull
    /// request of `invocation`: then nothing tells it from a newer commit's run, or a later
    /// attempt's. Without a claim that could be read it is like any run of the pull request.
    public boolean couldBeOf(InvocationRecord invocation, long baseJob) {
        return !isLying() && writesInto(invocation, baseJob) && isFor(invocation);
    }

    /// Whether its claim contradicts what is true.
    public boolean isLying() {
        Optional<Claim> claim = Claim.parse(run.cause());
        String sha = run.gitSha();
        return claim.isPresent()
                && !(onLane
                        && Objects.equals(
                                claim.get().pullRequest() == null
                                        ? null
                                        : claim.get().pullRequest().number(),
                                number())
                        && sha != null
                        && claim.get().sha() != null
                        && sha.startsWith(claim.get().sha()));
    }

    private @Nullable Long number() {
        return run.pullRequest().values().stream().findFirst().orElse(null);
    }

    private boolean isFor(InvocationRecord invocation) {
        Integer mine = invocation.pullRequest();
        return mine != null && Objects.equals(number(), mine.longValue());
    }

    /// Whether it writes where the runs of `invocation` do.
    public boolean writesInto(InvocationRecord invocation, long baseJob) {
        Integer mine = invocation.pullRequest();
        String named = run.schemaOverride();
        String schema = named == null ? "dbt_cloud_pr_" + run.jobId() + "_" + number() : named;
        return mine != null && inProject && schema.equals("dbt_cloud_pr_" + baseJob + "_" + mine);
    }

    /// Whether it wrote at some time from `from` on until before `to`.
    public boolean executedWithin(Instant from, Instant to) {
        return new OwnedRun(run, null).executedWithin(from, to);
    }
}
