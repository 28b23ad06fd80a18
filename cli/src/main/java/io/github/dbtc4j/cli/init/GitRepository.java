package io.github.dbtc4j.cli.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A repository as it lies on this machine.
///
/// @param root its topmost folder
record GitRepository(Path root) {

    private static final Pattern SECTION = Pattern.compile("\\s*\\[(.*)]\\s*");
    private static final Pattern URL = Pattern.compile("\\s*url\\s*=\\s*(.*?)\\s*");
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z+]+://)?(?:[^@/]*@)?([^/:]+)[/:].*");

    /// The repository that `folder` lies in; `folder` itself where there is none.
    static GitRepository around(Path folder) {
        Path start = folder.toAbsolutePath().normalize();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return new GitRepository(at);
            }
        }
        return new GitRepository(start);
    }

    /// The CI systems that it uses by what lies in it; by the host of its remote `origin` where
    /// nothing lies in it.
    ///
    /// @throws IOException when its settings cannot be read
    List<Recipe> recipes() throws IOException {
        List<Recipe> used =
                Stream.of(Recipe.values()).filter(recipe -> has(recipe.mark())).toList();
        if (!used.isEmpty()) {
            return used;
        }
        // may hold no more than the template of an issue
        if (has(".github")) {
            return List.of(Recipe.GITHUB);
        }
        String host = host().orElse("");
        return Stream.of(Recipe.values()).filter(recipe -> recipe.comesWith(host)).toList();
    }

    private boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    /// The name of the host of the remote `origin`.
    private Optional<String> host() throws IOException {
        Path config = folder().resolve("config");
        String section = "";
        for (String line : Files.exists(config) ? Files.readAllLines(config) : List.<String>of()) {
            Matcher begins = SECTION.matcher(line);
            Matcher url = URL.matcher(line);
            if (begins.matches()) {
                section = begins.group(1);
            } else if (section.equals("remote \"origin\"") && url.matches()) {
                return Optional.of(HOST.matcher(url.group(1).toLowerCase(Locale.ROOT)))
                        .filter(Matcher::matches)
                        .map(host -> host.group(1));
            }
        }
        return Optional.empty();
    }

    /// Where git keeps its settings: `.git`, or, in a further work tree, what the file of that name
    /// points to (git-scm.com/docs/gitrepository-layout).
    private Path folder() throws IOException {
        Path git = root.resolve(".git");
        if (!Files.isRegularFile(git)) {
            return git;
        }
        Path folder = root.resolve(Files.readString(git).strip().replaceFirst("^gitdir: ", ""));
        Path common = folder.resolve("commondir");
        return Files.exists(common)
                ? folder.resolve(Files.readString(common).strip()).normalize()
                : folder;
    }
}
