package io.github.dbtc4j.simulation.rule;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Loads a mutant in place of the class it was made of, and anew each class that may refer to it.
final class MutantLoader extends ClassLoader {

    private static final String OURS = "io.github.dbtc4j.";

    private final Map<String, byte[]> mutated;
    private final Set<String> anew;

    MutantLoader(Mutant mutant) throws IOException {
        super(MutantLoader.class.getClassLoader());
        Mutant.Changed changed = mutant.change();
        this.mutated = compile(mutant, changed);
        this.anew =
                Set.of("client", "sandbox").contains(changed.module())
                        ? Set.of("http", "client", "planner", "autoscaler", "sandbox", "simulation")
                        : Set.of("planner", "autoscaler", "simulation");
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] bytes = isAnew(name) ? bytes(name) : null;
                loaded =
                        bytes == null
                                ? super.loadClass(name, false)
                                : defineClass(name, bytes, 0, bytes.length);
            }
            return loaded;
        }
    }

    private boolean isAnew(String name) {
        return name.startsWith(OURS)
                && anew.contains(name.substring(OURS.length()).replaceFirst("\\..*", ""));
    }

    private byte @Nullable [] bytes(String name) throws ClassNotFoundException {
        byte[] bytes = mutated.get(name);
        if (bytes != null) {
            return bytes;
        }
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static Map<String, byte[]> compile(Mutant mutant, Mutant.Changed changed)
            throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var standard = compiler.getStandardFileManager(problems, null, null);
        try (var files = new Files(standard)) {
            boolean compiled =
                    compiler.getTask(
                                    null,
                                    files,
                                    problems,
                                    List.of(
                                            "-proc:none",
                                            "-classpath",
                                            System.getProperty("java.class.path")),
                                    null,
                                    List.of(new Source(changed)))
                            .call();
            if (!compiled) {
                throw new IllegalStateException(
                        "%s does not compile: %s".formatted(mutant, problems.getDiagnostics()));
            }
            Map<String, byte[]> classes = new HashMap<>();
            files.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Mutant.Changed changed) {
            super(
                    URI.create("memory:///" + changed.className().replace('.', '/') + ".java"),
                    Kind.SOURCE);
            this.text = changed.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Files extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        Files(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(className, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
