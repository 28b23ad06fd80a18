package io.github.dbtc4j.simulation.strategy;

import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Job;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.client.model.Trigger;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rule of the original's guide, as it is described there and as users reported it to act:
///
/// - it looks once, at the first page of the account's runs in progress;
/// - a run for the same pull request *number* is cancelled, of any repository, the first one only,
///   and the CI job is triggered at once, without waiting for the end of what was cancelled;
/// - if the CI job is busy with something else, it is cloned, unless the runs in progress, queued
///   ones included, have reached the account's run slots;
/// - the clone is a copy of all fields but a list of known ones, and is deleted after its run if
///   nothing goes wrong until then.
///
/// In its favour, the copy leaves out what today's platform would refuse, so that cloning works.
final class OriginalPipeline implements Pipeline {

    private static final List<String> FIELDS =
            List.of("github_pull_request_id", "gitlab_merge_request_id");

    /// What is left out of a copy: everything else goes along, triggers included.
    private static final Set<String> NOT_COPIED =
            Set.of(
                    "is_deferrable",
                    "raw_dbt_version",
                    "run_failure_count",
                    "lifecycle_webhooks_url",
                    "deactivated",
                    "created_at",
                    "updated_at",
                    "generate_sources",
                    "job_type",
                    "next_run",
                    "next_run_humanized",
                    "cron_humanized",
                    "most_recent_run",
                    "most_recent_completed_run",
                    "account",
                    "project",
                    "environment");

    @Override
    public String play(Stage stage) throws InterruptedException {
        List<Run> inProgress =
                stage.client()
                        .runs()
                        .page(
                                stage.accountId(),
                                RunQuery.all()
                                        .statusIn(Known.QUEUED, Known.STARTING, Known.RUNNING)
                                        .include(Include.TRIGGER))
                        .data();
        Optional<Run> samePullRequest =
                inProgress.stream()
                        .filter(run -> isSamePullRequest(stage, run.trigger()))
                        .findFirst();
        if (samePullRequest.isPresent()) {
            stage.client().runs().cancel(stage.accountId(), samePullRequest.get().id());
            return run(stage, stage.ciJob(), stage.waits());
        }
        boolean busy = inProgress.stream().anyMatch(run -> run.jobId() == stage.ciJob());
        return busy && inProgress.size() < runSlots(stage)
                ? runOnClone(stage)
                : run(stage, stage.ciJob(), stage.waits());
    }

    private static String runOnClone(Stage stage) throws InterruptedException {
        Job base = stage.client().jobs().get(stage.accountId(), stage.ciJob()).data();
        var definition = new LinkedHashMap<String, @Nullable Object>(base.fields());
        definition.keySet().removeAll(NOT_COPIED);
        definition.put("id", null);
        if (definition.get("triggers") instanceof Map<?, ?> triggers) {
            var accepted = new LinkedHashMap<Object, @Nullable Object>(triggers);
            accepted.remove("custom_branch_only");
            definition.put("triggers", accepted);
        }
        definition.put("name", base.name() + " [CLONED " + stage.system().now() + "]");
        Job clone = stage.client().jobs().create(stage.accountId(), definition).data();
        String ended = run(stage, clone.id(), true);
        stage.client().jobs().delete(stage.accountId(), clone.id());
        return ended;
    }

    private static String run(Stage stage, long job, boolean waits) throws InterruptedException {
        Run run = stage.client().jobs().trigger(stage.accountId(), job, stage.payload()).data();
        if (!waits) {
            return "triggered";
        }
        return stage.await(run).status().label().toLowerCase(Locale.ROOT);
    }

    private static int runSlots(Stage stage) {
        Integer runSlots = stage.client().accounts().get(stage.accountId()).data().runSlots();
        return runSlots == null ? 0 : runSlots;
    }

    /// Without a pull request every other run without one is the same.
    private static boolean isSamePullRequest(Stage stage, @Nullable Trigger trigger) {
        return trigger != null
                && FIELDS.stream()
                        .filter(stage.payload()::containsKey)
                        .allMatch(field ->
                                String.valueOf(stage.payload().get(field))
                                        .equals(String.valueOf(trigger.fields().get(field))));
    }
}
