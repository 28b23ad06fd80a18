package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.platform.JobDefinition;
import io.github.dbtc4j.sandbox.request.ApiErrorException;
import io.github.dbtc4j.sandbox.request.PythonText;
import io.github.dbtc4j.sandbox.request.Responses;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// `cost_optimization_features`, in which ways a job reuses what others built, and the older
/// `force_node_selection`, which follows from it (terraform-provider-dbtcloud 1.12.4 and 1.12.10,
/// issues 670, 715 and 716).
final class CostOptimization {

    private static final String FEATURES = "cost_optimization_features";
    private static final String FORCE = "force_node_selection";
    private static final String ORCHESTRATION = "state_aware_orchestration";
    private static final String INHERIT = "inherit_environment";

    /// Each of these stands alone.
    private static final Set<String> ALONE = Set.of("dbt_state", INHERIT);

    private CostOptimization() {}

    /// Checks what `body` says and puts what it comes to into `fields`.
    ///
    /// @param old the job before, null for a new one
    /// @throws ApiErrorException 400 for a list that is never valid, 405 for what this type of job
    ///   may not have
    static void settle(
            Map<String, @Nullable Object> body,
            Map<String, @Nullable Object> fields,
            @Nullable JobDefinition old,
            String type,
            AssumptionSet switches) {
        boolean ci = Set.of("ci", "merge").contains(type);
        if (body.get(FEATURES) instanceof List<?> features) {
            check(features);
            if (ci && features.contains(ORCHESTRATION)) {
                throw refused(ORCHESTRATION);
            }
        } else if (body.get(FORCE) instanceof Boolean force) {
            if (ci && !force) {
                throw refused("node_selection");
            }
            return;
        } else if (old == null && switches.is(Assumption.OmittedCostOptimization.INHERIT)) {
            fields.put(FEATURES, List.of(INHERIT));
        }
        fields.put(FORCE, List.of().equals(fields.get(FEATURES)));
    }

    private static void check(List<?> features) {
        for (Object feature : features) {
            if (!ORCHESTRATION.equals(feature) && !ALONE.contains(feature)) {
                throw invalid(PythonText.of(feature) + " is not one of the known features");
            }
            if (ALONE.contains(feature) && features.size() > 1) {
                throw invalid(PythonText.of(feature) + " cannot be combined with other features");
            }
        }
    }

    private static ApiErrorException invalid(String problem) {
        return Responses.invalid(Map.of(FEATURES, problem));
    }

    private static ApiErrorException refused(String feature) {
        return Responses.refusal(405, feature + " are not valid features.", Map.of());
    }
}
