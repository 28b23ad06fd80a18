package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.access.Host;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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

    /// The file of dbt's own command line, as people write it.
    static final String FILE = "~/" + CliFile.PLACE;

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
                    "--project-id", PROJECT,
                    "--job-id", JOB,
                    "--token", TOKEN,
                    "--api-key", TOKEN);

    /// The settings of a process whose variables say all.
    public static Settings none(ProcessIo shell) {
        return new Settings(shell, Map.of(), List.of());
    }

    /// Finds them for a process with these arguments.
    ///
    /// @param options reads the options that were given, by their long names: only the parser of
    ///   the commands tells an option from the value of another. Asked where there is something to
    ///   find
    public static Settings of(
            ProcessIo shell, List<String> args, Supplier<Map<String, String>> options) {
        Optional<Path> file = file(shell);
        Optional<JobUrl> variable = shell.variable(VARIABLE).flatMap(Settings::page);
        boolean isOption = args.stream().anyMatch(arg -> arg.startsWith(OPTION));
        if (!isOption && variable.isEmpty() && file.isEmpty()) {
            return none(shell);
        }
        Map<String, String> given = options.get();
        var found = new Found(shell, given.keySet());
        Optional.ofNullable(given.get(OPTION))
                .flatMap(Settings::page)
                .ifPresent(url -> found.add(url, OPTION, true));
        variable.ifPresent(url -> found.add(url, VARIABLE, false));
        file.ifPresent(found::add);
        return found.settings();
    }

    private static Optional<Path> file(ProcessIo shell) {
        try {
            return shell.variable("HOME")
                    .map(home -> Path.of(home, CliFile.PLACE))
                    .filter(Path::isAbsolute)
                    .filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
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

        Found(ProcessIo shell, Set<String> options) {
            this.shell = shell;
            this.given = new HashSet<>();
            OPTIONS.forEach((option, variable) -> {
                if (options.contains(option)) {
                    given.add(variable);
                }
            });
            this.environment = new HashMap<>(shell.environment());
        }

        void add(JobUrl url, String origin, boolean first) {
            put(HOST, url.host().toString(), origin, first);
            put(ACCOUNT, url.account(), origin, first);
            put(PROJECT, url.project(), origin, first);
            put(JOB, url.job(), origin, first);
        }

        void add(Path path) {
            String origin = FILE;
            CliFile file = CliFile.read(path);
            if (file.problem() != null) {
                problems.add(origin + " was ignored: " + file.problem() + ".");
                return;
            }
            if (!fits(file)) {
                problems.add(
                        origin
                                + " was ignored: another token, host or account is named, and its"
                                + " own are for each other alone.");
                return;
            }
            put(HOST, file.host(), origin, false);
            put(ACCOUNT, file.account(), origin, false);
            put(PROJECT, file.project(), origin, false);
            put(TOKEN, file.token(), origin, false);
            if (file.open() && origins.containsValue(origin)) {
                problems.add(
                        "%1$s can be read by others on this machine; `chmod 600 %1$s` ends that."
                                .formatted(origin));
            }
        }

        /// Its token goes to its own host alone, and no other token goes there for its sake.
        private boolean fits(CliFile file) {
            boolean itsHost =
                    !isSet(HOST)
                            || (!given.contains(HOST)
                                    && file.host() != null
                                    && host(file.host()).equals(host(environment.get(HOST))));
            boolean itsAccount =
                    !isSet(ACCOUNT)
                            || (!given.contains(ACCOUNT)
                                    && environment
                                            .getOrDefault(ACCOUNT, "")
                                            .strip()
                                            .equals(file.account()));
            return itsHost
                    && itsAccount
                    && !given.contains(TOKEN)
                    && DbtCloudClient.TOKEN_VARIABLES.stream().noneMatch(this::isSet);
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
