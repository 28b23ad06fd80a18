package io.github.dbtc4j.autoscaler.event;

import io.github.dbtc4j.client.model.Job;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What is unusual about a base job, for a job that is triggered by a pipeline (seed,
/// "Considerations").
public enum JobWarning {
    /// Pull requests also trigger it by themselves: every commit would be built twice.
    ALSO_TRIGGERED_BY_PULL_REQUESTS,
    /// A schedule, merges or another job start it too: such a run is no pull request's, keeps the
    /// job busy, and builds where the job builds without an override.
    ALSO_STARTED_OTHERWISE,
    /// It defers to nothing, so models that did not change are built or missing.
    NO_DEFERRAL,
    /// None of its steps selects `state:modified`, so everything is built.
    NO_STATE_SELECTION,
    /// The platform switched it off after 100 failures in a row.
    DEACTIVATED;

    public static Set<JobWarning> of(Job base) {
        Set<JobWarning> all = EnumSet.noneOf(JobWarning.class);
        if (base.triggers().githubWebhook() || base.triggers().gitProviderWebhook()) {
            all.add(ALSO_TRIGGERED_BY_PULL_REQUESTS);
        }
        if (base.triggers().schedule()
                || base.triggers().onMerge()
                || base.startsAfterAnotherJob()) {
            all.add(ALSO_STARTED_OTHERWISE);
        }
        if (base.deferringEnvironmentId() == null && base.deferringJobId() == null) {
            all.add(NO_DEFERRAL);
        }
        if (base.executeSteps().stream()
                .noneMatch(step -> step.toLowerCase(Locale.ROOT).contains("state:modified"))) {
            all.add(NO_STATE_SELECTION);
        }
        if (base.deactivated()) {
            all.add(DEACTIVATED);
        }
        return all;
    }
}
