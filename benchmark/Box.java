import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A sandbox on this machine, over TLS as the platform is, and commands that are started against
/// it.
final class Box implements AutoCloseable {

    /// The command that is measured: `DBTC` in the environment, or that of this clone.
    static final String DBTC =
            Path.of(System.getenv().getOrDefault("DBTC", "dbtc")).toAbsolutePath().toString();

    /// The start of a trigger; a pull request's number is its end.
    static final String PAYLOAD = "--payload={\"cause\": \"CI\", \"github_pull_request_id\": ";

    private static final Pattern VARIABLE = Pattern.compile("export (\\w+)='(.*)'");
    private static final Pattern READ =
            Pattern.compile("\"event\":\"requested\",\"method\":\"(\\w+)\",\"path\":\"([^\"]+)\"");

    private final Map<String, String> environment = new HashMap<>();
    private final Process sandbox;

    /// @param speed platform seconds a second
    Box(int speed) throws IOException {
        sandbox =
                new ProcessBuilder(DBTC, "sandbox", "--tls", "--port=0", "--speed=" + speed)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader lines = sandbox.inputReader(StandardCharsets.UTF_8);
        while (!environment.containsKey("DBT_CLOUD_JOB_ID")) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the sandbox does not start; try ./dbtc sandbox");
            }
            Matcher variable = VARIABLE.matcher(line);
            if (variable.matches()) {
                environment.put(variable.group(1), variable.group(2));
            }
        }
    }

    /// Lets every run be over a second after it began.
    void letRunsBeShort() throws IOException, InterruptedException {
        ask("POST", "/sandbox/rules", "{\"prep_seconds\": 0, \"execution_seconds\": 1}");
    }

    /// The requests that were made since the sandbox began, as method and path.
    List<String> requests() throws IOException, InterruptedException {
        var requests = new ArrayList<String>();
        Matcher read = READ.matcher(ask("GET", "/sandbox/history", ""));
        while (read.find()) {
            requests.add(read.group(1) + " " + read.group(2));
        }
        return requests;
    }

    private String ask(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(environment.get("DBT_CLOUD_HOST") + path))
                        .header(
                                "Authorization",
                                "Token " + environment.get("DBT_CLOUD_SERVICE_TOKEN"))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(method + " " + path + " was answered " + answer.statusCode());
            }
            return answer.body();
        }
    }

    /// Trusts the certificate that the sandbox made.
    private SSLContext trusting() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(environment.get("SSL_CERT_FILE")))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var trusted =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// How many milliseconds `command` takes from its start to its end.
    double time(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int exitCode = start(command).waitFor();
        double taken = (System.nanoTime() - start) / 1e6;
        if (exitCode != 0) {
            throw new IOException("exit code " + exitCode + " of " + command);
        }
        return taken;
    }

    /// Whether there is such a program; there is no row for one that is missing.
    static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }

    /// The interpreter itself: a version manager's stand-in for it takes time of its own.
    static String python() throws IOException {
        Process asked =
                new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
        return asked.inputReader(StandardCharsets.UTF_8).readLine();
    }

    /// Deletes a folder of files.
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /// The Java that runs this, which `benchmark/start-up` takes from `dbtc`.
    static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    @Override
    public void close() throws InterruptedException {
        sandbox.destroy();
        sandbox.waitFor(10, TimeUnit.SECONDS);
    }
}
