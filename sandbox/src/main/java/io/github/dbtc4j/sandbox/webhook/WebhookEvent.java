package io.github.dbtc4j.sandbox.webhook;

import io.github.dbtc4j.http.json.Json;
import io.github.dbtc4j.sandbox.json.Members;
import io.github.dbtc4j.sandbox.option.RunView;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a webhook tells about a run: its kind by the platform's name, and the payload.
enum WebhookEvent {
    STARTED("job.run.started", null),
    COMPLETED("job.run.completed", "runFinishedAt"),
    ERRORED("job.run.errored", "runErroredAt");

    static final List<String> NAMES =
            List.of(STARTED.wireName, COMPLETED.wireName, ERRORED.wireName);

    private static final DateTimeFormatter NANOSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    static WebhookEvent named(String wireName) {
        return values()[NAMES.indexOf(wireName)];
    }

    final String wireName;
    private final @Nullable String end;

    WebhookEvent(String wireName, @Nullable String end) {
        this.wireName = wireName;
        this.end = end;
    }

    /// The payload in the shape and with the types of the documentation's samples: ids are texts, a
    /// missing message is the word None.
    String payload(
            long accountId, Webhook webhook, String eventId, RunView run, Instant timestamp) {
        Map<String, @Nullable Object> data =
                Members.of(
                        "jobId",
                        String.valueOf(run.jobId()),
                        "jobName",
                        run.jobName(),
                        "runId",
                        String.valueOf(run.id()),
                        "environmentId",
                        String.valueOf(run.environmentId()),
                        "environmentName",
                        run.environmentName(),
                        "dbtVersion",
                        run.dbtVersion(),
                        "projectName",
                        run.projectName(),
                        "projectId",
                        String.valueOf(run.projectId()),
                        "runStatus",
                        status(run.status()),
                        "runStatusCode",
                        run.status(),
                        "runStatusMessage",
                        or(run.statusMessage()),
                        "runReason",
                        run.cause(),
                        "runStartedAt",
                        seconds(run.startedAt()));
        if (end != null) {
            data.put(end, seconds(run.finishedAt()));
        }
        return Json.write(
                Members.of(
                        "accountId",
                        accountId,
                        "webhookId",
                        webhook.id,
                        "eventId",
                        eventId,
                        "timestamp",
                        NANOSECONDS.format(timestamp),
                        "eventType",
                        wireName,
                        "webhookName",
                        webhook.name,
                        "data",
                        data));
    }

    /// What the test of a subscription tells about: a run that never was.
    static RunView sampleRun(Instant now) {
        return new RunView(
                0,
                0,
                "Sample job",
                0,
                "Sample project",
                0,
                "Sample environment",
                "versionless",
                "Test of a webhook",
                "api",
                null,
                null,
                Map.of(),
                null,
                Map.of(),
                null,
                10,
                null,
                false,
                now,
                now,
                now,
                now,
                null);
    }

    private static String status(int code) {
        return switch (code) {
            case 1 -> "Queued";
            case 2 -> "Starting";
            case 3 -> "Running";
            case 10 -> "Success";
            case 20 -> "Errored";
            default -> "Cancelled";
        };
    }

    private static String seconds(@Nullable Instant moment) {
        return moment == null ? "None" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String or(@Nullable String text) {
        return text == null ? "None" : text;
    }
}
