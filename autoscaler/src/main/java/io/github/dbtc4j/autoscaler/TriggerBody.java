package io.github.dbtc4j.autoscaler;

import io.github.dbtc4j.autoscaler.observation.PlannerMapper;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.planner.state.Build;
import io.github.dbtc4j.planner.state.CiRequest;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a run is triggered with: the payload, and what depends on the lane.
final class TriggerBody {

    /// The platform's own limit for a run.
    private static final Duration LONGEST_RUN = Duration.ofHours(24);

    /// So long after its own deadline, at which an invocation cancels its run, the platform does.
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Job base;
    private final Payload payload;
    private final Duration limit;

    TriggerBody(Job base, Payload payload, Duration timeout) {
        this.base = base;
        this.payload = payload;
        this.limit = timeout.plus(GRACE);
    }

    /// How long a run may take where neither the payload nor its job says.
    Duration limit() {
        return limit;
    }

    /// What this asks for, in the planner's terms.
    CiRequest request(@Nullable Sequence sequence) {
        return new CiRequest(
                payload.pullRequest().orElse(null),
                sequence,
                payload.shortSha().orElse(null),
                build(true),
                build(false));
    }

    /// The fields that trigger a run on `lane` under `claim`.
    Map<String, @Nullable Object> on(JobId lane, Claim claim) {
        Map<String, @Nullable Object> body = fields(lane.value() == base.id());
        body.put("cause", claim.appendTo(payload.cause()));
        return body;
    }

    private Build build(boolean onBase) {
        return PlannerMapper.build(base.projectId(), fields(onBase));
    }

    private Map<String, @Nullable Object> fields(boolean onBase) {
        var fields = new LinkedHashMap<String, @Nullable Object>(payload.fields());
        // a run whose pipeline was killed must not go on for ever
        if (limit.compareTo(LONGEST_RUN) < 0 && onBase && !isLimited()) {
            fields.putIfAbsent("timeout_seconds_override", limit.toSeconds());
        }
        // without it the platform would name the schema after the clone, and nothing would drop it
        payload.pullRequest()
                .filter(_ -> !onBase && fields.get("schema_override") == null)
                .ifPresent(request ->
                        fields.put(
                                "schema_override",
                                "dbt_cloud_pr_" + base.id() + "_" + request.number()));
        return fields;
    }

    private boolean isLimited() {
        return base.timeoutSeconds() > 0 && base.timeoutSeconds() <= limit.toSeconds();
    }
}
