package io.github.dbtc4j.cli.report;

import io.github.dbtc4j.pipeline.report.Rendering;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A file that a report is written to.
///
/// @param name what it is, for people
/// @param append whether it keeps what others wrote
/// @param asked whether it was asked for, not only offered by a CI system
/// @param announcement a command that a CI system takes once the file is there, or null
record ReportFile(
        String name,
        Rendering rendering,
        Path path,
        boolean append,
        boolean asked,
        @Nullable String announcement) {

    /// A file of the CI system, which earlier steps wrote to as well.
    static Optional<ReportFile> added(String name, Rendering rendering, @Nullable Path path) {
        return Optional.ofNullable(path)
                .map(file -> new ReportFile(name, rendering, file, true, false, null));
    }

    /// A file that was asked for.
    static Optional<ReportFile> asked(String name, Rendering rendering, @Nullable Path path) {
        return Optional.ofNullable(path)
                .map(file -> new ReportFile(name, rendering, file, false, true, null));
    }

    /// A file that the CI system takes over when `command` of its path is printed.
    static Optional<ReportFile> announced(
            String name, Rendering rendering, @Nullable Path path, UnaryOperator<String> command) {
        return Optional.ofNullable(path)
                .map(file ->
                        new ReportFile(
                                name,
                                rendering,
                                file,
                                false,
                                false,
                                command.apply(file.toString())));
    }
}
