package io.github.dbtc4j.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.cli.Commands;
import io.github.dbtc4j.cli.Platform;
import io.github.dbtc4j.cli.Prompt;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

@Tag("gate")
class SettingsTest {

    private static final String PAGE =
            "https://ab123.us1.dbt.com/deploy/43786/projects/1/jobs/73797";

    /// The fields of docs.getdbt.com/reference/dbt_cloud.yml.
    private static final String FILE =
            """
            version: "1"
            context:
              active-project: "7"
              active-host: "zz999.us1.dbt.com"
            projects:
              - project-name: "another"
                project-id: "6"
                account-id: "41"
                account-host: "zz999.us1.dbt.com"
                token-value: "dbtu_another"
              - project-name: "jaffle shop"
                project-id: "7"
                account-name: "shop"
                account-id: "42"
                account-host: "zz999.us1.dbt.com"
                token-name: "cloud-cli-7"
                token-value: "dbtu_of_the_file"
            """;

    @TempDir private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                PAGE,
                PAGE + "/",
                PAGE + "/settings",
                PAGE + "?tab=runs#top",
                " " + PAGE + "\n",
                "https://ab123.us1.dbt.com/#/accounts/43786/projects/1/jobs/73797/",
                "https://ab123.us1.dbt.com/next/deploy/43786/projects/1/jobs/73797"
            })
    void readsAJobsPage(String text) {
        JobUrl url = JobUrl.parse(text);

        assertThat(url.host()).hasToString("https://ab123.us1.dbt.com");
        assertThat(List.of(url.account(), url.project(), url.job()))
                .containsExactly("43786", "1", "73797");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "73797",
                "ab123.us1.dbt.com/deploy/43786/projects/1/jobs/73797",
                "https://ab123.us1.dbt.com/deploy/43786/projects/1/runs/9",
                "https://ab123.us1.dbt.com/deploy/43786/projects/1/jobs/0",
                "https://ab123.us1.dbt.com/deploy/43786/projects/1/jobs/737979999999999999999",
                "http://ab123.us1.dbt.com/deploy/43786/projects/1/jobs/73797",
                "https://me:secret@ab123.us1.dbt.com/deploy/43786/projects/1/jobs/73797",
                "https:///deploy/43786/projects/1/jobs/73797"
            })
    void refusesWhatIsNoJobsPage(String text) {
        assertThatThrownBy(() -> JobUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");

        var prompt = new Prompt(Map.of("DBT_CLOUD_API_KEY", "dbtu_x"));
        assertThat(prompt.dbtc("doctor", "--job-url=" + text)).isEqualTo(2);
        assertThat(prompt.err()).contains("--job-url");
    }

    @Test
    void theOptionComesBeforeVariablesAndAfterOptionsOfTheirOwn() {
        Map<String, String> variables =
                Map.of("DBT_CLOUD_ACCOUNT_ID", "1", "DBT_CLOUD_HOST", "other.dbt.com");

        assertThat(environment(variables, "doctor", "--job-url", PAGE))
                .containsEntry("DBT_CLOUD_ACCOUNT_ID", "43786")
                .containsEntry("DBT_CLOUD_HOST", "https://ab123.us1.dbt.com")
                .containsEntry("DBT_CLOUD_PROJECT_ID", "1")
                .containsEntry("DBT_CLOUD_JOB_ID", "73797");
        assertThat(environment(variables, "doctor", "--job-url=" + PAGE, "-a", "5", "--host=h.x"))
                .containsEntry("DBT_CLOUD_ACCOUNT_ID", "1")
                .containsEntry("DBT_CLOUD_HOST", "other.dbt.com")
                .containsEntry("DBT_CLOUD_JOB_ID", "73797");
    }

    @Test
    void itsVariableComesAfterTheOthers() {
        Map<String, String> variables =
                Map.of("DBT_CLOUD_ACCOUNT_ID", "1", "DBT_CLOUD_JOB_URL", PAGE);

        assertThat(environment(variables, "doctor"))
                .containsEntry("DBT_CLOUD_ACCOUNT_ID", "1")
                .containsEntry("DBT_CLOUD_JOB_ID", "73797");
    }

    @Test
    void theFileOfDbtsCommandLineComesLast() throws IOException {
        write(FILE, "rw-------");

        var settings = settings(variables(Map.of()), "doctor");

        assertThat(settings.shell().environment())
                .containsEntry("DBT_CLOUD_HOST", "zz999.us1.dbt.com")
                .containsEntry("DBT_CLOUD_ACCOUNT_ID", "42")
                .containsEntry("DBT_CLOUD_PROJECT_ID", "7")
                .containsEntry("DBT_CLOUD_API_KEY", "dbtu_of_the_file");
        assertThat(settings.origins().values()).containsOnly("~/.dbt/dbt_cloud.yml");
        assertThat(settings.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DBT_CLOUD_HOST, ab123.us1.dbt.com, ''",
        "DBT_CLOUD_JOB_URL, https://ab123.us1.dbt.com/deploy/4/projects/1/jobs/7, ''",
        "UNUSED, x, --host=ab123.us1.dbt.com",
        "UNUSED, x, --job-url=https://ab123.us1.dbt.com/deploy/4/projects/1/jobs/7"
    })
    void itsTokenIsForItsOwnHostAlone(String name, String value, String arg) throws IOException {
        write(FILE, "rw-------");

        assertThat(environment(variables(Map.of(name, value)), "doctor", arg))
                .doesNotContainKey("DBT_CLOUD_API_KEY")
                .doesNotContainValue("42");
    }

    @Test
    void itsTokenIsTakenWhereItsHostIsNamed() throws IOException {
        write(FILE, "rw-------");
        Map<String, String> variables =
                variables(Map.of("DBT_CLOUD_HOST", "https://ZZ999.us1.dbt.com/"));

        assertThat(environment(variables, "doctor"))
                .containsEntry("DBT_CLOUD_API_KEY", "dbtu_of_the_file");
        assertThat(environment(variables(Map.of("DBT_CLOUD_SERVICE_TOKEN", "dbtc_mine")), "x"))
                .as("another token does not go to its host")
                .doesNotContainKeys("DBT_CLOUD_API_KEY", "DBT_CLOUD_HOST", "DBT_CLOUD_ACCOUNT_ID");
        assertThat(environment(variables(Map.of()), "jobs", "list", "-a5"))
                .doesNotContainKeys("DBT_CLOUD_API_KEY", "DBT_CLOUD_PROJECT_ID");
    }

    /// The author of a pull request chooses its title.
    @ParameterizedTest
    @ValueSource(strings = {"--job-url=%s", "--host=evil.example", "-a 7"})
    void theValueOfAnotherOptionNamesNothing(String title) {
        Map<String, String> variables = Map.of("DBT_CLOUD_HOST", "other.dbt.com");

        String[] args = {"ci", "run", "--cause", title.formatted(PAGE), "--job-url=" + PAGE};
        assertThat(environment(variables, args))
                .containsEntry("DBT_CLOUD_HOST", "https://ab123.us1.dbt.com")
                .containsEntry("DBT_CLOUD_ACCOUNT_ID", "43786");
        assertThat(environment(variables, "ci", "run", "--cause", title.formatted(PAGE)))
                .isEqualTo(variables);
    }

    @Test
    void aFileWithoutEndIsIgnored() throws IOException {
        for (String text :
                List.of(
                        "[".repeat(60_000),
                        "projects: [{account-id: &a [[*a]], token-value: *a}]")) {
            write(text, "rw-------");

            assertThat(environment(variables(Map.of()), "doctor"))
                    .doesNotContainKeys("DBT_CLOUD_API_KEY", "DBT_CLOUD_ACCOUNT_ID");
        }
        assertThat(environment(Map.of("HOME", "a\0b"), "doctor")).isEqualTo(Map.of("HOME", "a\0b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "[]",
                "context: {active-project: '9'}\nprojects: [{project-id: '7'}]",
                "projects: [{project-id: '7'}, {project-id: '8'}]",
                "a: !!java/lang.Object []"
            })
    void aFileThatCannotBeUsedIsIgnored(String text) throws IOException {
        write(text, "rw-------");

        var settings = settings(variables(Map.of()), "doctor");

        assertThat(settings.origins()).isEmpty();
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("~/.dbt/dbt_cloud.yml was ignored: it");
    }

    @Test
    void theDoctorSaysWhatCameFromWhere() throws IOException {
        try (var platform = Platform.starter()) {
            String host = platform.environment().get("DBT_CLOUD_HOST");
            write(
                    FILE.replace("zz999.us1.dbt.com", host)
                            .replace("\"42\"", "\"1\"")
                            .replace("dbtu_of_the_file", token(platform)),
                    "rw-r--r--");
            var prompt = new Prompt(Map.of("HOME", home.toString()));

            prompt.dbtc("doctor");

            assertThat(prompt.err())
                    .contains(
                            "account, host, project, token from ~/.dbt/dbt_cloud.yml.",
                            "can be read by others on this machine; `chmod 600"
                                    + " ~/.dbt/dbt_cloud.yml`",
                            "The CI jobs this token sees are")
                    .doesNotContain(token(platform));
            assertThat(prompt.out())
                    .startsWith(
                            "[{\"subject\":\"settings\",\"level\":\"ok\",\"finding\":\"account,"
                                    + " host, project, token from ~/.dbt/dbt_cloud.yml.\"");
        }
    }

    @Test
    void aJobsPageIsEnoughForACommand() {
        try (var platform = Platform.starter()) {
            String host = platform.environment().get("DBT_CLOUD_HOST");
            var prompt = new Prompt(Map.of("DBT_CLOUD_SERVICE_TOKEN", token(platform)));

            int exitCode =
                    prompt.dbtc(
                            "jobs",
                            "get",
                            "--job-url",
                            host + "/deploy/1/projects/1/jobs/" + platform.job);

            assertThat(exitCode).as(prompt.err()).isZero();
            assertThat(prompt.out()).contains("\"id\":" + platform.job + ",");
        }
    }

    @Test
    void aMissingIdNamesTheFileThatWasIgnored() throws IOException {
        write("{", "rw-------");
        var prompt = new Prompt(variables(Map.of()));

        assertThat(prompt.dbtc("ci", "status")).isEqualTo(2);
        assertThat(prompt.err()).contains("~/.dbt/dbt_cloud.yml was ignored: it is not YAML.");
    }

    @Test
    void aMissingIdPointsToTheJobsPage() {
        var prompt = new Prompt(Map.of("DBT_CLOUD_SERVICE_TOKEN", "dbtu_x"));

        assertThat(prompt.dbtc("ci", "status")).isEqualTo(2);
        assertThat(prompt.err())
                .contains(
                        "missing: --account-id=ID", "; --job-url, the address of the job's page,");
    }

    private static String token(Platform platform) {
        return Objects.requireNonNull(platform.environment().get("DBT_CLOUD_SERVICE_TOKEN"));
    }

    private static Settings settings(Map<String, String> variables, String... args) {
        var shell = new Prompt(variables).shell();
        return Settings.of(shell, List.of(args), () -> Commands.options(shell, args));
    }

    private Map<String, String> variables(Map<String, String> more) {
        var variables = new HashMap<>(more);
        variables.put("HOME", home.toString());
        return variables;
    }

    private static Map<String, String> environment(Map<String, String> variables, String... args) {
        return settings(variables, args).shell().environment();
    }

    private void write(String text, String permissions) throws IOException {
        Path file = home.resolve(CliFile.PLACE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
