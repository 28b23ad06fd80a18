package io.github.dbtc4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.doctor.Doctor;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.sandbox.Sandbox;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Hosts under `getdbt.com` end on 2027-02-03 (docs.getdbt.com, "Migrate your account's access
/// URL"): no command uses one silently.
@Tag("gate")
class HostTest {

    private static final String WARNING =
            "getdbt.com stops working on 2027-02-03. Set DBT_CLOUD_HOST";

    @Test
    void theDefaultIsNotUsedSilently() {
        assertThat(saidWith(Map.of())).containsOnlyOnce("cloud." + WARNING).contains("dbtc doctor");
    }

    @Test
    void noOtherHostUnderGetdbtIs() {
        assertThat(saidWith(Map.of("DBT_CLOUD_HOST", "cloud.acme.getdbt.com")))
                .containsOnlyOnce("cloud.acme." + WARNING);
    }

    @Test
    void anAccountsOwnHostIs() {
        assertThat(saidWith(Map.of("DBT_CLOUD_HOST", "http://127.0.0.1:1")))
                .doesNotContain(WARNING);
    }

    /// Nothing is sent: a client that may only read refuses before it looks for the host.
    private static String saidWith(Map<String, String> host) {
        Map<String, String> environment = new HashMap<>(host);
        environment.put("DBT_CLOUD_SERVICE_TOKEN", CommandProcess.CANARY);
        environment.put("DBT_CLOUD_ACCOUNT_ID", "1");
        environment.put("DBT_CLOUD_READONLY", "true");
        var prompt = new Prompt(environment);
        assertThat(prompt.dbtc("runs", "cancel", "--run-id=1")).as(prompt.err()).isEqualTo(2);
        return prompt.err();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cloud.getdbt.com      | own host, abc12.us1.dbt.com.
                    cloud.acme.getdbt.com | own host, which begins with abc12.
                    """)
    void theDoctorNamesTheAccountsOwn(String host, String own) throws InterruptedException {
        var sandbox = new Sandbox(Platform.options(), Instant.parse("2026-03-02T09:00:00Z"));
        var client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .transport(sandbox.transport(sandbox::now))
                                .host(host)
                                .token(CommandProcess.CANARY));

        String table =
                Doctor.of(client, SystemContext.real(), 1, 1L, Duration.ofMinutes(30)).stream()
                        .flatMap(finding -> DoctorTable.lines(DoctorRow.of(finding)).stream())
                        .map(Line::toString)
                        .collect(Collectors.joining("\n"));

        assertThat(table)
                .containsPattern(
                        "note +host +https://" + host + "\\. Hosts under getdbt\\.com stop")
                .contains("2027-02-03", own)
                .containsPattern("note +clock +[\\d:]+ (ahead of|behind) the platform's")
                .contains("→ Correct this machine's clock.");
    }
}
