package io.github.dbtc4j.cli.init;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file that takes the place of no other.
final class NewFile {

    private NewFile() {}

    /// Writes it, whole or not at all: first beside its place, then it gets its name, which fails
    /// where there is another.
    ///
    /// @throws FileAlreadyExistsException when there is something of that name
    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        make(folder);
        Path draft = folder.resolve(".%s.%s".formatted(file.getFileName(), UUID.randomUUID()));
        try {
            Files.writeString(draft, text, StandardOpenOption.CREATE_NEW);
            name(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        }
    }

    /// A second name is given at once and never to two files; a move, where a file system knows no
    /// second names, looks first and moves then.
    private static void name(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.move(draft, file);
        }
    }
}
