package io.github.dbtc4j.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.githost.GitHostKind;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.sandbox.Sandbox;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The Java in the documentation compiles without a warning and does what the text says.
class LibraryPageTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

    /// What the pages say the names in a block of statements stand for.
    private static final String BEFORE =
            """
            import io.github.dbtc4j.autoscaler.*;
            import io.github.dbtc4j.autoscaler.event.*;
            import io.github.dbtc4j.autoscaler.observation.*;
            import io.github.dbtc4j.autoscaler.payload.*;
            import io.github.dbtc4j.autoscaler.state.*;
            import io.github.dbtc4j.client.*;
            import io.github.dbtc4j.client.model.*;
            import io.github.dbtc4j.githost.*;
            import io.github.dbtc4j.http.*;
            import io.github.dbtc4j.http.json.*;
            import io.github.dbtc4j.planner.*;
            import io.github.dbtc4j.planner.state.*;
            import java.io.PrintStream;
            import java.net.URI;
            import java.time.*;
            import java.util.*;

            public class Statements {
                public SystemContext system;
                public PrintStream out;
                public DbtCloudClient client;
                public long accountId;
                public long jobId;
                public Payload payload;

                public void run() throws Exception {
            """;

    @TempDir private Path classes;

    @ParameterizedTest
    @CsvSource("docs/library.md, 11")
    void everyBlockCompilesWithoutAWarning(String page, int least) throws Exception {
        List<String> blocks = blocks(page);

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(least);
        for (String block : blocks) {
            compile(block);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    docs/library.md | var payload =                |
                    docs/library.md | String text = switch         |
                    docs/library.md | Plan plan =                  | Trigger
                    docs/library.md | ProgressListener listener = |
                    docs/library.md | String next = switch         | again in
                    docs/library.md | } catch (DbtCloudException e | CI
                    docs/library.md | client.raw(                  | jaffle
                    """)
    void theMainOnesRunAgainstTheSandbox(String page, String part, String printed)
            throws Exception {
        String block =
                blocks(page).stream().filter(text -> text.contains(part)).findFirst().orElseThrow();
        var out = new ByteArrayOutputStream();

        // the sandbox's clock instead of this machine's, and what is printed kept
        run(
                block.replace("DbtCloudClient.fromEnvironment()", "client")
                        .replace(
                                "new Autoscaler(client)",
                                "new Autoscaler(client, system, ProgressListener.none())")
                        .replace("System.out", "out"),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains(printed == null ? "" : printed);
    }

    @Test
    void theTestInVirtualTimeSeesTheFailure() throws Exception {
        try (var loader = compile(virtualTime())) {
            Class<?> type = loader.loadClass("InVirtualTime");
            Object test = type.getConstructor().newInstance();

            assertThat(type.getMethod("noticesAFailingTest").invoke(test)).isEqualTo(true);
        }
    }

    /// Runs statements with the names that the page gives them, on a fresh sandbox in the page's
    /// own virtual time.
    private void run(String statements, PrintStream out) throws Exception {
        try (var virtual = compile(virtualTime());
                var loader = compile(statements)) {
            var system =
                    (SystemContext)
                            virtual.loadClass("InVirtualTime").getConstructor().newInstance();
            var field = system.getClass().getDeclaredField("sandbox");
            field.setAccessible(true);
            var sandbox = (Sandbox) field.get(system);
            var client =
                    new DbtCloudClient(
                            ClientOptions.defaults()
                                    .host("cloud.getdbt.com")
                                    .token(sandbox.world().token())
                                    .transport(sandbox.transport(system::now))
                                    .system(system));
            Class<?> type = loader.loadClass("Statements");
            Object block = type.getConstructor().newInstance();
            type.getField("system").set(block, system);
            type.getField("out").set(block, out);
            type.getField("client").set(block, client);
            type.getField("accountId").set(block, sandbox.world().accountId());
            type.getField("jobId").set(block, sandbox.world().ciJobId());
            type.getField("payload")
                    .set(block, Payload.of(Map.of("cause", "CI", "github_pull_request_id", 50)));
            type.getMethod("run").invoke(block);
        }
    }

    private static String virtualTime() throws IOException {
        return blocks("docs/library.md").stream()
                .filter(block -> block.contains("class InVirtualTime"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> blocks(String page) throws IOException {
        var blocks = new ArrayList<String>();
        BLOCK.matcher(Files.readString(Repository.ROOT.resolve(page)))
                .results()
                .forEach(block -> blocks.add(block.group(1)));
        return blocks;
    }

    /// Compiles a class, or statements as the body of a method, as strictly as this project itself.
    private URLClassLoader compile(String block) throws Exception {
        var named = CLASS.matcher(block);
        boolean whole = named.find();
        String source = whole ? block : BEFORE + block + "}}";
        String name = whole ? named.group(1) : "Statements";
        var problems = new DiagnosticCollector<JavaFileObject>();
        boolean compiled =
                ToolProvider.getSystemJavaCompiler()
                        .getTask(
                                null,
                                null,
                                problems,
                                List.of(
                                        "-Xlint:all",
                                        "-Werror",
                                        "-proc:none",
                                        "-cp",
                                        classPath(),
                                        "-d",
                                        classes.toString()),
                                null,
                                List.of(new Source(name, source)))
                        .call();

        assertThat(problems.getDiagnostics()).as(source).isEmpty();
        assertThat(compiled).isTrue();
        return new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, LibraryPageTest.class.getClassLoader());
    }

    /// What the artifacts of the page bring, and nothing else of what these tests see.
    private static String classPath() {
        return Stream.of(
                        SystemContext.class,
                        DbtCloudClient.class,
                        Planner.class,
                        Autoscaler.class,
                        GitHostKind.class,
                        Sandbox.class,
                        NullMarked.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(LibraryPageTest::path)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String path(URL location) {
        try {
            return Path.of(location.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
