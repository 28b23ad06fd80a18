package io.github.dbtc4j.cli.init;

import io.github.dbtc4j.cli.option.AccountOption;
import io.github.dbtc4j.cli.option.JobOption;
import io.github.dbtc4j.cli.session.Dbtc;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.PlainText;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.access.Host;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `dbtc init`.
@Command(
        description = {
            "Write the file that has your CI system build pull requests with a dbt job.",
            "Finds the CI system in the repository, and writes its recipe with your job in it; then"
                    + " says what is left to do. Never changes a file that is there: prints what"
                    + " to add to it instead, and ends with 2. Sends nothing and needs no token."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ${COMMAND-FULL-NAME}"
                    + " --job-url=https://ab123.us1.dbt.com/deploy/43786/projects/1/jobs/73797",
            "  ${COMMAND-FULL-NAME} --ci=gitlab --host=ab123.us1.dbt.com --account-id=43786"
                    + " --job-id=73797 --print",
        })
public final class InitCommand implements Callable<Integer> {

    private static final int LARGEST = 1 << 20;

    private final Dbtc dbtc;
    @Mixin private final AccountOption account = new AccountOption();
    @Mixin private final JobOption job = new JobOption();

    @Option(
            names = "--ci",
            paramLabel = "SYSTEM",
            converter = RecipeConverter.class,
            completionCandidates = RecipeConverter.class,
            descriptionKey = "DBTC_INIT_CI",
            description =
                    "The CI system: github, gitlab, azure, bitbucket, buildkite, circleci, jenkins"
                            + " or codebuild. Default: the one whose files the repository has, or"
                            + " else that of the host of its remote origin [env: DBTC_INIT_CI].")
    private @Nullable Recipe ci;

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            descriptionKey = "DBTC_INIT_OWNER",
            description =
                    "Who on GitHub has the copy of dbtc4j that the pipeline is to use. Without it"
                            + " YOUR-ORG stands in its place, and the last lines say where"
                            + " [env: DBTC_INIT_OWNER].")
    private @Nullable String owner;

    @Option(
            names = "--print",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_INIT_PRINT",
            description =
                    "Print the file to standard output and write nothing [env: DBTC_INIT_PRINT].")
    private boolean print;

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            defaultValue = ".",
            descriptionKey = "DBTC_INIT_REPOSITORY",
            description =
                    "A folder of the repository, default this one [env: DBTC_INIT_REPOSITORY].")
    private Path repository = Path.of(".");

    /// The command, for what `dbtc` was told.
    public InitCommand(Dbtc dbtc) {
        this.dbtc = dbtc;
    }

    @Override
    public Integer call() throws IOException {
        RecipeValues values = values();
        GitRepository at = GitRepository.around(repository);
        Recipe recipe = ci == null ? found(at) : ci;
        String text = values.fill(recipe.text());
        ExitCode ended = print ? printed(recipe, text) : written(at, recipe, values, text);
        say("");
        say("Next:");
        List<String> steps = NextSteps.of(recipe, text, values);
        for (int i = 0; i < steps.size(); i++) {
            say("%d. %s".formatted(i + 1, steps.get(i)));
        }
        return ended.code();
    }

    private RecipeValues values() {
        String host =
                dbtc.host()
                        .orElseThrow(() ->
                                new UsageException(
                                        "missing: the account's own host. Give it with --host or"
                                                + " the variable DBT_CLOUD_HOST; --job-url, the"
                                                + " address of the job's page, names it too."));
        try {
            return new RecipeValues(Host.parse(host), account.id, job.id, owner);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Recipe found(GitRepository at) throws IOException {
        List<Recipe> recipes = at.recipes();
        if (recipes.size() == 1) {
            return recipes.getFirst();
        }
        String root = PlainText.of(at.root().toString());
        if (recipes.isEmpty()) {
            throw new UsageException(
                    "No CI system's file was found in %s, and no remote on a git host that brings"
                                    .formatted(root)
                            + " one along. Name yours with --ci, such as --ci=github.");
        }
        throw new UsageException(
                "Files of several CI systems were found in %s: %s. Name the one for dbt with --ci."
                        .formatted(
                                root,
                                recipes.stream()
                                        .map(recipe ->
                                                "%s (--ci=%s)"
                                                        .formatted(recipe.mark(), recipe.label()))
                                        .collect(Collectors.joining(", "))));
    }

    private ExitCode printed(Recipe recipe, String text) {
        say("%s reads this from %s.".formatted(recipe.title(), recipe.target()));
        show(text);
        return ExitCode.SUCCESS;
    }

    private ExitCode written(GitRepository at, Recipe recipe, RecipeValues values, String text)
            throws IOException {
        Path file = at.root().resolve(recipe.target());
        try {
            NewFile.write(file, text);
        } catch (FileAlreadyExistsException e) {
            return kept(file, recipe, values, text);
        } catch (IOException e) {
            throw new IOException(
                    "%s could not be written (%s). Give --print and write it yourself."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
        say("Wrote %s, for %s.".formatted(file, recipe.title()));
        return ExitCode.SUCCESS;
    }

    /// What to do about a file that is there.
    private ExitCode kept(Path file, Recipe recipe, RecipeValues values, String text)
            throws IOException {
        String there = start(file);
        if (there.equals(text)) {
            say(recipe.target() + " is there already, and as it would be written.");
            return ExitCode.SUCCESS;
        }
        String print = values.command(recipe);
        say(
                "%s is there already and stays as it is. %s"
                        .formatted(
                                recipe.target(),
                                there.contains("dbtc")
                                        ? "It seems to start dbtc already, and must not do so twice: compare it with what %s prints."
                                                .formatted(print)
                                        : NextSteps.place(recipe, print)));
        show(text);
        return ExitCode.USAGE;
    }

    /// The text of a file, as far as it is of a size that a pipeline's has.
    private static String start(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    private void show(String text) {
        dbtc.shell().out().print(text);
        dbtc.shell().out().flush();
    }

    private void say(String line) {
        dbtc.stderr().line(line);
    }
}
