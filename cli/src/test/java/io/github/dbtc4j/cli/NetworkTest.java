package io.github.dbtc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.cli.process.CommandProcess;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command against a platform whose certificate only a file vouches for: `sandbox --tls`.
@Tag("gate")
class NetworkTest {

    private static final Pattern VARIABLE = Pattern.compile("export (\\w+)='(.*)'");

    private final Map<String, String> environment = new HashMap<>();

    @TempDir private Path folder;

    @BeforeEach
    void nameAPlatform() {
        environment.put("DBT_CLOUD_HOST", "https://127.0.0.1:1");
        environment.put("DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY);
        environment.put("DBT_CLOUD_ACCOUNT_ID", "1");
    }

    @Tag("heavy")
    @Test
    void trustsTheCertificateThatTheSandboxMade() {
        CommandProcess sandbox =
                CommandProcess.dbtc(Map.of(), "sandbox", "--tls", "--speed=600", "--seed=5");
        sandbox.awaitErr("until this is stopped");
        Matcher variable = VARIABLE.matcher(sandbox.out());
        while (variable.find()) {
            environment.put(variable.group(1), variable.group(2));
        }
        assertThat(environment.get("DBT_CLOUD_HOST")).startsWith("https://127.0.0.1:");

        var trusting = CommandProcess.dbtc(environment, "jobs", "list").end();
        var doctor = CommandProcess.dbtc(environment, "doctor").end();
        String file = String.valueOf(environment.remove("SSL_CERT_FILE"));
        var named = CommandProcess.dbtc(environment, "jobs", "list", "--ca-file=" + file).end();
        var unnamed = CommandProcess.dbtc(environment, "doctor").end();
        sandbox.signal("TERM");

        assertThat(sandbox.end().exitCode()).isEqualTo(143);
        assertThat(trusting.exitCode()).as(trusting.err()).isZero();
        assertThat(doctor.err())
                .contains(
                        "No proxy. Certificates: those of Java, 1 of " + file + " (SSL_CERT_FILE)");
        assertThat(named.exitCode()).as(named.err()).isZero();
        assertThat(unnamed.err())
                .contains("no secure connection")
                .contains("SSL_CERT_FILE or --ca-file");
        assertThat(Path.of(file)).doesNotExist();
    }

    @Test
    void endsAtOnceWhereJavasOwnCertificatesCannotBeRead() throws IOException {
        Path store = Files.writeString(folder.resolve("trust"), "-----BEGIN CERTIFICATE-----");
        for (Path each : List.of(store, folder.resolve("missing"))) {
            var ended =
                    CommandProcess.start(
                                    environment,
                                    CommandProcess.command(
                                            List.of("-Djavax.net.ssl.trustStore=" + each),
                                            "jobs",
                                            "get",
                                            "--job-id=1"))
                            .end();

            assertThat(ended.exitCode()).isEqualTo(6);
            assertThat(ended.err())
                    .contains("cannot be read (javax.net.ssl.trustStore is " + each + ")")
                    .contains("SSL_CERT_FILE or --ca-file")
                    .doesNotContain("tried");
        }
    }

    @Test
    void sendsNothingWhereAFileOrAProxyCannotBeUsed() {
        environment.put("SSL_CERT_FILE", folder.resolve("missing.pem").toString());
        var file = CommandProcess.dbtc(environment, "jobs", "list").end();
        environment.remove("SSL_CERT_FILE");
        environment.put("HTTPS_PROXY", "socks5://me:sesame@proxy");
        environment.put("DBT_CLOUD_HOST", "platform.test");
        var proxy = CommandProcess.dbtc(environment, "jobs", "list").end();

        assertThat(file.exitCode()).isEqualTo(2);
        assertThat(file.err()).contains("missing.pem (SSL_CERT_FILE) cannot be read");
        assertThat(proxy.exitCode()).isEqualTo(2);
        assertThat(proxy.err()).contains("HTTPS_PROXY cannot be used").doesNotContain("sesame");
    }
}
