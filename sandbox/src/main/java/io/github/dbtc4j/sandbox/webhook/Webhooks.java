package io.github.dbtc4j.sandbox.webhook;

import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/// Outbound webhooks: subscriptions over the API, and deliveries when runs start and end.
///
/// `job.run.started` and `job.run.errored` go out at once, `job.run.completed` some seconds after
/// the end, when artifacts are in; a failed run sends both of the latter. An attempt that gets no
/// 2xx within 10 seconds is repeated up to 5 times; 5 failed attempts of one subscription in a row
/// deactivate it (the platform's documentation, "Webhooks for your jobs"). The pauses between
/// attempts, and that a cancelled run sends `completed`, are guesses.
///
/// Nothing is sent but by [#deliver] or [#attempt].
public final class Webhooks {

    private static final int RETRIES = 5;
    private static final Duration FIRST_REDELIVERY = Duration.ofSeconds(10);
    private static final Duration INGESTION = Duration.ofSeconds(5);
    private static final int LOG = 1_000;

    private final long accountId;
    private final WebhookSender sender;
    private final Random random;
    private final Map<String, Webhook> webhooks = new LinkedHashMap<>();
    private final Deque<Delivery> log = new ArrayDeque<>();
    private final PriorityQueue<Delivery> queue =
            new PriorityQueue<>(
                    Comparator.comparing((Delivery d) -> d.due).thenComparingLong(d -> d.number));
    private long number;

    /// Adds webhooks to `sandbox`.
    ///
    /// @param seed of ids and secrets
    public Webhooks(Sandbox sandbox, long seed, WebhookSender sender) {
        this.accountId = sandbox.world().accountId();
        this.sender = sender;
        this.random = new Random(seed);
        sandbox.addRoute(new WebhookRoutes(this, accountId, sender));
        sandbox.listen(this::notice);
    }

    /// Sends what is due until `now`, one after the other, retries included.
    public void deliver(Instant now) throws InterruptedException {
        for (Delivery due : due(now)) {
            attempt(due, () -> due.due);
        }
        if (nextEvent().filter(next -> !next.isAfter(now)).isPresent()) {
            deliver(now);
        }
    }

    /// When the next attempt is due; empty when none is.
    public synchronized Optional<Instant> nextEvent() {
        return Optional.ofNullable(queue.peek()).map(delivery -> delivery.due);
    }

    /// The attempts due until `now`, which it is now the caller's to make.
    public synchronized List<Delivery> due(Instant now) {
        List<Delivery> due = new ArrayList<>();
        while (!queue.isEmpty() && !queue.element().due.isAfter(now)) {
            due.add(queue.remove());
        }
        return due;
    }

    /// Sends once, and if that fails queues the next attempt.
    public void attempt(Delivery delivery, InstantSource clock) throws InterruptedException {
        if (!wanted(delivery)) {
            return;
        }
        int status;
        try {
            status =
                    sender.send(
                            delivery.webhook.target,
                            Map.of(
                                    "Content-Type",
                                    "application/json",
                                    "Authorization",
                                    WebhookSignature.of(delivery.payload, delivery.webhook.secret)),
                            delivery.payload);
        } catch (IOException e) {
            status = 0;
        }
        attempted(delivery, status, clock.instant());
    }

    synchronized Webhook create(WebhookFields fields, Instant now) {
        var webhook = new Webhook(key("wsu_", 27), key("", 40), fields, now);
        webhooks.put(webhook.id, webhook);
        return webhook;
    }

    synchronized void change(Webhook webhook, WebhookFields fields, Instant now) {
        webhook.change(fields, now);
    }

    synchronized void delete(Webhook webhook) {
        webhooks.remove(webhook.id);
    }

    synchronized Optional<Webhook> find(String id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    synchronized List<Webhook> all() {
        return List.copyOf(webhooks.values());
    }

    synchronized List<Delivery> deliveries(Webhook webhook) {
        return log.stream().filter(delivery -> delivery.webhook == webhook).toList();
    }

    private Delivery queue(Webhook webhook, WebhookEvent event, RunView run, Instant at) {
        String id = key("wev_", 27);
        var delivery =
                new Delivery(
                        webhook,
                        id,
                        event,
                        run.jobId(),
                        event.payload(accountId, webhook, id, run, at),
                        number++,
                        at);
        queue.add(delivery);
        log.add(delivery);
        if (log.size() > LOG) {
            log.remove();
        }
        return delivery;
    }

    /// Queues a delivery that proves the receiver can be reached.
    synchronized Delivery queueTest(Webhook webhook, Instant now) {
        var event = WebhookEvent.named(webhook.eventTypes.getFirst());
        return queue(webhook, event, WebhookEvent.sampleRun(now), now);
    }

    static String accountIdentifier(long accountId) {
        return "act_" + accountId;
    }

    private void notice(SandboxEvent event) {
        switch (event) {
            case SandboxEvent.RunRunning(Instant at, RunView run) ->
                    tell(WebhookEvent.STARTED, run, at);
            case SandboxEvent.RunFinished(Instant at, RunView run) -> {
                if (run.status() == 20) {
                    tell(WebhookEvent.ERRORED, run, at);
                }
                tell(WebhookEvent.COMPLETED, run, at.plus(INGESTION));
            }
            case SandboxEvent.RunQueued _,
                    SandboxEvent.RunStarting _,
                    SandboxEvent.CancelRequested _,
                    SandboxEvent.OfJob _,
                    SandboxEvent.Requested _ -> {}
        }
    }

    private synchronized void tell(WebhookEvent event, RunView run, Instant at) {
        for (Webhook webhook : webhooks.values()) {
            if (webhook.wants(event, run)) {
                queue(webhook, event, run, at);
            }
        }
    }

    private synchronized boolean wanted(Delivery delivery) {
        return delivery.webhook.active && webhooks.containsValue(delivery.webhook);
    }

    private synchronized void attempted(Delivery delivery, int status, Instant now) {
        delivery.status = status;
        delivery.attempts++;
        boolean arrived = delivery.webhook.attempted(status, now);
        if (!arrived && delivery.attempts <= RETRIES) {
            delivery.due = now.plus(FIRST_REDELIVERY.multipliedBy(1L << (delivery.attempts - 1)));
            queue.add(delivery);
        }
    }

    private String key(String prefix, int length) {
        String letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var key = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            key.append(letters.charAt(random.nextInt(letters.length())));
        }
        return key.toString();
    }

    /// One event on its way to one subscription.
    public static final class Delivery {
        final Webhook webhook;
        final String eventId;
        final WebhookEvent event;
        final long jobId;
        final String payload;
        final long number;
        Instant due;
        int attempts;
        int status;

        Delivery(
                Webhook webhook,
                String eventId,
                WebhookEvent event,
                long jobId,
                String payload,
                long number,
                Instant due) {
            this.webhook = webhook;
            this.eventId = eventId;
            this.event = event;
            this.jobId = jobId;
            this.payload = payload;
            this.number = number;
            this.due = due;
        }
    }
}
