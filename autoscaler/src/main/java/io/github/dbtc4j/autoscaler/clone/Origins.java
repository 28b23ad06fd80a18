package io.github.dbtc4j.autoscaler.clone;

import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.planner.Origin;
import io.github.dbtc4j.planner.state.JobId;

import java.util.HashMap;
import java.util.Map;

/// Where the base jobs are that markers name, each of them read once.
final class Origins {

    private final DbtCloudClient client;
    private final Map<JobId, Found> found = new HashMap<>();

    /// @param origin [Origin#CONFIRMED] as long as no clone's project was compared
    /// @param project 0 when it is not known
    private record Found(Origin origin, long project) {}

    Origins(DbtCloudClient client) {
        this.client = client;
    }

    /// Takes note of a base job that is known already, so that it is not read again.
    void know(Job base) {
        found.put(new JobId(base.id()), new Found(Origin.CONFIRMED, base.projectId()));
    }

    /// What there is of the base job that `marker`, the one of `clone`, names.
    Origin of(Job clone, Marker marker) {
        Found base = found.get(marker.base());
        if (base == null) {
            base = read(clone.accountId(), marker.base());
            found.put(marker.base(), base);
        }
        return base.origin() == Origin.CONFIRMED && base.project() != clone.projectId()
                ? Origin.ELSEWHERE
                : base.origin();
    }

    private Found read(long accountId, JobId id) {
        try {
            Job base = client.jobs().get(accountId, id.value()).data();
            if (base.isDeleted()) {
                return new Found(Origin.MISSING, 0);
            }
            return CloneDefinition.markerOf(base).isPresent()
                    ? new Found(Origin.ITSELF_A_CLONE, 0)
                    : new Found(Origin.CONFIRMED, base.projectId());
        } catch (DbtCloudException.NotFound e) {
            return new Found(Origin.MISSING, 0);
        } catch (DbtCloudException.Rejected e) {
            return new Found(Origin.REFUSED, 0);
        }
    }
}
