package io.github.dbtc4j.cli.init;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What is left to do for people once they have the file.
///
/// Where each system keeps secrets: docs.github.com/en/actions/how-tos/write-workflows,
/// docs.gitlab.com/ci/variables,
/// learn.microsoft.com/azure/devops/pipelines/process/set-secret-variables,
/// support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets,
/// buildkite.com/docs/pipelines/security/secrets, circleci.com/docs/guides/security/contexts,
/// jenkins.io/doc/book/using/using-credentials and
/// docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html.
final class NextSteps {

    private static final Pattern GAP = Pattern.compile("YOUR-[A-Z-]*[A-Z]");

    private NextSteps() {}

    /// The steps, one each.
    ///
    /// @param text what the file holds
    static List<String> of(Recipe recipe, String text, RecipeValues values) {
        var steps = new ArrayList<String>();
        steps.add(copy(recipe));
        steps.add(secret(recipe));
        gaps(recipe, text, steps);
        steps.addAll(setUp(recipe, values));
        steps.add(
                "In the dbt job turn off the run on pull requests, or every commit is built"
                        + " twice.");
        if (closes(recipe)) {
            steps.add(
                    "Put the macro of docs/drop-schemas.md into your dbt project, or set"
                            + " DBTC_DROP_SCHEMAS=false.");
        }
        steps.add(
                "Commit the file, push it on a branch and open a pull request: its pipeline builds"
                        + " it. Where something is wrong, `dbtc doctor` says what. "
                        + recipe.guide()
                        + " explains each line.");
        return List.copyOf(steps);
    }

    /// Where in a file that is there already the text belongs.
    ///
    /// @param print the command that prints it
    static String place(Recipe recipe, String print) {
        return switch (recipe) {
            case GITHUB ->
                    "Keep it beside under another name: " + print + " > .github/workflows/dbt.yml";
            case GITLAB -> "Add the entry below to its list `include`.";
            case AZURE ->
                    "Keep it beside under another name and make a pipeline of its own of it: "
                            + print
                            + " > azure-pipelines-dbt.yml";
            case BITBUCKET ->
                    "Add the script below `definitions`, the first step to"
                            + " `pipelines: pull-requests`, and the second to that of your main"
                            + " branch below `branches`.";
            case BUILDKITE -> "Add the variables to `env` and the step to `steps`.";
            case CIRCLECI -> "Add the job `dbt` to `jobs`, and its name to the jobs of a workflow.";
            case JENKINS -> "Add the stage to `stages`, and what is in `environment`.";
            case CODEBUILD ->
                    "Keep it beside under another name and name it in a project of its own: "
                            + print
                            + " > buildspec-dbt.yml";
        };
    }

    /// What the file loads the command from, as long as there is no release of this software.
    private static String copy(Recipe recipe) {
        return switch (recipe) {
            case GITHUB ->
                    "Keep a copy of dbtc4j on GitHub, and give the commit that you have read the"
                            + " tag in the line `uses`.";
            case GITLAB, AZURE ->
                    "Keep a copy of dbtc4j on GitHub with the tag v0.1.0, and a release of it with"
                            + " the wheel that `make dist wheel` makes. The input `package` names"
                            + " that wheel; its default names no owner.";
            case BITBUCKET, BUILDKITE, CIRCLECI, JENKINS, CODEBUILD ->
                    "Keep a copy of dbtc4j on GitHub with a release v0.1.0 that has the wheel of"
                            + " `make dist wheel`; DBTC_PACKAGE names that wheel.";
        };
    }

    private static String secret(Recipe recipe) {
        return secretIn(recipe) + " It is a token of dbt that may run, create and delete jobs.";
    }

    private static String secretIn(Recipe recipe) {
        return switch (recipe) {
            case GITHUB ->
                    "Make the secret DBT_CLOUD_API_KEY in the repository: Settings, Secrets and"
                            + " variables, Actions; or `gh secret set DBT_CLOUD_API_KEY`.";
            case GITLAB ->
                    "Make the masked variable DBT_CLOUD_API_KEY in the project: Settings, CI/CD,"
                            + " Variables. Leave it unprotected: pipelines of merge requests see no"
                            + " protected ones.";
            case AZURE ->
                    "Make the secret variable DBT_CLOUD_TOKEN in the pipeline: Edit, Variables.";
            case BITBUCKET ->
                    "Make the secured variable DBT_CLOUD_API_KEY in the repository: Repository"
                            + " settings, Repository variables.";
            case BUILDKITE ->
                    "Give the steps DBT_CLOUD_API_KEY in their environment: from a secret of the"
                            + " cluster, or from an agent's hook.";
            case CIRCLECI ->
                    "Make the variable DBT_CLOUD_API_KEY in the project: Project Settings,"
                            + " Environment Variables.";
            case JENKINS ->
                    "Make a credential with the id dbt-cloud, of the kind secret text: Manage"
                            + " Jenkins, Credentials.";
            case CODEBUILD ->
                    "Make the secret dbt-cloud with a key token in AWS Secrets Manager, and let the"
                            + " project's role read it.";
        };
    }

    private static void gaps(Recipe recipe, String text, List<String> steps) {
        List<String> lines = text.lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            var gap = GAP.matcher(lines.get(line));
            if (gap.find()) {
                steps.add(
                        "In line %d of %s replace %s by %s."
                                .formatted(
                                        line + 1,
                                        recipe.target(),
                                        gap.group(),
                                        value(gap.group())));
            }
        }
    }

    private static String value(String gap) {
        return gap.equals(RecipeValues.OWNER)
                ? "the owner of your copy of dbtc4j on GitHub; `--owner` does that for you"
                : "the name of the project's service connection to GitHub";
    }

    private static List<String> setUp(Recipe recipe, RecipeValues values) {
        return switch (recipe) {
            case GITHUB, GITLAB -> List.of();
            case AZURE ->
                    List.of(
                            "Make a pipeline of the file, and have it started by the build"
                                    + " validation policy of your main branch. Its name stands"
                                    + " below `trigger`.");
            case BITBUCKET ->
                    List.of(
                            "Make further variables there, not secured: DBT_CLOUD_HOST=%s,"
                                            .formatted(values.hostText())
                                    + " DBT_CLOUD_ACCOUNT_ID=%d, DBT_CLOUD_JOB_ID=%d."
                                            .formatted(values.account(), values.job()),
                            "If your main branch is not called main, write its name below"
                                    + " `branches`.");
            case BUILDKITE ->
                    List.of("Let the pipeline build pull requests: its settings, GitHub.");
            case CIRCLECI ->
                    List.of("Turn on \"Only build pull requests\": Project Settings, Advanced.");
            case JENKINS ->
                    List.of(
                            "Make a multibranch pipeline that discovers the head of pull requests,"
                                    + " not only the merge.");
            case CODEBUILD ->
                    List.of(
                            "Let the project's webhook start a build for PULL_REQUEST_CREATED,"
                                    + " _UPDATED, _REOPENED, _MERGED and _CLOSED.");
        };
    }

    /// Whether the recipe also cleans up after a pull request.
    private static boolean closes(Recipe recipe) {
        return switch (recipe) {
            case GITHUB, GITLAB, AZURE, BITBUCKET, CODEBUILD -> true;
            case BUILDKITE, CIRCLECI, JENKINS -> false;
        };
    }
}
