package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every build uses the same plugins and libraries, with any Maven.
class PomLintTest {

    @Test
    void everyPluginHasAVersion() throws IOException {
        List<String> poms = poms();

        assertThat(poms).hasSizeGreaterThan(8);
        assertThat(PomLint.findings(poms)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<version>3.6.1</version>  | '' | maven-surefire-plugin",
                "<version>3.11.0</version> | '' | maven-dependency-plugin",
                "<version>3.1.4</version>  | '' | maven-install-plugin",
                "<version>3.2.0</version>  | '' | maven-toolchains-plugin",
                "<version>3.2.0</version>  | <version>LATEST</version> | maven-toolchains-plugin",
                "<version>${picocli.version}</version> | <version>[4.7,)</version> | picocli",
            })
    void findsAPluginWithoutVersionAndAVersionThatMoves(String right, String wrong, String finding)
            throws IOException {
        List<String> poms = poms();
        assertThat(poms.getFirst()).contains(right);
        var broken = new ArrayList<>(poms);
        broken.set(0, poms.getFirst().replace(right, wrong));

        assertThat(PomLint.findings(broken)).anyMatch(text -> text.contains(finding));
    }

    /// `./dbtc` builds with `-Dmaven.test.skip=true`, which makes no jar of tests.
    @Test
    void findsAJarOfTestsThatABuildWithoutTestsNeeds() throws IOException {
        List<String> poms = new ArrayList<>(poms());
        assertThat(poms).anyMatch(pom -> pom.contains("!maven.test.skip"));
        poms.replaceAll(pom -> pom.replace("!maven.test.skip", "!other"));

        String ofClientAndOfGithost = "dbtc4j-http is a jar of tests, always needed";
        assertThat(PomLint.findings(poms))
                .containsExactly(ofClientAndOfGithost, ofClientAndOfGithost);
    }

    private static List<String> poms() throws IOException {
        var poms = new ArrayList<String>();
        poms.add(Files.readString(Repository.ROOT.resolve("pom.xml")));
        try (Stream<Path> modules = Files.list(Repository.ROOT)) {
            for (Path module : modules.filter(Files::isDirectory).sorted().toList()) {
                Path pom = module.resolve("pom.xml");
                if (Files.exists(pom)) {
                    poms.add(Files.readString(pom));
                }
            }
        }
        return poms;
    }
}
