package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.recipe.RecipeYaml;
import io.github.dbtc4j.http.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Everything that is taken from elsewhere is named exactly: in this project's workflows, in its
/// image, in the recipes, and in what its tests install.
class PinsTest {

    private static final Pins PINS = new Pins(Repository.tag());

    @Test
    void everythingIsNamedExactly() throws IOException {
        var loose = new ArrayList<String>();
        List<Path> files = files();
        for (Path file : files) {
            for (String finding : PINS.loose(Files.readString(file))) {
                loose.add(Repository.ROOT.relativize(file) + ": " + finding);
            }
        }

        assertThat(loose).isEmpty();
        assertThat(files)
                .map(path -> Repository.ROOT.relativize(path).toString())
                .contains(
                        ".github/workflows/release.yml",
                        "Dockerfile",
                        "action.yml",
                        "README.md",
                        "ci/gitlab/dbtc.yml",
                        "docs/ci/others.md",
                        "cli/src/test/java/io/github/dbtc4j/cli/recipe/RecipeLint.java");
    }

    /// The file, something in it, and a looser spelling of it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".github/workflows/build.yml | @93cb6efe18208431cddfb8368fd83d5badbf9bfd | @v5",
                ".github/workflows/build.yml | @93cb6efe18208431cddfb8368fd83d5badbf9bfd # v5.0.1"
                        + " | @93cb6efe18208431cddfb8368fd83d5badbf9bfd",
                ".github/workflows/build.yml | @93cb6efe18208431cddfb8368fd83d5badbf9bfd |"
                        + " @93cb6efe",
                "action.yml | @be666c2fcd27ec809703dec50e508c2fdc7f6654 # v5.2.0 | @main",
                "Dockerfile | debian:bookworm-slim@sha256:88 | debian:bookworm-slim",
                "ci/github/dbt-ci.yml | dbtc4j@v0.1.0 | dbtc4j@main",
                "ci/gitlab/dbtc.yml | download/v0.1.0/ | download/v0.2.0/",
                "ci/gitlab/dbtc.yml | \"$DBTC_PACKAGE\" | dbtc4j",
                "ci/gitlab/dbtc.yml | -slim@sha256 | -slim #",
                "ci/gitlab/example.gitlab-ci.yml | /v0.1.0/ | /main/",
                "ci/azure/dbtc.yml | dbtc4j-0.1.0-py3 | dbtc4j-0.2.0-py3",
                "ci/azure/azure-pipelines.yml | ref: refs/tags/v0.1.0 | ref: refs/heads/main",
                "ci/bitbucket/bitbucket-pipelines.yml | download/v0.1.0/ | download/latest/",
                "ci/codebuild/buildspec.yml | \"$DBTC_PACKAGE\" | dbtc4j",
                "docs/migration.md | -b v0.1.0 | -b main",
                "docs/ci/others.md | /tmp/dbtc4j \"$DBTC_PACKAGE\" | /tmp/dbtc4j dbtc4j",
                "cli/src/test/java/io/github/dbtc4j/cli/recipe/RecipeLint.java | \"ci\", |"
                        + " \"install\",",
            })
    void findsWhatIsNot(String file, String exact, String loose) throws IOException {
        String text = Files.readString(Repository.ROOT.resolve(file));
        assertThat(text).contains(exact);

        assertThat(PINS.loose(text.replace(exact, loose))).isNotEmpty();
    }

    @Test
    void theLockFileIsOfThePackagesThatAreAskedFor() throws IOException {
        Path lint = Repository.ROOT.resolve("ci/lint");
        var asked = RecipeYaml.map(Json.readObject(Files.readString(lint.resolve("package.json"))));
        var locked =
                RecipeYaml.map(
                        Json.readObject(Files.readString(lint.resolve("package-lock.json")))
                                .get("packages"));

        assertThat(RecipeYaml.at(locked.remove(""), "dependencies"))
                .isEqualTo(asked.get("dependencies"));
        assertThat(locked.values())
                .hasSizeGreaterThan(3)
                .allSatisfy(value ->
                        assertThat(RecipeYaml.text(RecipeYaml.map(value).get("integrity")))
                                .startsWith("sha512-"));
    }

    @Test
    void mavenTakesNothingWhoseChecksumIsWrong() throws IOException {
        assertThat(Files.readAllLines(Repository.ROOT.resolve(".mvn/maven.config")))
                .contains("--strict-checksums");
    }

    /// What takes something from elsewhere: everything but the pages that tell people what to type.
    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(Repository.ROOT)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> {
                        String name = Repository.ROOT.relativize(path).toString();
                        return !name.matches("(.*/)?(target|\\.dbtc|\\.git)(/.*)?")
                                && name.matches(
                                        "README\\.md|docs/migration\\.md|docs/ci/.*\\.md|(.*/)?Dockerfile|Makefile"
                                            + "|.*\\.(yml|yaml|js|sh)|dist/.*|ci/.*|dbtc"
                                            + "|.*Recipe[A-Za-z]*\\.java")
                                && !name.startsWith("sandbox/src/test/resources/");
                    })
                    .sorted()
                    .toList();
        }
    }
}
