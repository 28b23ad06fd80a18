package io.github.dbtc4j.cli.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Where the repository lies, found from any folder the tests run in.
public final class Repository {

    public static final Path ROOT = root();

    /// The modules that are published as libraries.
    public static final List<String> LIBRARIES =
            List.of(
                    "http",
                    "client",
                    "planner",
                    "autoscaler",
                    "pipeline",
                    "githost",
                    "sandbox",
                    "simulation");

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>dbtc4j</artifactId>\\s+<version>([0-9.]+)[^<]*</version>");

    private Repository() {}

    /// The tag of the release that this is, or that comes next.
    public static String tag() {
        try {
            var version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
            if (!version.find()) {
                throw new AssertionError("pom.xml has no version");
            }
            return "v" + version.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What pip is to install.
    public static String requirement() {
        return "https://github.com/YOUR-ORG/dbtc4j/releases/download/%s/dbtc4j-%s-py3-none-manylinux_2_17_x86_64.whl"
                .formatted(tag(), tag().substring(1));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("planner/pom.xml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder above this one holds planner/pom.xml");
        }
        return folder;
    }
}
