package io.github.dbtc4j.cli.ci;

import io.github.dbtc4j.autoscaler.payload.InvalidPayloadException;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.cli.option.PayloadOption;
import io.github.dbtc4j.cli.option.PullRequestOption;
import io.github.dbtc4j.cli.option.SchemaOptions;
import io.github.dbtc4j.cli.terminal.ProcessIo;
import io.github.dbtc4j.cli.terminal.UsageException;
import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.pipeline.detection.Detection;
import io.github.dbtc4j.pipeline.detection.Given;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The payload that the environment of a pipeline makes, and the options that override its fields:
/// an option is stronger than `--payload`, and that is stronger than the environment.
public final class DetectedPayload {

    private static final String CAUSE = "cause";

    /// More than GitHub ever sends in a webhook.
    private static final int LONGEST_EVENT = 32 << 20;

    @Option(
            names = {"-d", "--payload"},
            paramLabel = "JSON",
            descriptionKey = "DBTC_PAYLOAD",
            description = {
                "Fields to trigger the run with instead of those found, or beside them, as a JSON"
                        + " object: steps_override, threads_override, ...",
                "@FILE reads it from a file, @- from standard input [env: DBTC_PAYLOAD]."
            })
    private @Nullable String payload;

    @Mixin private final PullRequestOption pullRequest = new PullRequestOption();

    @Option(
            names = "--git-sha",
            paramLabel = "COMMIT",
            converter = CommitConverter.class,
            descriptionKey = "DBTC_GIT_SHA",
            description =
                    "The head's last commit, where the environment does not tell"
                            + " [env: DBTC_GIT_SHA].")
    private @Nullable String gitSha;

    @Option(
            names = "--cause",
            paramLabel = "TEXT",
            descriptionKey = "DBTC_CAUSE",
            description =
                    "Why the run happens; default: CI system, pull request and commit"
                            + " [env: DBTC_CAUSE].")
    private @Nullable String cause;

    @Mixin private final SchemaOptions schema = new SchemaOptions();

    @Option(
            names = "--drafts",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            descriptionKey = "DBTC_DRAFTS",
            description =
                    "Build drafts too; without it a draft is refused with exit code 2, where the CI"
                            + " system tells which pull requests are drafts [env: DBTC_DRAFTS].")
    private boolean drafts;

    /// A pull request's pipeline, and what to trigger its run with.
    record Detected(Detection.Found pipeline, Payload payload) {}

    /// Whether there is a payload that need not be looked for.
    boolean isGiven() {
        return payload != null;
    }

    /// The payload that was given, with the fields that other options say.
    ///
    /// @throws InvalidPayloadException when a field cannot be right
    Payload given(ProcessIo shell) {
        return Payload.of(overrides(shell.in()));
    }

    /// Looks for the pull request.
    ///
    /// @param sequence null to look for that too
    /// @throws UsageException when there is none to be built
    /// @throws InvalidPayloadException when a field is overridden by something that cannot be right
    Detected detect(ProcessIo shell, JobId base, @Nullable Sequence sequence) {
        Map<String, @Nullable Object> said = overrides(shell.in());
        Payload overrides = withAnyCause(said);
        var given =
                new Given(
                        overrides.pullRequest().orElse(null),
                        overrides.gitSha().orElse(null),
                        sequence,
                        drafts);
        return switch (Detection.of(shell.environment(), DetectedPayload::event, given)) {
            case Detection.Refused refused -> throw new UsageException(refused.message());
            case Detection.Found found -> {
                var fields = new LinkedHashMap<String, @Nullable Object>();
                fields.putAll(found.payload(base, schema.prefix));
                fields.putAll(overrides.fields());
                if (!said.containsKey(CAUSE)) {
                    fields.put(CAUSE, found.cause());
                }
                yield new Detected(found, Payload.of(fields));
            }
        };
    }

    private Map<String, @Nullable Object> overrides(InputStream in) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        if (payload != null) {
            fields.putAll(object(PayloadOption.json(payload, in)));
            // no pull request said: the one of the pipeline
            fields.entrySet()
                    .removeIf(entry -> isRequestId(entry.getKey()) && entry.getValue() == null);
        }
        PullRequest said = pullRequest.value;
        if (said != null) {
            fields.keySet().removeIf(DetectedPayload::isRequestId);
            fields.put(said.provider().field(), said.number());
        }
        if (gitSha != null) {
            fields.put("git_sha", gitSha);
        }
        if (cause != null) {
            fields.put(CAUSE, cause);
        }
        if (schema.override != null) {
            fields.put("schema_override", schema.override);
        }
        return fields;
    }

    private static boolean isRequestId(String field) {
        return field.endsWith("_request_id");
    }

    /// The text's object. A text that is none is reported where payloads are checked.
    private static Map<String, @Nullable Object> object(String json) {
        try {
            return Json.readObject(json);
        } catch (IllegalArgumentException e) {
            return Payload.parse(json).fields();
        }
    }

    /// Checks the fields like those of any payload, which must have a cause.
    private static Payload withAnyCause(Map<String, @Nullable Object> said) {
        var fields = new LinkedHashMap<>(said);
        if (!fields.containsKey(CAUSE)) {
            fields.put(CAUSE, "CI");
        }
        return Payload.of(fields);
    }

    /// Reads what GitHub Actions left in a file.
    public static String event(String path) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            byte[] bytes = in.readNBytes(LONGEST_EVENT);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
