package io.github.dbtc4j.cli.process;

import static io.github.dbtc4j.cli.process.LauncherMachine.executable;
import static io.github.dbtc4j.cli.process.LauncherMachine.finish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.LauncherMachine.Outcome;
import io.github.dbtc4j.cli.repository.Repository;
import io.github.dbtc4j.client.DbtCloudClient;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The launcher `./dbtc` itself, under every common shell of this machine.
@Tag("gate")
@ParameterizedClass
@MethodSource("shells")
class LauncherTest {

    /// No report.
    private static final String DISCREET = "-XX:+SuppressFatalErrorMessage";

    private final Path folder;
    private final LauncherMachine machine;

    LauncherTest(String shell, @TempDir Path folder) throws IOException {
        this.folder = folder.toRealPath();
        machine = new LauncherMachine(this.folder, LauncherMachine.onThisMachine(shell));
    }

    static Stream<String> shells() {
        return Stream.of("sh", "dash", "bash", "ksh")
                .filter(shell -> LauncherMachine.find(shell).isPresent());
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
    void buildsWithAJdkAndRunsOnAJreToo() throws Exception {
        Path jre = machine.jdk("usr/lib/jvm/a-jre", "25");
        Files.delete(jre.resolve("bin/javac"));

        Outcome withoutCompiler = machine.run();
        Path jdk = machine.jdk("usr/lib/jvm/b-jdk", "25");

        assertThat(withoutCompiler.exitCode()).isEqualTo(126);
        assertThat(withoutCompiler.stderr()).contains(jre + " is Java 25, but without a compiler");
        assertThat(java()).isEqualTo(jre);
        assertThat(machine.buildLines()).containsExactly("built with " + jdk);
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Files.delete(machine.bin().resolve("mvn"));

        Outcome outcome = machine.run();

        assertThat(outcome.exitCode()).isEqualTo(126);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr())
                .contains("building needs Maven")
                .contains("https://maven.apache.org/install.html");
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
    void buildsOnceAndTellsItOnStderrOnly() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");

        Outcome first = machine.run();
        Outcome second = machine.run();

        assertThat(first.stderr())
                .isEqualTo("dbtc: building once, which takes a minute or two ...\n");
        assertThat(first.stdout())
                .startsWith("classpath=[" + machine.state() + "/lib/cli.jar]\n")
                .doesNotContain("Maven talks");
        assertThat(machine.state().resolve("lib/cli.jar")).exists();
        assertThat(second.stderr()).isEmpty();
        assertThat(second.stdout()).isEqualTo(first.stdout());
        assertThat(machine.buildLines()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceOrAPomIsNewer() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.run();
        machine.touch(machine.source(), -1);
        machine.run();
        assertThat(machine.buildLines()).hasSize(1);

        machine.touch(machine.source(), 1);
        machine.run();
        assertThat(machine.buildLines()).hasSize(2);
        machine.touch(machine.source(), -1);

        machine.touch(machine.repository.resolve("pom.xml"), 1);
        machine.run();
        assertThat(machine.buildLines()).hasSize(3);
    }

    @Test
    void trainsOnceForABuildAndAJava() throws Exception {
        Path java = machine.jdk("usr/lib/jvm/x", "25");
        machine.run();
        assertThat(machine.run().stdout()).contains("cached=[cache]");
        assertThat(trainings()).containsExactly(java.toString());

        Path other = machine.jdk("other", "25");
        machine.environment.put("JAVA_HOME", other.toString());
        machine.run();
        machine.run();
        assertThat(trainings()).containsExactly(java.toString(), other.toString());

        machine.touch(machine.source(), 1);
        machine.run();
        assertThat(trainings()).hasSize(3);
    }

    /// The cache is good for the class path that it was made with, which is without the training.
    @Test
    void trainsWithWhatOnlyPacksAndKeepsTheCacheForTheCommandAlone() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");

        machine.run("x");

        assertThat(LauncherMachine.lines(machine.trainings().resolveSibling("trainings.paths")))
                .containsExactly(
                        machine.state() + "/lib/cli.jar:" + machine.state() + "/lib/packing/*",
                        machine.state() + "/lib/cli.jar");
        try (var left = Files.list(machine.state())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.contains(".classes"));
        }
    }

    @Test
    void findsTheJavaOfTheCacheBehindItsLinks() throws Exception {
        Path home = machine.jdk("anywhere/25", "25.0.1");
        Path alternative = folder.resolve("alternative");
        Files.createSymbolicLink(alternative, home.resolve("bin/java"));
        Files.createSymbolicLink(machine.bin().resolve("java"), alternative);
        assertThat(java()).isEqualTo(home);

        Files.delete(machine.bin().resolve("readlink"));
        assertThat(java()).isEqualTo(home);

        machine.environment.put("JAVA_HOME", machine.jdk("other", "25").toString());
        assertThat(java()).isEqualTo(folder.resolve("other"));
    }

    @Test
    void givesWhatWaitsLittleRoomAndASimulationAllThereIs() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");

        assertThat(machine.run("ci", "run").stdout()).contains(" -Xmn3m ", " -XX:+UseSerialGC ");
        assertThat(machine.run("sandbox").stdout())
                .contains(" -XX:+UseSerialGC ", "cached=[cache]")
                .doesNotContain("-Xmn");
        assertThat(machine.run("simulate").stdout())
                .contains("options=[ " + DISCREET + " -XX:+UseParallelGC ]", "cached=[]");
    }

    @Test
    void javaNeverLeavesWhatItWritesWhenItCrashes() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");

        for (String command : List.of("ci", "sandbox", "simulate")) {
            assertThat(machine.run(command).stdout()).contains(" " + DISCREET + " ");
        }
        machine.environment.put("CI", "true");
        Files.delete(machine.state().resolve("dbtc.aot"));
        assertThat(machine.run("ci").stdout()).contains("cached=[]", " " + DISCREET + " ");
        assertThat(Files.readAllLines(Repository.ROOT.resolve("dbtc")))
                .filteredOn(line -> line.contains("\"$java_home/bin/java\" "))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).contains(" $discreet "));
    }

    @Test
    void javaMayDumpNoMemory() throws Exception {
        Path home = machine.jdk("usr/lib/jvm/x", "25");
        Path limit = folder.resolve("limit");
        String java = Files.readString(home.resolve("bin/java"));
        executable(
                home.resolve("bin/java"),
                java.replace("#!/bin/sh\n", "#!/bin/sh\nulimit -c >'" + limit + "'\n"));

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
        assertThat(machine.run("x").stdout()).contains("cached=[cache]", " -Xlog:disable ");
        machine.environment.put("CI", "true");
        Files.delete(machine.state().resolve("dbtc.aot"));
        assertThat(machine.run("x").stdout()).contains("cached=[]", " -Xlog:disable ");
    }

    @Test
    void doesNotTrainInACiSystem() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.environment.put("CI", "true");

        machine.run();
        assertThat(machine.run().stdout()).contains("cached=[]");
        assertThat(trainings()).isEmpty();

        machine.environment.remove("CI");
        machine.run();
        assertThat(trainings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRAINING", "KEEPING"})
    void goesOnWhenTheTrainingFailsAndDoesNotTryAgain(String failing) throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.environment.put(failing, "1");

        Outcome first = machine.run("x");
        Outcome second = machine.run("x");

        assertThat(first.exitCode()).isZero();
        assertThat(first.stdout()).contains("argument=[x]", "cached=[]").isEqualTo(second.stdout());
        assertThat(second.stderr()).isEmpty();
        assertThat(trainings()).hasSize(1);
    }

    @Test
    void showsTheEndOfTheLogWhenTheBuildFails() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.run();
        machine.touch(machine.source(), 1);
        machine.maven("i=0; while [ $i -lt 99 ]; do i=$((i + 1)); echo \"line $i\"; done; exit 1");

        Outcome failed = machine.run();

        assertThat(failed.exitCode()).isEqualTo(126);
        assertThat(failed.stdout()).isEmpty();
        assertThat(failed.stderr())
                .contains("line 70\n", "line 99\n")
                .doesNotContain("line 69\n")
                .contains("the build failed; above are the last lines of ")
                .contains(machine.state() + "/build.log");
        assertThat(machine.run().exitCode()).as("not taken for built").isEqualTo(126);
        machine.maven("");
        assertThat(machine.run().exitCode()).isZero();
        assertThat(machine.isLocked()).isFalse();
    }

    /// A warning is an error here, and without it the message says only that there was one.
    @Test
    void showsTheWarningThatFailsABuild() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        machine.maven(
                """
                case " $* " in *' --quiet '* | *' -q '*) ;; *) echo '[WARNING] A.java:[1,1] raw type' ;; esac
                echo '[ERROR] warnings found and -Werror specified'
                exit 1
                """);

        Outcome failed = machine.run();

        assertThat(failed.exitCode()).isEqualTo(126);
        assertThat(failed.stderr()).contains("[WARNING] A.java:[1,1] raw type\n");
    }

    /// Maven's plugins, and the log whose end is shown.
    @Test
    void theBuildSeesNoTokenAndTheCommandDoes() throws Exception {
        Path home = machine.jdk("usr/lib/jvm/x", "25");
        Path seen = folder.resolve("seen");
        String java = Files.readString(home.resolve("bin/java"));
        executable(
                home.resolve("bin/java"),
                java.replace("#!/bin/sh\n", "#!/bin/sh\nexport -p >'" + seen + "'\n"));
        List<String> names = DbtCloudClient.TOKEN_VARIABLES;
        names.forEach(name -> machine.environment.put(name, "canary of " + name));
        Path log = machine.state().resolve("build.log");

        machine.maven("export -p; exit 1");
        assertThat(machine.run().stderr()).contains("JAVA_HOME=").doesNotContain("canary");
        assertThat(log).content().contains("JAVA_HOME=").doesNotContain("canary");

        machine.maven("export -p");
        assertThat(machine.run().exitCode()).isZero();
        assertThat(log).content().contains("JAVA_HOME=").doesNotContain("canary");
        assertThat(names)
                .hasSize(4)
                .allSatisfy(name -> assertThat(seen).content().contains("canary of " + name));
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
        assertThat(outcome.stdout())
                .contains(machine.state() + "/lib/cli.jar")
                .contains("argument=[x]");
    }

    @Test
    void twoFirstStartsBuildOnce() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Path go = folder.resolve("go");
        machine.maven("while [ ! -f '" + go + "' ]; do sleep 0.05; done");

        Process first = machine.start(machine.launcher(), "first");
        awaitLine(first, "building once");
        Process second = machine.start(machine.launcher(), "second");
        awaitLine(second, "waiting for process " + first.pid() + ", which is building");
        Files.createFile(go);

        assertThat(finish(first, "").stdout()).contains("argument=[first]");
        assertThat(finish(second, "").stdout()).contains("argument=[second]");
        assertThat(machine.buildLines()).hasSize(1);
    }

    @Test
    void takesOverTheLockOfADeadProcess() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Process dead = new ProcessBuilder("sh", "-c", "exit").start();
        dead.waitFor();
        Files.createDirectories(machine.state());
        Files.createSymbolicLink(machine.state().resolve("lock"), Path.of("" + dead.pid()));

        assertThat(machine.run().exitCode()).isZero();
        assertThat(machine.buildLines()).hasSize(1);
        assertThat(machine.isLocked()).isFalse();
    }

    @Test
    void stopsTheBuildWhenItIsStopped() throws Exception {
        machine.jdk("usr/lib/jvm/x", "25");
        Path builder = folder.resolve("builder");
        machine.maven("echo $$ >'" + builder + "'; exec sleep 60");
        Process process = machine.start(machine.launcher());
        while (!Files.exists(builder) || Files.size(builder) == 0) {
            Thread.onSpinWait();
        }

        process.toHandle().destroy();
        Outcome outcome = finish(process, "");

        assertThat(outcome.exitCode()).isEqualTo(143);
        assertThat(outcome.stdout()).isEmpty();
        long maven = Long.parseLong(Files.readString(builder).strip());
        assertThat(ProcessHandle.of(maven)).isEmpty();
        assertThat(machine.isLocked()).isFalse();
        assertThat(machine.state().resolve("stamp")).doesNotExist();
    }

    /// The folder of the Java that a start with no arguments ends in.
    private Path java() throws Exception {
        String stdout = machine.run().stdout();
        return Path.of(stdout.replaceFirst("(?s).*java=\\[(.*?)].*", "$1"));
    }

    private List<String> trainings() throws IOException {
        return LauncherMachine.lines(machine.trainings());
    }

    private static void awaitLine(Process process, String expected) throws Exception {
        assertThat(process.errorReader().readLine()).contains(expected);
    }
}
