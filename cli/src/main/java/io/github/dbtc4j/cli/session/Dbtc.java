package io.github.dbtc4j.cli.session;

import static picocli.CommandLine.ScopeType.INHERIT;

import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.Stderr;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.access.Redaction;
import io.github.dbtc4j.client.access.Unfilled;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The command itself, with the options that every command below it takes, before or after its
/// name.
///
/// Nothing here or in another command names a type of JSON or HTTP in a field or a signature: help,
/// version and usage errors are answered before those are loaded.
@Command(
        name = "dbtc",
        description = "Autoscaling CI for dbt platform (dbt Cloud) jobs.",
        versionProvider = VersionProvider.class,
        footerHeading = "%nExample:%n",
        footer = {
            "  export DBT_CLOUD_SERVICE_TOKEN=... DBT_CLOUD_ACCOUNT_ID=43786",
            "  dbtc doctor --job-id=73797   # is everything as it should be?",
            "  dbtc ci run --job-id=73797   # in the pipeline of a pull request",
            "  dbtc help ci run             # what a command takes",
        })
public final class Dbtc implements AutoCloseable {

    private final Settings settings;
    private final ProcessIo shell;
    private final Stderr stderr;
    private final ProgressPrinter narration;
    private final List<Runnable> atTheEnd = new ArrayList<>();

    private List<String> redacted = List.of();
    private Redaction redaction = Redaction.of(redacted);

    /// Where a command reports that it ended before its verdict; null before it began to.
    public @Nullable NoVerdict reports;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = INHERIT,
            descriptionKey = "DBT_CLOUD_SERVICE_TOKEN",
            description =
                    "Service token; other users of this machine see arguments, not variables"
                            + " [env: DBT_CLOUD_SERVICE_TOKEN].")
    @Nullable String token;

    @Option(
            names = "--api-key",
            paramLabel = "TOKEN",
            scope = INHERIT,
            descriptionKey = "DBT_CLOUD_API_KEY",
            description =
                    "Personal access token; other users of this machine see arguments, not"
                            + " variables [env: DBT_CLOUD_API_KEY].")
    @Nullable String apiKey;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            scope = INHERIT,
            descriptionKey = "DBT_CLOUD_HOST",
            description =
                    "The account's own host, such as ab123.us1.dbt.com. Without it"
                            + " cloud.getdbt.com, which stops working on 2027-02-03 [env:"
                            + " DBT_CLOUD_HOST].")
    @Nullable String host;

    /// Taken apart by [Settings].
    @Option(
            names = "--job-url",
            paramLabel = "URL",
            scope = INHERIT,
            converter = JobUrlConverter.class,
            descriptionKey = "DBT_CLOUD_JOB_URL",
            description =
                    "The job's page, copied from the browser: names host, account, project and job"
                            + " at once [env: DBT_CLOUD_JOB_URL].")
    @Nullable String jobUrl;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            scope = INHERIT,
            descriptionKey = "DBTC_CA_FILE",
            description =
                    "Trust the certificate authorities in this PEM file too, besides Java's own and"
                            + " those of SSL_CERT_FILE, REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE"
                            + " [env: DBTC_CA_FILE].")
    @Nullable Path caFile;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            scope = INHERIT,
            descriptionKey = "DBTC_OUTPUT",
            description =
                    "Write the JSON to this file instead of standard output"
                            + " [env: DBTC_OUTPUT].")
    public @Nullable Path output;

    @Option(
            names = "--json",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            scope = INHERIT,
            descriptionKey = "DBTC_JSON",
            description = "Print JSON on a terminal too; elsewhere it always is [env: DBTC_JSON].")
    public boolean json;

    @Option(
            names = {"-q", "--quiet"},
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            scope = INHERIT,
            descriptionKey = "DBTC_QUIET",
            description =
                    "Say on standard error only what went wrong and how it ended"
                            + " [env: DBTC_QUIET].")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            scope = INHERIT,
            descriptionKey = "DBTC_VERBOSE",
            description =
                    "Say on standard error each request that is sent, with status and milliseconds"
                            + " [env: DBTC_VERBOSE].")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version, as -v does where nothing else is asked.")
    boolean version;

    /// The command in a process whose variables say all.
    public Dbtc(ProcessIo shell) {
        this(Settings.none(shell));
    }

    /// The command with these settings.
    public Dbtc(Settings settings) {
        this.settings = settings;
        this.shell = settings.shell();
        this.stderr = new Stderr(shell, this::secrets, () -> !json);
        this.narration = new ProgressPrinter(stderr, () -> quiet);
    }

    /// What takes every token that was given out of a text, used or not.
    public Redaction secrets() {
        List<String> tokens = tokens();
        if (!tokens.equals(redacted)) {
            redacted = tokens;
            redaction = Redaction.of(tokens);
        }
        return redaction;
    }

    /// Whether a token was given, usable or not.
    public boolean hasToken() {
        return token != null
                || apiKey != null
                || DbtCloudClient.TOKEN_VARIABLES.stream()
                        .anyMatch(name -> shell.variable(name).isPresent());
    }

    private List<String> tokens() {
        return Stream.concat(
                        platformTokens(), filled(GitHostTokens.ALL.stream().map(shell::variable)))
                .distinct()
                .toList();
    }

    private Stream<String> platformTokens() {
        return filled(
                Stream.concat(
                        Stream.of(Optional.ofNullable(token), Optional.ofNullable(apiKey)),
                        DbtCloudClient.TOKEN_VARIABLES.stream().map(shell::variable)));
    }

    private static Stream<String> filled(Stream<Optional<String>> tokens) {
        return tokens.flatMap(Optional::stream)
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !Unfilled.is(text));
    }

    /// Whether a token of the platform was given, and not only the name of a variable that was not
    /// filled in.
    public boolean hasFilledToken() {
        return platformTokens().findAny().isPresent();
    }

    /// Takes note of what is to be done when the command has ended: a client that is left open
    /// delays the end of the process.
    void atTheEnd(Runnable action) {
        atTheEnd.add(action);
    }

    @Override
    public void close() {
        narration.ending();
        atTheEnd.forEach(Runnable::run);
    }

    public Stderr stderr() {
        return stderr;
    }

    public ProgressPrinter narration() {
        return narration;
    }

    /// Further certificates in PEM to trust, or null.
    public @Nullable Path certificates() {
        return caFile;
    }

    public Settings settings() {
        return settings;
    }

    public ProcessIo shell() {
        return shell;
    }

    /// The host, as it was written in an option or a variable.
    public Optional<String> host() {
        return Optional.ofNullable(host).or(() -> shell.variable("DBT_CLOUD_HOST"));
    }

    /// Reports that a command ended before its verdict.
    @FunctionalInterface
    public interface NoVerdict {

        /// Reports it.
        ///
        /// @param message what ended it
        /// @param untriggered whether certainly no run was triggered
        void noVerdict(String message, boolean untriggered);
    }
}
