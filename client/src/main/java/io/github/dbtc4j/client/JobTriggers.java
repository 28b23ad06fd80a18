package io.github.dbtc4j.client;

/// What starts a job by itself. Absent and null read as false.
///
/// @param githubWebhook pull requests, on GitHub
/// @param gitProviderWebhook pull requests, on the other git providers
/// @param schedule the job's schedule
/// @param onMerge merges into the base branch
/// @param customBranchOnly deprecated; old jobs still carry it, new ones must not be sent it (the
///   platform answers 400: dbt-labs/dbt-jobs-as-code#91)
public record JobTriggers(
        boolean githubWebhook,
        boolean gitProviderWebhook,
        boolean schedule,
        boolean onMerge,
        boolean customBranchOnly) {

    static final JobTriggers NONE = new JobTriggers(false, false, false, false, false);

    /// Whether anything but an API call or a person starts the job.
    public boolean any() {
        return githubWebhook || gitProviderWebhook || schedule || onMerge;
    }

    static JobTriggers of(Fields triggers) {
        return new JobTriggers(
                triggers.flag("github_webhook"),
                triggers.flag("git_provider_webhook"),
                triggers.flag("schedule"),
                triggers.flag("on_merge"),
                triggers.flag("custom_branch_only"));
    }
}
