package io.github.dbtc4j.cli.process;

import static io.github.dbtc4j.cli.process.LauncherMachine.executable;
import static io.github.dbtc4j.cli.process.LauncherMachine.finish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.LauncherMachine.Outcome;
import io.github.dbtc4j.cli.repository.Repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The launcher `./dbtc` itself, under every common shell of this machine.
@Tag("gate")
@ParameterizedClass
@MethodSource("shells")
class LauncherTest extends LauncherFixture {

    /// No report.
    private static final String DISCREET = "-XX:+SuppressFatalErrorMessage";

    LauncherTest(String shell, @TempDir Path folder) throws IOException {
        super(shell, folder);
    }

    @Test
    void looksForJavaInTheDocumentedOrder() throws Exception {
        Path folderOfSystem = machine.jdk("usr/lib/jvm/temurin-25", "25.0.1");
        assertThat(java()).isEqualTo(folderOfSystem);

        Path ofMac = machine.jdk("mac", "25");
        machine.environment.put("JAVA_HOME_25_arm64", ofMac.toString());
        assertThat(java()).isEqualTo(ofMac);

        Path ofArm = machine.jdk("arm", "25");
        machine.environment.put("JAVA_HOME_25_ARM64", ofArm.toString());
        assertThat(java()).isEqualTo(ofArm);

        Path ofIntel = machine.jdk("intel", "25.0.2");
        machine.environment.put("JAVA_HOME_25_X64", ofIntel.toString());
        assertThat(java()).isEqualTo(ofIntel);

        Path onPath = machine.jdk("on path", "26-ea");
        Files.createSymbolicLink(machine.bin().resolve("java"), onPath.resolve("bin/java"));
        assertThat(java()).isEqualTo(onPath);

        Path javaHome = machine.jdk("java home", "25.0.1");
        machine.environment.put("JAVA_HOME", javaHome.toString());
        assertThat(java()).isEqualTo(javaHome);

        Path own = machine.jdk("own", "25.0.1");
        machine.environment.put("DBTC_JAVA_HOME", own.toString());
        assertThat(java()).isEqualTo(own);
    }

    @Test
    void findsJavaInTheUsualFolders() throws Exception {
        for (String place :
                List.of(
                        "usr/lib/jvm/x",
                        "usr/java/jdk-25",
                        "opt/java/openjdk",
                        "opt/jdk-25",
                        "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                        "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
                        "usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home",
                        "home/Library/Java/JavaVirtualMachines/a b/Contents/Home",
                        "home/.sdkman/candidates/java/25-tem",
                        "home/.jdks/temurin-25",
                        "home/.asdf/installs/java/temurin-25",
                        "home/.local/share/mise/installs/java/25")) {
            Path home = machine.jdk(place, "25");
            assertThat(java()).isEqualTo(home);
            Files.delete(home.resolve("bin/java"));
        }
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws Exception {
        machine.environment.put("JAVA_HOME", machine.jdk("old", "1.8.0_392").toString());
        Path onPath = machine.jdk("older", "17.0.15");
        Files.createSymbolicLink(machine.bin().resolve("java"), onPath.resolve("bin/java"));
        machine.jdk("usr/lib/jvm/a-24", "24.0.2");
        Path newEnough = machine.jdk("usr/lib/jvm/b-25", "25");

        assertThat(java()).isEqualTo(newEnough);
    }

    @Test
    void asksAJavaWithoutReleaseFileForItsVersion() throws Exception {
        Path home = machine.jdk("usr/lib/jvm/bare", "25");
        Files.delete(home.resolve("release"));
        String java = Files.readString(home.resolve("bin/java"));
        String answers =
                """
                #!/bin/sh
                if [ "$1" = -version ]; then
                    echo 'openjdk version "25.0.1" 2025-10-21 LTS' >&2
                    exit
                fi
                """;
        executable(home.resolve("bin/java"), java.replace("#!/bin/sh\n", answers));

        assertThat(java()).isEqualTo(home);
    }

    @Test
    void asksTheStandInOfAVersionManagerWhereItsJavaIs() throws Exception {
        Path home = machine.jdk("managed/25", "25.0.1");
        executable(
                machine.bin().resolve("java"),
                """
                #!/bin/sh
                [ "$1 $2" = '-XshowSettings:properties -version' ] || exit 99
                printf 'Property settings:\\n    java.home = %s\\n' >&2
                """
                        .formatted(home));
        assertThat(java()).isEqualTo(home);
    }

    @Test
    void saysWhatToInstallWhenThereIsNoJava() throws Exception {
        machine.jdk("usr/lib/jvm/java-17", "17.0.15");

        Outcome outcome = machine.run("runs", "list");

        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr())
                .startsWith("dbtc: no JDK 25 or newer was found.")
                .contains(folder + "/usr/lib/jvm/java-17 is Java 17")
                .contains("Install one, for instance Eclipse Temurin 25:")
                .contains("https://adoptium.net/temurin/releases/?version=25")
                .contains("DBTC_JAVA_HOME");
        assertThat(machine.buildLines()).isEmpty();
    }

