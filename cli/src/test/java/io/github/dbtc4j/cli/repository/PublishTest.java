package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.process.LauncherMachine;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `dist/publish` publishes what was built of a tag, where the workflow runs for that tag: else the
/// attestation of the files names another commit.
@Tag("gate")
class PublishTest {

    @TempDir private Path folder;

    @BeforeEach
    void makeARelease() throws IOException {
        for (String program : List.of("publish", "version")) {
            Path file = folder.resolve("dist/" + program);
            LauncherMachine.executable(
                    file, Files.readString(Repository.ROOT.resolve("dist/" + program)));
        }
        LauncherMachine.write(
                folder.resolve("pom.xml"), "<project>\n  <version>0.1.0</version>\n</project>\n");
        for (String ending : List.of("tar.gz", "deb", "whl", "zip", "cdx.json")) {
            LauncherMachine.write(folder.resolve("files/dbtc." + ending), "");
        }
        LauncherMachine.write(
                folder.resolve("files/dbtc.sha256"),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  dbtc.deb\n");
        for (String file : List.of("dbtc.rb", "mise.toml")) {
            LauncherMachine.write(folder.resolve("files/" + file), "");
        }
        LauncherMachine.executable(folder.resolve("bin/gh"), "#!/bin/sh\necho \"gh $*\"\n");
    }

    @Test
    void publishesWhereTheWorkflowRunsForTheTag() {
        var published = publish("refs/tags/v0.1.0", "v0.1.0");

        assertThat(published.exitCode()).as(published.err()).isZero();
        assertThat(published.out()).startsWith("gh release create v0.1.0 --verify-tag");
    }

    @Test
    void refusesWhereItRunsForABranch() {
        var refused = publish("refs/heads/main", "v0.1.0");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("refs/heads/main", "start it for the tag v0.1.0");
    }

    @Test
    void refusesATagThatIsNotTheVersion() {
        assertThat(publish("refs/tags/v0.2.0", "v0.2.0").err()).contains("the tag is v0.2.0");
    }

    @Test
    void saysInADryRunWhatItWouldRefuse() {
        var dry = publish("refs/heads/main", "--dry-run", "v0.1.0");

        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("would refuse", "would publish dbtc.deb")
                .doesNotContain("gh ");
    }

    private CommandProcess.Ended publish(String ref, String... args) {
        var command = new ArrayList<>(List.of(folder.resolve("dist/publish").toString()));
        command.addAll(List.of(args));
        command.add(folder.resolve("files").toString());
        return CommandProcess.start(
                        Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "GITHUB_REF", ref),
                        command)
                .end();
    }
}
