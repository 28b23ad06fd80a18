package io.github.dbtc4j.cli.doctor;

import io.github.dbtc4j.autoscaler.doctor.Finding.Level;
import io.github.dbtc4j.cli.session.Settings;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.access.Host;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Where token, host, account and job come from, and which of them are missing.
final class SettingsFound {

    private static final String HOST = "DBT_CLOUD_HOST";
    private static final String ACCOUNT = "DBT_CLOUD_ACCOUNT_ID";
    private static final String JOB = "DBT_CLOUD_JOB_ID";

    private final Settings settings;

    SettingsFound(Settings settings) {
        this.settings = settings;
    }

    /// What neither an option nor a variable of its own names, a row for each place it came from.
    List<DoctorRow> elsewhere() {
        return new TreeSet<>(settings.origins().values())
                .stream()
                        .map(origin ->
                                DoctorRow.well("settings", names(origin) + " from " + origin + "."))
                        .toList();
    }

    /// What to know where nothing can be asked for: a token or an account is missing.
    ///
    /// @param token whether there is a token
    List<DoctorRow> missing(
            boolean token, @Nullable String host, @Nullable Long account, @Nullable Long job) {
        var rows = new ArrayList<DoctorRow>();
        rows.add(
                token
                        ? given("token", tokensPlace())
                        : new DoctorRow(
                                Level.PROBLEM,
                                new FindingText(
                                        "token",
                                        "None is given.",
                                        "Make one in the platform under Account settings, API"
                                                + " tokens. Set DBT_CLOUD_API_KEY to a personal"
                                                + " one, DBT_CLOUD_SERVICE_TOKEN to a service"
                                                + " token.")));
        rows.add(
                host != null
                        ? given("host", place("--host", HOST, host))
                        : new DoctorRow(
                                Level.NOTE,
                                new FindingText(
                                        "host",
                                        "None is named, which means %s until %s."
                                                .formatted(Host.DEFAULT, Host.END_OF_GETDBT),
                                        "Set DBT_CLOUD_HOST to the access URL in the account"
                                                + " settings, such as ab123.us1.dbt.com.")));
        rows.add(
                account != null
                        ? given("account", place("--account-id", ACCOUNT, account))
                        : new DoctorRow(
                                Level.PROBLEM,
                                new FindingText(
                                        "account",
                                        "None is named.",
                                        "Set DBT_CLOUD_ACCOUNT_ID to the number in the address of"
                                            + " the account settings. Or set DBT_CLOUD_JOB_URL to"
                                            + " the address of the job's page: it names host,"
                                            + " account and job at once.")));
        rows.add(
                job != null
                        ? given("job", place("--job-id", JOB, job))
                        : new DoctorRow(
                                Level.NOTE,
                                new FindingText(
                                        "job",
                                        "None is named.",
                                        "Set DBT_CLOUD_JOB_ID to the number behind /jobs/ in the"
                                                + " address of the job's page.")));
        return rows;
    }

    private static DoctorRow given(String subject, String place) {
        return DoctorRow.well(subject, "From " + place + ".");
    }

    private String tokensPlace() {
        return DbtCloudClient.TOKEN_VARIABLES.stream()
                .filter(name -> settings.shell().variable(name).isPresent())
                .findFirst()
                .map(name -> settings.origins().getOrDefault(name, name))
                .orElse("an argument");
    }

    /// An option is stronger than a variable with another value.
    private String place(String option, String variable, Object value) {
        return settings.shell().variable(variable).filter(value.toString()::equals).isPresent()
                ? settings.origins().getOrDefault(variable, variable)
                : option;
    }

    private String names(String origin) {
        return settings.origins().entrySet().stream()
                .filter(entry -> entry.getValue().equals(origin))
                .map(entry -> word(entry.getKey()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /// `DBT_CLOUD_ACCOUNT_ID` in a word.
    private static String word(String variable) {
        return switch (variable) {
            case "DBT_CLOUD_API_KEY" -> "token";
            default -> variable.replaceAll("DBT_CLOUD_|_ID", "").toLowerCase(Locale.ROOT);
        };
    }
}
