package io.github.dbtc4j.cli.build;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Has done by the build what Java would do at every start: rewrites the jars in a folder, see
/// [DirectCalls]. The same jars give the same bytes, and to do it twice is harmless.
public final class AheadOfTime {

    /// The date of every entry: what a jar holds says nothing about when it was made.
    private static final LocalDateTime DATE = LocalDateTime.of(2000, 1, 1, 0, 0);

    private AheadOfTime() {}

    /// Rewrites the jars in a folder.
    ///
    /// @param args the folder
    public static void main(String[] args) throws IOException {
        List<Path> jars = jars(Path.of(args[0]));
        try (var classes = new URLClassLoader(urls(jars))) {
            var calls = new DirectCalls(ClassHierarchyResolver.ofResourceParsing(classes));
            for (Path jar : jars) {
                rewrite(jar, calls);
            }
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        var urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }

    private static void rewrite(Path jar, DirectCalls calls) throws IOException {
        Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
        try (var from = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(rewritten);
                var to = new ZipOutputStream(file)) {
            for (JarEntry entry : Collections.list(from.entries())) {
                if (!entry.isDirectory()) {
                    byte[] bytes = from.getInputStream(entry).readAllBytes();
                    var copy = new ZipEntry(entry.getName());
                    copy.setTimeLocal(DATE);
                    to.putNextEntry(copy);
                    to.write(isClass(entry) ? calls.rewrite(bytes) : bytes);
                }
            }
        }
        Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
    }
}