    @Test
    void refusesADbtcJavaHomeThatIsTooOldOrEmpty() throws Exception {
        machine.jdk("usr/lib/jvm/temurin-25", "25");
        String old = machine.jdk("old", "21.0.4").toString();

        machine.environment.put("DBTC_JAVA_HOME", old);
        Outcome tooOld = machine.run();
        machine.environment.put("DBTC_JAVA_HOME", folder + "/no such");
        Outcome absent = machine.run();

        assertThat(tooOld.exitCode()).isEqualTo(126);
        assertThat(tooOld.stderr())
                .contains("DBTC_JAVA_HOME must name")
                .contains(old + " is Java 21");
        assertThat(absent.exitCode()).isEqualTo(126);
        assertThat(absent.stderr()).contains("there is no " + folder + "/no such/bin/java");
    }

    @Test
    void passesArgumentsStdinAndExitCodeThrough() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.environment.put("EXIT", "3");
        String[] arguments = {"a  b", "", "*", "it's \"quoted\"", "two\nlines", "\\n $HOME `id`"};

        Process process = machine.start(machine.launcher(), arguments);
        Outcome outcome = finish(process, "piped in\n");

        assertThat(outcome.exitCode()).isEqualTo(3);
        var expected = new StringBuilder();
        for (String argument : arguments) {
            expected.append("argument=[").append(argument).append("]\n");
        }
        assertThat(outcome.stdout()).endsWith("\n" + expected + "piped in\n");
    }

    @Test
    void passesLettersBeyondAsciiThrough() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        // In a file, since a test that runs in the C locale cannot pass such an argument itself.
        Path script = folder.resolve("script");
        LauncherMachine.write(script, "exec '%s' 'Prüfung 検'".formatted(machine.launcher()));

        Outcome outcome = finish(machine.start(script), "");

        assertThat(outcome.stdout()).contains("argument=[Prüfung 検]");
    }

    @Test
    void letsJavaReadUtf8ArgumentsInTheCLocale() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        assertThat(machine.run().stdout()).contains("locale=[C.UTF-8]");
        machine.environment.put("LANG", "de_DE.UTF-8");
        assertThat(machine.run().stdout()).contains("locale=[]");
        machine.environment.put("LC_ALL", "POSIX");
        assertThat(machine.run().stdout()).contains("locale=[C.UTF-8]");
    }

    @Test
    void givesWhatWaitsLittleRoomAndASimulationAllThereIs() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");

        assertThat(machine.run("ci", "run").stdout()).contains(" -Xmn3m ", " -XX:+UseSerialGC ");
        assertThat(machine.run("sandbox").stdout())
                .contains(" -XX:+UseSerialGC ")
                .doesNotContain("-Xmn");
        assertThat(machine.run("simulate").stdout())
                .contains("options=[ " + DISCREET + " -XX:+UseParallelGC ]");
    }

    @Test
    void javaNeverLeavesWhatItWritesWhenItCrashes() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");

        for (String command : List.of("ci", "sandbox", "simulate")) {
            assertThat(machine.run(command).stdout()).contains(" " + DISCREET + " ");
        }
        assertThat(Files.readAllLines(Repository.ROOT.resolve("dbtc")))
                .filteredOn(line -> line.contains("\"$java_home/bin/java\" "))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(" $discreet "));
    }

    @Test
    void javaMayDumpNoMemory() throws Exception {
        Path home = machine.jdk("usr/lib/jvm/x", "25");
        Path limit = folder.resolve("limit");
        begins(home, "ulimit -c >'" + limit + "'");

        Process started =
                machine.start(
                        List.of(
                                "/bin/sh",
                                "-c",
                                "ulimit -S -c \"$(ulimit -H -c)\"; exec \"$0\" ci",
                                machine.launcher().toString()));
        assertThat(finish(started, "").exitCode()).isZero();

        assertThat(limit).hasContent("0");
    }

    @Test
    void refusesAFolderWithAColonBeforeItWritesAnything() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Path clone = folder.resolve("a:b/dbtc4j");
        Files.createDirectories(clone.getParent());
        Files.move(machine.repository, clone);

        Outcome outcome = finish(machine.start(clone.resolve("dbtc"), "x"), "");

        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr()).contains(clone.toString(), "colon", "move it");
        assertThat(clone.resolve(".dbtc")).doesNotExist();
        assertThat(machine.buildLines()).isEmpty();
    }

    @Test
    void javaItselfPrintsNothing() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        assertThat(machine.run("x").stdout())
                .contains("classpath=[" + machine.state() + "/lib/*]", " -Xlog:disable ");
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Path near = machine.repository.resolve("alias");
        Files.createSymbolicLink(near, Path.of("dbtc"));
        Files.createSymbolicLink(machine.bin().resolve("dbtc"), near);

        Process byName =
                machine.start(
                        List.of(LauncherMachine.onThisMachine("env").toString(), "dbtc", "x"));
        Outcome outcome = finish(byName, "");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stdout()).contains(machine.state() + "/lib/*").contains("argument=[x]");
    }
}
