package io.github.dbtc4j.cli.session;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What dbt's own command line keeps of the platform in `~/.dbt/dbt_cloud.yml`
/// (docs.getdbt.com/reference/dbt_cloud.yml): the active project's host, ids and token.
///
/// @param open whether others on this machine can read it
/// @param problem why nothing was taken from it, or null
record CliFile(
        @Nullable String host,
        @Nullable String account,
        @Nullable String project,
        @Nullable String token,
        boolean open,
        @Nullable String problem) {

    /// Where it lies below the home folder.
    static final String PLACE = ".dbt/dbt_cloud.yml";

    private static final int LARGEST = 1 << 16;
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    /// Reads the file.
    static CliFile read(Path file) {
        boolean open = false;
        try {
            open = isOpen(file);
            if (Files.size(file) > LARGEST) {
                return unusable(open, "it is too large");
            }
            Object document =
                    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return document instanceof Map<?, ?> map
                    ? active(map, open)
                    : unusable(open, "it is not a mapping");
        } catch (YamlEngineException | StackOverflowError e) {
            return unusable(open, "it is not YAML");
        } catch (IOException | UncheckedIOException e) {
            return unusable(open, "it cannot be read");
        }
    }

    private static CliFile active(Map<?, ?> document, boolean open) {
        List<?> projects = document.get("projects") instanceof List<?> list ? list : List.of();
        Map<?, ?> context = document.get("context") instanceof Map<?, ?> map ? map : Map.of();
        String active = text(context.get("active-project"));
        List<? extends Map<?, ?>> fitting =
                projects.stream()
                        .filter(Map.class::isInstance)
                        .map(project -> (Map<?, ?>) project)
                        .filter(project ->
                                active == null
                                        || Objects.equals(active, text(project.get("project-id"))))
                        .toList();
        if (fitting.size() != 1) {
            return unusable(open, "its active-project names none of its projects");
        }
        Map<?, ?> project = fitting.getFirst();
        String host = text(project.get("account-host"));
        return new CliFile(
                host == null ? text(context.get("active-host")) : host,
                text(project.get("account-id")),
                text(project.get("project-id")),
                text(project.get("token-value")),
                open,
                null);
    }

    private static CliFile unusable(boolean open, String problem) {
        return new CliFile(null, null, null, null, open, problem);
    }

    private static boolean isOpen(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    /// Lists and objects may contain themselves.
    private static @Nullable String text(@Nullable Object value) {
        String text = value instanceof String || value instanceof Number ? value.toString() : "";
        return text.isBlank() ? null : text.strip();
    }
}
