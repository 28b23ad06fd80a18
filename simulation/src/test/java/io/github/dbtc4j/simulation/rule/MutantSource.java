package io.github.dbtc4j.simulation.rule;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/// Where a mutant is: the source of a type, wherever it lies, and what the compiler's tree says of
/// its members.
///
/// @param file of the type
/// @param text of the file
/// @param ranges of the members of that name: methods, constructors and fields, those of nested
///   types too; the whole type where no member has the name any more
record MutantSource(Path file, String text, List<Range> ranges) {

    private static final String SOURCES = "src/main/java";

    /// A part of the text.
    record Range(int start, int end) {}

    /// Finds `Type.member`.
    ///
    /// @throws IllegalStateException when no module has a type of that name, or several have
    static MutantSource of(String place) throws IOException {
        String type = place.substring(0, place.indexOf('.'));
        String member = place.substring(type.length() + 1);
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            files =
                    all.filter(file -> file.toString().contains(SOURCES))
                            .filter(file -> file.endsWith(type + ".java"))
                            .toList();
        }
        if (files.size() != 1) {
            throw new IllegalStateException(
                    "the type %s is there %d times".formatted(type, files.size()));
        }
        Path file = files.getFirst();
        return new MutantSource(file, Files.readString(file), ranges(file, member));
    }

    /// Such as `planner`.
    String module() {
        return file.getName(1).toString();
    }

    /// With its package.
    String className() {
        Path root = Path.of("..", module()).resolve(SOURCES);
        return root.relativize(file).toString().replace(".java", "").replace('/', '.');
    }

    private static List<Range> ranges(Path file, String member) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            var members = new Members(unit, Trees.instance(task), member);
            members.scan(unit, null);
            return members.found.isEmpty() ? List.of(members.type()) : members.found;
        }
    }

    private static final class Members extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final CompilationUnitTree unit;
        private final Trees trees;
        private final String name;
        private final List<Range> found = new ArrayList<>();

        Members(CompilationUnitTree unit, Trees trees, String name) {
            this.unit = unit;
            this.trees = trees;
            this.name = name;
        }

        Range type() {
            return range(unit.getTypeDecls().getFirst());
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            for (Tree each : type.getMembers()) {
                String called =
                        switch (each) {
                            case MethodTree method when method.getName().contentEquals("<init>") ->
                                    type.getSimpleName().toString();
                            case MethodTree method -> method.getName().toString();
                            case VariableTree field -> field.getName().toString();
                            default -> "";
                        };
                if (called.equals(name)) {
                    found.add(range(each));
                }
            }
            return super.visitClass(type, null);
        }

        private Range range(Tree tree) {
            var positions = trees.getSourcePositions();
            return new Range(
                    (int) positions.getStartPosition(unit, tree),
                    (int) positions.getEndPosition(unit, tree));
        }
    }
}
