package io.github.dbtc4j.cli.session;

import io.github.dbtc4j.autoscaler.Outcome;
import io.github.dbtc4j.cli.narration.ProgressPrinter;
import io.github.dbtc4j.cli.terminal.ExitCode;
import io.github.dbtc4j.cli.terminal.Line;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.access.Host;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// One command's connection to the platform and to the people and machines that wait for it.
///
/// @param result where the JSON goes
/// @param reader makes a client for what would be nice to know
public record Session(
        ProcessIo shell,
        ProgressPrinter narration,
        JsonOutput result,
        DbtCloudClient client,
        Supplier<DbtCloudClient> reader) {

    private static final Duration OUTLOOK_PATIENCE = Duration.ofSeconds(5);
    private static final long OUTLOOK_LARGEST = 8L << 20;

    /// How long a read is repeated while the platform fails: longer than the five-minute cooldown
    /// after too many requests.
    private static final Duration READ_PATIENCE = Duration.ofMinutes(7);

    /// Opens what the options of `dbtc` say. Nothing is sent.
    ///
    /// @throws UsageException when one of them cannot be used
    public static Session open(Dbtc dbtc) {
        return open(dbtc, READ_PATIENCE);
    }

    /// The same for a command that may take `timeout` at most: a platform that does not answer must
    /// not hold it longer.
    public static Session open(Dbtc dbtc, Duration timeout) {
        ProcessIo shell = dbtc.shell();
        var result = new JsonOutput(dbtc);
        ProgressPrinter narration = dbtc.narration();
        if (dbtc.token != null || dbtc.apiKey != null) {
            narration.say(
                    "A token among the arguments can be seen by every user of this machine;"
                            + " DBT_CLOUD_SERVICE_TOKEN and DBT_CLOUD_API_KEY cannot.");
        }
        dbtc.settings().problems().forEach(narration::say);
        if (dbtc.settings().origins().containsValue(Settings.FILE)) {
            narration.say("The token and its host and account are those of " + Settings.FILE + ".");
        }
        Duration patience = timeout.compareTo(READ_PATIENCE) < 0 ? timeout : READ_PATIENCE;
        DbtCloudClient client = client(dbtc, narration, patience);
        if (client.host().isGetdbt()) {
            narration.say(
                    "%s stops working on %s. Set DBT_CLOUD_HOST to your account's own host, such as"
                                    .formatted(client.host().name(), Host.END_OF_GETDBT)
                            + " ab123.us1.dbt.com: `dbtc doctor` names it, the account settings"
                            + " show it as access URL.");
        }
        return new Session(
                shell,
                narration,
                result,
                client,
                () -> reader(dbtc, OUTLOOK_PATIENCE, OUTLOOK_LARGEST));
    }

    /// Has a terminal show what is known of the runs of `job`, or of its clones, that are waited
    /// for.
    public void follow(long accountId, long job) {
        narration.ask(() -> new PlatformOutlook(reader.get(), accountId, job));
    }

    private static DbtCloudClient client(Dbtc dbtc, ProgressPrinter narration, Duration patience) {
        return client(dbtc, options(dbtc, patience).onWait(narration::waiting));
    }

    /// A second client for reading what would be nice to know: it gives up soon.
    ///
    /// @param largest bytes of an answer at most
    public static DbtCloudClient reader(Dbtc dbtc, Duration patience, long largest) {
        return client(dbtc, options(dbtc, patience).maxResponseBytes(largest));
    }

    private static ClientOptions options(Dbtc dbtc, Duration patience) {
        ClientOptions options =
                ClientOptions.defaults()
                        .environment(dbtc.shell().environment())
                        .callTimeout(patience);
        return dbtc.verbose ? options.onExchange(dbtc.narration()::exchanged) : options;
    }

    private static DbtCloudClient client(Dbtc dbtc, ClientOptions defaults) {
        ClientOptions options = defaults;
        try {
            if (dbtc.token != null) {
                options = options.token(dbtc.token);
            } else if (dbtc.apiKey != null) {
                options = options.token(dbtc.apiKey);
            }
            if (dbtc.host != null) {
                options = options.host(dbtc.host);
            }
            if (dbtc.caFile != null) {
                options = options.certificates(dbtc.caFile);
            }
            var client = new DbtCloudClient(options);
            dbtc.atTheEnd(client::close);
            return client;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /// Prints what the platform answered about the run, if there was one; a person at a terminal
    /// was told.
    public void write(Outcome outcome) throws IOException {
        if (outcome.answer() != null) {
            result.offerUntold(outcome.answer().json());
        } else {
            result.writeNone();
        }
    }

    /// Prints a file of a run.
    public int printFile(String text) throws IOException {
        result.writeFile(text);
        return ExitCode.SUCCESS.code();
    }

    /// Prints in JSON what standard error told in words.
    public int printTold(String json) throws IOException {
        result.offerUntold(json);
        return ExitCode.SUCCESS.code();
    }

    /// Prints JSON and, on standard error, the same for a person; on a terminal the latter alone.
    public int printBoth(String json, List<Line> text) throws IOException {
        result.show(text);
        result.offer(json);
        return ExitCode.SUCCESS.code();
    }

    /// Prints JSON, or on a terminal the same for a person, a line each.
    public int print(String json, List<Line> text) throws IOException {
        if (!result.offer(json)) {
            result.print(text);
        }
        return ExitCode.SUCCESS.code();
    }

    /// Prints what the platform answered, also on a terminal.
    public int printAnswer(String json) throws IOException {
        result.write(json);
        return ExitCode.SUCCESS.code();
    }
}
