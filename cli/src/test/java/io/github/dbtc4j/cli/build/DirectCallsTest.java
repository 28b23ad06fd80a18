package io.github.dbtc4j.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.StreamSupport;

/// Rewritten classes do what the compiler's do, without having it generated when they are used.
class DirectCallsTest {

    /// Answers as text, so that what two versions of one class answer can be compared.
    static final class Choices implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            var answers = new ArrayList<String>();
            for (Object it : new Object[] {"", "text", 7, 8L, 1.5, List.of(), new int[0]}) {
                answers.add(chosen(it));
            }
            @Nullable String annotated = answers.size() > 3 ? "local" : null;
            answers.add(orNull(annotated));
            answers.add(orNull(null) + orNull("x") + orNull(3));
            return answers;
        }

        private static String chosen(Object it) {
            return switch (it) {
                case String text when text.isEmpty() -> "empty";
                case String text -> text;
                case Integer number when number > 7 -> "many";
                case Integer _, Long _ -> "whole";
                case List<?> list -> "list of " + list.size();
                case int[] numbers -> "numbers " + numbers.length;
                default -> "other";
            };
        }

        private static String orNull(@Nullable Object it) {
            return switch (it) {
                case null -> "null";
                case String text -> text;
                default -> "default";
            };
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared as the array it is
    record Everything(
            boolean flag,
            byte small,
            char letter,
            short little,
            int whole,
            long large,
            float rough,
            double fine,
            String text,
            int[] numbers) {}

    record Nothing() {}

    /// Records that differ in one field each, and their hashes.
    static final class Comparisons implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            int[] one = {1};
            List<Object> all =
                    List.of(
                            new Everything(true, (byte) 1, 'a', (short) 1, 1, 1, 1, 1, "x", one),
                            new Everything(true, (byte) 1, 'a', (short) 1, 1, 1, 1, 1, "x", one),
                            new Everything(false, (byte) 1, 'a', (short) 1, 1, 1, 1, 1, "x", one),
                            new Everything(true, (byte) 2, 'a', (short) 1, 1, 1, 1, 1, "x", one),
                            new Everything(true, (byte) 1, 'b', (short) 1, 1, 1, 1, 1, "x", one),
                            new Everything(true, (byte) 1, 'a', (short) 2, 1, 1, 1, 1, "x", one),
                            new Everything(true, (byte) 1, 'a', (short) 1, 2, 1, 1, 1, "x", one),
                            new Everything(true, (byte) 1, 'a', (short) 1, 1, -1, 1, 1, "x", one),
                            new Everything(true, (byte) 1, 'a', (short) 1, 1, 1, -0f, 1, "x", one),
                            new Everything(true, (byte) 1, 'a', (short) 1, 1, 1, 0f, 1, "x", one),
                            new Everything(
                                    true, (byte) 1, 'a', (short) 1, 1, 1, 1, Double.NaN, "x", one),
                            new Everything(
                                    true, (byte) 1, 'a', (short) 1, 1, 1, 1, Double.NaN, "x", one),
                            new Everything(true, (byte) 1, 'a', (short) 1, 1, 1, 1, 1, "y", one),
                            new Nothing(),
                            new Nothing());
            var answers = new ArrayList<String>();
            for (Object left : all) {
                var row = new StringBuilder();
                for (Object right : all) {
                    row.append(left.equals(right) ? '=' : '.');
                }
                answers.add(row.append(left.equals("else")).append(hashed(left)).toString());
            }
            return answers;
        }

        /// An array's own hash is another in every run.
        private static int hashed(Object it) {
            return it instanceof Everything all
                    ? it.hashCode() - System.identityHashCode(all.numbers())
                    : it.hashCode();
        }
    }

    private static final String MANIFEST = "Manifest-Version: 1.0\nMade-By: a test\n";

    private final DirectCalls calls =
            new DirectCalls(
                    ClassHierarchyResolver.ofResourceParsing(
                            Objects.requireNonNull(DirectCallsTest.class.getClassLoader())));

    @ParameterizedTest
    @ValueSource(classes = {Choices.class, Comparisons.class})
    void doTheSame(Class<? extends Supplier<List<String>>> type) throws Exception {
        List<String> expected = answers(type);

        List<String> actual = answers(new Rewriting().loadClass(type.getName()));

        assertThat(actual).isEqualTo(expected);
        assertThat(expected.stream().distinct()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(classes = {Choices.class, Everything.class, Nothing.class})
    void leaveNothingToGenerateButTexts(Class<?> type) throws IOException {
        assertThat(generators(bytes(type.getName()))).contains("java.lang.runtime");
        assertThat(generators(calls.rewrite(bytes(type.getName()))))
                .doesNotContain("typeSwitch", "equals", "hashCode");
    }

    @Test
    void areLeftAsTheyAreWhenThereIsNothingToDo() throws IOException {
        byte[] plain = bytes(DirectCallsTest.class.getName() + "$Rewriting");
        byte[] once = calls.rewrite(bytes(Choices.class.getName()));

        assertThat(calls.rewrite(plain)).isSameAs(plain);
        assertThat(calls.rewrite(once)).isSameAs(once);
    }

    @Test
    void areNoOlderThanWhatTheCacheTakes() {
        byte[] old =
                ClassFile.of()
                        .build(
                                ClassDesc.of("Old"),
                                builder -> builder.withVersion(ClassFile.JAVA_5_VERSION, 0));

        assertThat(ClassFile.of().parse(calls.rewrite(old)).majorVersion())
                .isEqualTo(ClassFile.JAVA_8_VERSION);
    }

    @Test
    void aJarIsRewrittenToTheSameBytesWheneverThatIs(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("one.jar");
        write(jar, 1_000_000_000_000L);
        AheadOfTime.main(new String[] {folder.toString()});
        byte[] once = Files.readAllBytes(jar);
        AheadOfTime.main(new String[] {folder.toString()});
        assertThat(Files.readAllBytes(jar)).isEqualTo(once);

        write(jar, 1_100_000_000_000L);
        AheadOfTime.main(new String[] {folder.toString()});

        assertThat(Files.readAllBytes(jar)).isEqualTo(once);
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
        try (var rewritten = new JarFile(jar.toFile())) {
            assertThat(rewritten.getManifest().getMainAttributes().getValue("Made-By"))
                    .isEqualTo("a test");
            JarEntry type = rewritten.getJarEntry(path(Choices.class.getName()));
            assertThat(generators(rewritten.getInputStream(type).readAllBytes()))
                    .doesNotContain("typeSwitch");
        }
    }

    private static void write(Path jar, long time) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                var to = new JarOutputStream(file)) {
            add(to, "META-INF/MANIFEST.MF", time, MANIFEST.getBytes(StandardCharsets.UTF_8));
            add(to, path(Choices.class.getName()), time, bytes(Choices.class.getName()));
        }
    }

    private static void add(JarOutputStream to, String name, long time, byte[] bytes)
            throws IOException {
        var entry = new JarEntry(name);
        entry.setTime(time);
        to.putNextEntry(entry);
        to.write(bytes);
    }

    /// The owner and name of every generator a class mentions and what it generates.
    private static String generators(byte[] type) {
        var pool = ClassFile.of().parse(type).constantPool();
        return StreamSupport.stream(pool.spliterator(), false)
                .filter(InvokeDynamicEntry.class::isInstance)
                .map(entry -> (InvokeDynamicEntry) entry)
                .map(entry ->
                        entry.bootstrap().bootstrapMethod().reference().owner().asInternalName()
                                + " "
                                + entry.name())
                .toList()
                .toString()
                .replace('/', '.');
    }

    private static List<String> answers(Class<?> type) throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method get = type.getDeclaredMethod("get");
        get.setAccessible(true);
        return ((List<?>) get.invoke(constructor.newInstance()))
                .stream().map(Object::toString).toList();
    }

    private static String path(String name) {
        return name.replace('.', '/') + ".class";
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        DirectCallsTest.class.getClassLoader().getResourceAsStream(path(name)))) {
            return in.readAllBytes();
        }
    }

    /// Loads this test's classes anew, rewritten.
    private final class Rewriting extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(DirectCallsTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try {
                Class<?> loaded = findLoadedClass(name);
                byte[] rewritten = calls.rewrite(bytes(name));
                return loaded == null ? defineClass(name, rewritten, 0, rewritten.length) : loaded;
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
