package io.github.dbtc4j.sandbox.webhook;

import io.github.dbtc4j.sandbox.json.Members;
import io.github.dbtc4j.sandbox.option.RunView;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// One subscription to events of runs.
final class Webhook {

    /// After this many failed attempts in a row the platform gives a subscription up.
    static final int LARGEST_PATIENCE = 5;

    final String id;
    final String secret;
    final Instant createdAt;
    String name = "";
    String description = "";
    List<String> eventTypes = List.of();
    List<Long> jobIds = List.of();
    URI target;
    boolean active;
    int failures;
    int lastStatus;
    Instant updatedAt;
    @Nullable Instant dispatchedAt;
    @Nullable String deactivateReason;

    Webhook(String id, String secret, WebhookFields wanted, Instant createdAt) {
        this.id = id;
        this.secret = secret;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        target = wanted.target();
        change(wanted, createdAt);
    }

    /// A subscription to no jobs in particular is one to all.
    boolean wants(WebhookEvent event, RunView run) {
        return active
                && eventTypes.contains(event.wireName)
                && (jobIds.isEmpty() || jobIds.contains(run.jobId()));
    }

    /// Takes over what a request says, which [WebhookFields] found right.
    final void change(WebhookFields wanted, Instant now) {
        // an inactive subscription comes back to life when its address changes: changelog 1.11 of
        // the Terraform provider
        active = wanted.active() || (!active && !target.equals(wanted.target()));
        if (active) {
            failures = 0;
            deactivateReason = null;
        }
        name = wanted.name();
        description = wanted.description();
        eventTypes = wanted.eventTypes();
        jobIds = wanted.jobIds();
        target = wanted.target();
        updatedAt = now;
    }

    /// Notes how an attempt went.
    ///
    /// @param status the receiver's answer, 0 for none
    /// @return whether it arrived
    boolean attempted(int status, Instant now) {
        lastStatus = status;
        dispatchedAt = now;
        boolean arrived = status >= 200 && status < 300;
        failures = arrived ? 0 : failures + 1;
        if (active && failures >= LARGEST_PATIENCE) {
            active = false;
            deactivateReason =
                    "Deactivated after %d consecutive failed attempts".formatted(failures);
        }
        return arrived;
    }

    /// As `GET` shows it. Numbers are texts here, though they are written as numbers.
    Map<String, @Nullable Object> json(long accountId) {
        Map<String, @Nullable Object> json =
                Members.of(
                        "id",
                        id,
                        "account_identifier",
                        Webhooks.accountIdentifier(accountId),
                        "name",
                        name,
                        "description",
                        description,
                        "event_types",
                        eventTypes,
                        "job_ids",
                        jobIds.stream().map(String::valueOf).toList(),
                        "client_url",
                        target.toString(),
                        "active",
                        active,
                        "created_at",
                        microseconds(createdAt),
                        "updated_at",
                        microseconds(updatedAt),
                        "dispatched_at",
                        dispatchedAt == null ? "0" : microseconds(dispatchedAt),
                        "http_status_code",
                        String.valueOf(lastStatus),
                        "account_id",
                        String.valueOf(accountId));
        if (deactivateReason != null) {
            json.put("deactivate_reason", deactivateReason);
        }
        return json;
    }

    private static String microseconds(Instant moment) {
        return String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
    }
}
