package io.github.dbtc4j.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.recipe.RecipeYaml;
import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `dbtc init` writes the recipe of the repository's CI system.
class InitTest {

    /// The account's id is the example's job, and the other way round.
    private static final String URL =
            "--job-url=https://xy987.eu1.dbt.com/deploy/73797/projects/1/jobs/43786";

    @TempDir private Path folder;

    @BeforeEach
    void makeARepository() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
    }

    private Prompt init(int exitCode, String... args) {
        var all = new ArrayList<>(List.of("init", "--repository=" + folder));
        all.addAll(List.of(args));
        var prompt = new Prompt(Map.of());
        assertThat(prompt.dbtc(all.toArray(String[]::new))).as(prompt.err()).isEqualTo(exitCode);
        return prompt;
    }

    private static String recipe(Recipe recipe) throws IOException {
        String source =
                switch (recipe) {
                    case GITHUB -> "github/dbt-ci.yml";
                    case GITLAB -> "gitlab/example.gitlab-ci.yml";
                    case AZURE -> "azure/azure-pipelines.yml";
                    case BITBUCKET -> "bitbucket/bitbucket-pipelines.yml";
                    case BUILDKITE -> "buildkite/pipeline.yml";
                    case CIRCLECI -> "circleci/config.yml";
                    case JENKINS -> "jenkins/Jenkinsfile";
                    case CODEBUILD -> "codebuild/buildspec.yml";
                };
        return Files.readString(Repository.ROOT.resolve("ci").resolve(source));
    }

    /// The recipe with the values of [#URL], by other means than those of the command.
    private static String filled(Recipe recipe) throws IOException {
        return recipe(recipe)
                .replace("73797", "#job#")
                .replace("43786", "73797")
                .replace("#job#", "43786")
                .replace("ab123.us1.dbt.com", "xy987.eu1.dbt.com");
    }

    @ParameterizedTest
    @EnumSource
    void writesTheRecipeWithYourJobInIt(Recipe recipe) throws IOException {
        Prompt prompt = init(0, "--ci=" + recipe.label(), URL);

        assertThat(folder.resolve(recipe.target())).content().isEqualTo(filled(recipe));
        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err()).startsWith("Wrote " + folder.resolve(recipe.target()));
        assertThat(files()).containsExactly(recipe.target());
    }

    @ParameterizedTest
    @EnumSource
    void printsItAndWritesNothingIfAsked(Recipe recipe) throws IOException {
        Prompt prompt = init(0, "--ci=" + recipe.label(), URL, "--print");

        assertThat(prompt.out()).isEqualTo(filled(recipe));
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BITBUCKET") // it takes variables
    void theRecipeHasEachValue(Recipe recipe) throws IOException {
        assertThat(recipe(recipe)).contains("73797", "43786", "ab123.us1.dbt.com");
    }

    @ParameterizedTest
    @EnumSource
    void neverOverwrites(Recipe recipe) throws IOException {
        Path file = folder.resolve(recipe.target());
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine\n");

        Prompt prompt = init(2, "--ci=" + recipe.label(), URL);

        assertThat(file).content().isEqualTo("mine\n");
        assertThat(prompt.out()).isEqualTo(filled(recipe));
        assertThat(prompt.err())
                .startsWith(recipe.target() + " is there already and stays as it is. ")
                .containsPattern("Add the .* to |Keep it beside under another name")
                .contains("\nNext:\n1. ");
        assertThat(files()).containsExactly(recipe.target());
    }

    /// Two files that start dbtc would start the same job twice for each commit.
    @ParameterizedTest
    @EnumSource
    void knowsItsOwnFileAgain(Recipe recipe) throws IOException {
        init(0, "--ci=" + recipe.label(), URL);

        Prompt again = init(0, "--ci=" + recipe.label(), URL);
        assertThat(again.err()).startsWith(recipe.target() + " is there already, and as it would");
        assertThat(again.out()).isEmpty();

        Files.writeString(folder.resolve(recipe.target()), "# mine\n", StandardOpenOption.APPEND);
        Prompt changed = init(2, "--ci=" + recipe.label(), URL);
        assertThat(changed.err())
                .contains("seems to start dbtc already")
                .contains(
                        "dbtc init --ci=%s --host=xy987.eu1.dbt.com --account-id=73797"
                                        .formatted(recipe.label())
                                + " --job-id=43786 --print")
                .doesNotContain("under another name");
    }

    @Test
    void aLinkThatLeadsNowhereIsAFileToo() throws IOException {
        Files.createSymbolicLink(folder.resolve("Jenkinsfile"), folder.resolve("nowhere"));

        init(2, "--ci=jenkins", URL);

        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".github/workflows/x.yml | GITHUB",
                ".github/ISSUE_TEMPLATE.md | GITHUB",
                ".gitlab-ci.yml | GITLAB",
                "azure-pipelines.yml | AZURE",
                "bitbucket-pipelines.yml | BITBUCKET",
                ".buildkite/x.yml | BUILDKITE",
                ".circleci/config.yml | CIRCLECI",
                "Jenkinsfile | JENKINS",
                "buildspec.yml | CODEBUILD",
            })
    void findsTheSystemByItsFiles(String file, Recipe recipe) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), "mine");
        Files.createDirectories(folder.resolve("below/it"));

        assertThat(GitRepository.around(folder.resolve("below/it")).recipes())
                .containsExactly(recipe);
    }

    @ParameterizedTest
    @CsvSource({
        "git@github.com:jaffle/shop.git, GITHUB",
        "https://github.example.com/jaffle/shop, GITHUB",
        "ssh://git@gitlab.com:22/jaffle/shop.git, GITLAB",
        "https://jaffle@dev.azure.com/jaffle/shop/_git/shop, AZURE",
        "https://jaffle.visualstudio.com/shop/_git/shop, AZURE",
        "git@bitbucket.org:jaffle/shop.git, BITBUCKET",
        "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/shop, CODEBUILD",
    })
    void findsTheSystemByTheRemoteWhereItHasNoFiles(String url, Recipe recipe) throws IOException {
        Files.writeString(
                folder.resolve(".git/config"),
                """
                [core]
                \tbare = false
                [remote "fork"]
                \turl = https://elsewhere.example.com/github/x
                [remote "origin"]
                \turl = %s
                \tfetch = +refs/heads/*:refs/remotes/origin/*
                """
                        .formatted(url));
        Path tree = folder.resolve("tree");
        Files.createDirectories(folder.resolve(".git/worktrees/tree"));
        Files.writeString(folder.resolve(".git/worktrees/tree/commondir"), "../..\n");
        Files.createDirectories(tree);
        Files.writeString(
                tree.resolve(".git"), "gitdir: " + folder.resolve(".git/worktrees/tree") + "\n");

        assertThat(new GitRepository(folder).recipes()).containsExactly(recipe);
        assertThat(GitRepository.around(tree).root()).isEqualTo(tree);
        assertThat(GitRepository.around(tree).recipes()).containsExactly(recipe);
    }

    @Test
    void asksWhichOfSeveralSystemsAndWhereThereIsNone() throws IOException {
        assertThat(init(2, URL).err())
                .contains("No CI system's file was found in " + folder, "--ci=github");
        Files.writeString(folder.resolve("Jenkinsfile"), "mine");
        Files.writeString(folder.resolve("buildspec.yml"), "mine");

        assertThat(init(2, URL).err())
                .contains("Jenkinsfile (--ci=jenkins), buildspec.yml (--ci=codebuild)");
    }

    @Test
    void takesTheParts() throws IOException {
        Prompt prompt =
                init(
                        0,
                        "--ci=circleci",
                        "--host=xy987.eu1.dbt.com",
                        "--account-id=73797",
                        "--job-id=43786",
                        "--print");

        assertThat(prompt.out()).isEqualTo(filled(Recipe.CIRCLECI));
        assertThat(init(2, "--ci=circleci", "--host=xy987.eu1.dbt.com", "--account-id=1").err())
                .contains("--job-id=ID", "--job-url");
        assertThat(init(2, "--ci=circleci", "--account-id=1", "--job-id=2").err())
                .contains("--host", "--job-url");
    }

    @ParameterizedTest
    @EnumSource
    void theStepsNameTheSecretAndEachGap(Recipe recipe) throws IOException {
        String err = init(0, "--ci=" + recipe.label(), URL).err();
        List<String> written = Files.readAllLines(folder.resolve(recipe.target()));
        var gaps =
                Pattern.compile("In line (\\d+) of \\S+ replace (YOUR-[A-Z-]+) ")
                        .matcher(err)
                        .results()
                        .toList();
        String whole = recipe(recipe) + (recipe == Recipe.AZURE ? azureSteps() : "");

        assertThat(gaps)
                .isNotEmpty()
                .allSatisfy(gap ->
                        assertThat(written.get(Integer.parseInt(gap.group(1)) - 1))
                                .contains(gap.group(2)));
        assertThat(written).filteredOn(line -> line.contains("YOUR-")).hasSameSizeAs(gaps);
        assertThat(written).filteredOn(line -> line.contains("YOUR-ORG")).hasSize(1);
        assertThat(Stream.of("DBT_CLOUD_API_KEY", "DBT_CLOUD_TOKEN", "dbt-cloud"))
                .filteredOn(err::contains)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(recipe == Recipe.GITLAB ? gitlabTemplate() : whole)
                                .contains(name));
        assertThat(err).contains("\n1. ", "\n2. ", "\n3. ", "\n4. ", "pull request");
        assertThat(Repository.ROOT.resolve(recipe.guide())).exists();
        assertThat(err).contains(recipe.guide());
    }

    private static String azureSteps() throws IOException {
        return Files.readString(Repository.ROOT.resolve("ci/azure/dbtc.yml"));
    }

    private static String gitlabTemplate() throws IOException {
        return Files.readString(Repository.ROOT.resolve("ci/gitlab/dbtc.yml"));
    }

    @ParameterizedTest
    @EnumSource
    void anOwnerThatIsSaidNeedsNoReplacing(Recipe recipe) throws IOException {
        Prompt prompt = init(0, "--ci=" + recipe.label(), URL, "--owner=jaffle", "--print");

        assertThat(prompt.out()).isEqualTo(filled(recipe).replace("YOUR-ORG", "jaffle"));
        assertThat(prompt.err()).doesNotContain("YOUR-ORG");
    }

    @Test
    void bitbucketsVariablesAreAmongTheSteps() {
        assertThat(init(0, "--ci=bitbucket", URL).err())
                .contains(
                        "DBT_CLOUD_HOST=xy987.eu1.dbt.com, DBT_CLOUD_ACCOUNT_ID=73797,"
                                + " DBT_CLOUD_JOB_ID=43786");
    }

    /// Neither new lines nor quotes, and nothing that YAML takes for more than text.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--job-url=https://x.dbt.com/deploy/1/projects/1/jobs/2\nrun: evil",
                "--job-url=https://x.dbt.com'; evil: /deploy/1/projects/1/jobs/2",
                "--job-url=https://x.dbt.com #/deploy/1/projects/1/jobs/2",
                "--job-url=https://${{ secrets.X }}/deploy/1/projects/1/jobs/2",
                "--job-url=https://x.dbt.com/deploy/1/projects/1/jobs/2: evil",
                "--job-url=https://true/deploy/1/projects/1/jobs/2",
                "--job-url=https://1.e5/deploy/1/projects/1/jobs/2",
                "--job-url=https://12.34/deploy/1/projects/1/jobs/2",
                "--job-url=https://&anchor.dbt.com/deploy/1/projects/1/jobs/2",
                "--host=x.dbt.com\nevil: true",
                "--host={a: b}",
                "--host=*x",
                "--host=!!int 5",
                "--owner=x/../y",
                "--owner=x y",
                "--owner=x\nevil: true",
                "--owner=${{ github.head_ref }}",
            })
    void whatIsNoPlainTextIsRefused(String arg) throws IOException {
        for (Recipe recipe : Recipe.values()) {
            Prompt prompt = init(2, "--ci=" + recipe.label(), URL, "--account-id=1", arg);

            assertThat(prompt.out()).isEmpty();
            assertThat(files()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[::1]:8580", "http://localhost:1", "a-1.b.dbt.com:8443"})
    void anyHostIsReadAsTheTextItIs(String host) {
        String text =
                init(0, "--ci=gitlab", "--host=" + host, "--account-id=1", "--job-id=2", "--print")
                        .out();
        var include = RecipeYaml.list(RecipeYaml.parse(text).getFirst().get("include"));

        assertThat(RecipeYaml.at(include.getFirst(), "inputs", "host"))
                .isIn(host, "https://" + host);
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaid() throws IOException {
        Files.writeString(folder.resolve(".circleci"), "no folder");

        assertThat(init(74, "--ci=circleci", URL).err())
                .contains("could not be written", "--print");
    }

    @Test
    void othersMayReadTheFileAsAnyOther() throws IOException {
        init(0, "--ci=jenkins", URL);
        Path any = Files.writeString(folder.resolve("any"), "text");

        assertThat(Files.getPosixFilePermissions(folder.resolve("Jenkinsfile")))
                .isEqualTo(Files.getPosixFilePermissions(any))
                .contains(PosixFilePermission.OWNER_READ);
    }

    /// All files but git's.
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> Files.isRegularFile(path) || Files.isSymbolicLink(path))
                    .map(path -> folder.relativize(path).toString())
                    .filter(path -> !path.startsWith(".git/"))
                    .toList();
        }
    }
}
