package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.clone.CloneDefinition;
import io.github.dbtc4j.autoscaler.clone.Marker;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.event.ProgressListener;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.ApiResponse;
import io.github.dbtc4j.client.model.EnvironmentVariable;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was decided, as requests to the platform.
final class PlatformWriter {

    private final DbtCloudClient client;
    private final Job base;
    private final TriggerBody body;
    private final CiRequest request;
    private final ProgressListener listener;
    private boolean withoutCostOptimization;

    PlatformWriter(
            DbtCloudClient client,
            Job base,
            TriggerBody body,
            CiRequest request,
            ProgressListener listener) {
        this.client = client;
        this.base = base;
        this.body = body;
        this.request = request;
        this.listener = listener;
    }

    /// Creates a clone of the base job, without cost optimisation where the platform refuses a job
    /// with it.
    ///
    /// @param base as it was just read
    Job createClone(Job base, Marker marker, Instant now) {
        Map<String, @Nullable Object> definition =
                CloneDefinition.of(base, marker, now, body.limit());
        if (withoutCostOptimization) {
            definition.remove(CloneDefinition.COST_OPTIMIZATION);
        }
        Job clone;
        try {
            clone = client.jobs().create(base.accountId(), definition).data();
        } catch (DbtCloudException.Rejected e) {
            // what the platform takes for which type of job has changed more than once
            boolean refused = Integer.valueOf(405).equals(e.status());
            if (!refused || definition.remove(CloneDefinition.COST_OPTIMIZATION) == null) {
                throw e;
            }
            withoutCostOptimization = true;
            listener.onEvent(new Event.CostOptimizationLeftOut(e));
            clone = client.jobs().create(base.accountId(), definition).data();
        }
        listener.onEvent(new Event.CloneCreated(clone));
        return clone;
    }

    /// Gives the clone the base job's environment variable overrides, which are resources of their
    /// own. Events name what a clone would lack without.
    void copyOverrides(JobId clone, List<EnvironmentVariable> overrides) {
        var copied = new ArrayList<String>();
        var secrets = new ArrayList<String>();
        for (EnvironmentVariable variable : overrides) {
            EnvironmentVariable.Value value = variable.job();
            if (variable.isSecretOfJob()) {
                secrets.add(variable.name());
            } else if (value != null && value.value() != null) {
                set(clone, variable.name(), value.value());
                copied.add(variable.name());
            }
        }
        if (!copied.isEmpty()) {
            listener.onEvent(new Event.OverridesCopied(clone, copied));
        }
        if (!secrets.isEmpty()) {
            listener.onEvent(new Event.SecretsLeftOut(clone, secrets));
        }
    }

    /// Gives a clone those of the base job's overrides that it has not: a pipeline may have been
    /// killed between making it and copying them.
    ///
    /// @return false, and nothing is copied, where it has another value, or one that the base job
    ///   has no more
    boolean completeOverrides(JobId clone, List<EnvironmentVariable> overrides) {
        if (overrides.isEmpty()) {
            return true;
        }
        Map<String, @Nullable String> there = overridesOf(clone);
        boolean alike = values(overrides).entrySet().containsAll(there.entrySet());
        if (alike) {
            copyOverrides(
                    clone,
                    overrides.stream()
                            .filter(variable -> !there.containsKey(variable.name()))
                            .toList());
        }
        return alike;
    }

    private Map<String, @Nullable String> overridesOf(JobId job) {
        return values(
                client.variables().list(base.accountId(), base.projectId(), job.value()).data());
    }

    private static Map<String, @Nullable String> values(List<EnvironmentVariable> variables) {
        var values = new HashMap<String, @Nullable String>();
        for (EnvironmentVariable variable : variables) {
            EnvironmentVariable.Value value = variable.job();
            if (value != null) {
                values.put(variable.name(), value.value());
            }
        }
        return values;
    }

    /// Sets a variable of a clone. One that another pipeline has set meanwhile is refused.
    private void set(JobId clone, String name, String value) {
        try {
            client.variables()
                    .create(base.accountId(), base.projectId(), clone.value(), name, value);
        } catch (DbtCloudException.Rejected e) {
            if (!value.equals(overridesOf(clone).get(name))) {
                throw e;
            }
        }
    }

    /// Triggers a run on `lane` under the claim of `nonce`.
    ApiResponse<Run> trigger(JobId lane, String nonce) {
        var claim =
                new Claim(
                        new JobId(base.id()),
                        request.pullRequest(),
                        request.sequence(),
                        request.sha(),
                        nonce);
        ApiResponse<Run> answer =
                client.jobs().trigger(base.accountId(), lane.value(), body.on(lane, claim));
        listener.onEvent(new Event.RunTriggered(answer.data()));
        return answer;
    }
}
