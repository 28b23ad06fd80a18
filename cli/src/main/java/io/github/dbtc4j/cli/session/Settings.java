package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.access.Host;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where host, account, project, job and token come from when no option of their own names them:
/// `--job-url` first, then a variable each, then the variable of `--job-url`, last the
/// [file][CliFile] of dbt's own command line.
///
/// What is found stands in the environment as if a variable had named it.
///
/// @param shell the process, with variables for what was found
/// @param origins for each of these variables, where its value was found
/// @param problems what is wrong with such a place, a sentence each
public record Settings(ProcessIo shell, Map<String, String> origins, List<String> problems) {

    private static final String OPTION = "--job-url";
    private static final String VARIABLE = "DBT_CLOUD_JOB_URL";
    private static final String HOST = "DBT_CLOUD_HOST";
    private static final String ACCOUNT = "DBT_CLOUD_ACCOUNT_ID";
    private static final String PROJECT = "DBT_CLOUD_PROJECT_ID";
    private static final String JOB = "DBT_CLOUD_JOB_ID";
    private static final String TOKEN = "DBT_CLOUD_API_KEY";

    private static final Map<String, String> OPTIONS =
            Map.of(
                    "--host", HOST,
                    "--account-id", ACCOUNT,
                    "-a", ACCOUNT,
                    "--project-id", PROJECT,
                    "-p", PROJECT,
                    "--job-id", JOB,
                    "-j", JOB,
                    "--token", TOKEN,
                    "--api-key", TOKEN);

    /// Finds them for a process with these arguments.
    public static Settings of(ProcessIo shell, String... args) {
        var found = new Found(shell, given(args));
        argument(args).flatMap(Settings::page).ifPresent(url -> found.add(url, OPTION, true));
        shell.variable(VARIABLE)
                .flatMap(Settings::page)
                .ifPresent(url -> found.add(url, VARIABLE, false));
        shell.variable("HOME")
                .map(home -> Path.of(home, CliFile.PLACE))
                .filter(Files::isRegularFile)
                .ifPresent(found::add);
        return found.settings();
    }

    /// Returns the last value of the option. Commands are not described yet when it is needed.
    private static Optional<String> argument(String... args) {
        String value = null;
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].startsWith(OPTION + "=")) {
                value = args[i].substring(OPTION.length() + 1);
            } else if (args[i].equals(OPTION) && i + 1 < args.length) {
                value = args[i + 1];
            }
        }
        return Optional.ofNullable(value);
    }

    /// Returns the variables that an option stands in for.
    private static Set<String> given(String... args) {
        var given = new HashSet<String>();
        for (String arg : args) {
            OPTIONS.forEach((option, variable) -> {
                boolean joined =
                        option.startsWith("--")
                                ? arg.startsWith(option + "=")
                                : arg.startsWith(option);
                if (joined || arg.equals(option)) {
                    given.add(variable);
                }
            });
        }
        return given;
    }

    /// One that is no job's page is refused with the other options.
    private static Optional<JobUrl> page(String text) {
        try {
            return Optional.of(JobUrl.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static final class Found {

        private final ProcessIo shell;
        private final Set<String> given;
        private final Map<String, String> environment;
        private final Map<String, String> origins = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();

        Found(ProcessIo shell, Set<String> given) {
            this.shell = shell;
            this.given = given;
            this.environment = new HashMap<>(shell.environment());
        }

        void add(JobUrl url, String origin, boolean first) {
            put(HOST, url.host().toString(), origin, first);
            put(ACCOUNT, url.account(), origin, first);
            put(PROJECT, url.project(), origin, first);
            put(JOB, url.job(), origin, first);
        }

        void add(Path path) {
            String origin = "~/" + CliFile.PLACE;
            CliFile file = CliFile.read(path);
            if (file.problem() != null) {
                problems.add(origin + " was ignored: " + file.problem() + ".");
                return;
            }
            if (!fits(file)) {
                return;
            }
            boolean itsAccount = !isSet(ACCOUNT);
            put(HOST, file.host(), origin, false);
            put(ACCOUNT, file.account(), origin, false);
            if (itsAccount) {
                put(PROJECT, file.project(), origin, false);
            }
            if (DbtCloudClient.TOKEN_VARIABLES.stream().noneMatch(this::isSet)) {
                put(TOKEN, file.token(), origin, false);
            }
            if (file.open() && origins.containsValue(origin)) {
                problems.add(
                        "%1$s can be read by others on this machine; `chmod 600 %1$s` ends that."
                                .formatted(origin));
            }
        }

        /// Its token is for its own host, and its project for its own account.
        private boolean fits(CliFile file) {
            return !isSet(HOST)
                    || (!given.contains(HOST)
                            && file.host() != null
                            && host(file.host()).equals(host(environment.get(HOST))));
        }

        private static Optional<Host> host(@Nullable String text) {
            try {
                return Optional.ofNullable(text).map(Host::parse);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private boolean isSet(String variable) {
            return given.contains(variable) || !environment.getOrDefault(variable, "").isBlank();
        }

        private void put(String variable, @Nullable String value, String origin, boolean first) {
            if (value != null && (first ? !given.contains(variable) : !isSet(variable))) {
                environment.put(variable, value);
                origins.put(variable, origin);
            }
        }

        Settings settings() {
            return new Settings(
                    shell.with(Map.copyOf(environment)),
                    Map.copyOf(origins),
                    List.copyOf(problems));
        }
    }
}
