package io.github.dbtc4j.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.repository.Repository;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The archive that `dist/archive` makes of this build.
///
/// @param folder where it is
/// @param file the archive; what is beside it has its name and another ending
record Archive(Path folder, Path file) {

    private static @Nullable Archive made;

    /// Makes it, once for all tests.
    static synchronized Archive make() throws IOException {
        if (made == null) {
            made = pack();
        }
        return made;
    }

    private static Archive pack() throws IOException {
        Path folder = Repository.ROOT.resolve("cli/target/dist");
        var made =
                CommandProcess.start(
                                Map.of(
                                        "PATH",
                                        "/usr/bin:/bin",
                                        "DBTC_LIB",
                                        Objects.requireNonNull(System.getProperty("dbtc.lib")),
                                        "DBTC_JAVA_HOME",
                                        System.getProperty("java.home")),
                                List.of(
                                        Repository.ROOT.resolve("dist/archive").toString(),
                                        folder.toString()))
                        .end();
        assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
        System.out.print(made.out());
        return new Archive(folder, Path.of(made.out().lines().findFirst().orElseThrow()));
    }

    /// Unpacks it into a folder.
    ///
    /// @return what it holds, a folder
    Path unpack(Path into) {
        tar("-C", into.toString(), "-xf", file.toString());
        return into.resolve(name());
    }

    String name() {
        return file.getFileName().toString().replace(".tar.gz", "");
    }

    /// The file beside the archive with this ending.
    Path beside(String ending) {
        return file.resolveSibling(name() + ending);
    }

    /// What it holds, in the words of tar.
    List<String> listing() {
        return tar("--numeric-owner", "-tvf", file.toString()).lines().toList();
    }

    private static String tar(String... args) {
        var command = Stream.concat(Stream.of("tar"), Stream.of(args)).toList();
        var ended =
                CommandProcess.start(Map.of("PATH", "/usr/bin:/bin", "TZ", "UTC"), command).end();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }
}
