package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.sandbox.json.TimestampFormat;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.JobView;
import io.github.dbtc4j.sandbox.option.RunRule;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.sandbox.option.SeededWorld;
import io.github.dbtc4j.sandbox.platform.JobRecord;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.Scheduler;
import io.github.dbtc4j.sandbox.platform.World;
import io.github.dbtc4j.sandbox.request.ApiErrorException;
import io.github.dbtc4j.sandbox.request.RequestHandler;
import io.github.dbtc4j.sandbox.rest.Api;
import io.github.dbtc4j.sandbox.rest.JobWrites;
import io.github.dbtc4j.sandbox.rest.Seeding;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A simulated dbt platform: one account in memory, over a clock that is passed in.
///
/// [#handle] is all of it: a request and the present moment go in, a response comes out. The model
/// is brought up to that moment first: runs start, finish, time out; schedules fire. Time never
/// goes back: an earlier moment counts as the latest one seen.
///
/// Safe for use by many threads; calls take turns.
public final class Sandbox {

    private final ReentrantLock lock = new ReentrantLock();
    private final World state;
    private final Scheduler scheduler;
    private final JobWrites writes;
    private final Api api;
    private final SeededWorld world;
    private long dateOfSecond = Long.MIN_VALUE;
    private String date = "";

    /// A seeded world whose clock stands at `start`.
    public Sandbox(SandboxOptions options, Instant start) {
        state = new World(options, start);
        scheduler = new Scheduler(state);
        writes = new JobWrites(state, scheduler);
        api = new Api(state, scheduler, writes);
        world = Seeding.plant(state, writes);
    }

    /// Answers one request at the moment `now`.
    public Response handle(Request request, Instant now) {
        return locked(() -> {
            state.clock.advanceTo(now);
            Response response;
            try {
                response = api.answer(request);
            } catch (ApiErrorException refusal) {
                response = refusal.response();
            }
            int status = response.status();
            state.ledger.write(() -> requested(request, status));
            return dated(response);
        });
    }

    /// This sandbox as a client's transport, reading the present moment from `clock` at each call.
    public Transport transport(InstantSource clock) {
        return request -> handle(request, clock.instant());
    }

    /// The latest moment seen.
    public Instant now() {
        return locked(state::now);
    }

    /// Lets everything happen that is due until `now`.
    public void advanceTo(Instant now) {
        run(() -> state.clock.advanceTo(now));
    }

    /// When something will next happen by itself; empty when nothing will.
    public Optional<Instant> nextEvent() {
        return locked(state.clock::next);
    }

    /// Runs `action` when the clock reaches `when`, among the platform's own events; at once with
    /// the next call when that has passed. It runs while the lock is held.
    public void at(Instant when, Consumer<Instant> action) {
        run(() -> state.clock.at(when, action));
    }

    /// Tells `listener` every event from now on, in order, while the lock is held: it should be
    /// quick and may call back into this sandbox only to read.
    public void listen(Consumer<SandboxEvent> listener) {
        run(() -> state.ledger.listen(listener));
    }

    /// The events so far, oldest first, as far back as [SandboxOptions#historyLimit].
    public List<SandboxEvent> history() {
        return locked(state.ledger::events);
    }

    /// Asks `route` before the sandbox's own routes; of several the first added first.
    public void addRoute(RequestHandler route) {
        run(() -> api.add(route));
    }

    /// Where to find things in the world it began with.
    public SeededWorld world() {
        return world;
    }

    /// The switches in force.
    public AssumptionSet switches() {
        return locked(() -> state.switches);
    }

    /// Changes the switches from now on.
    public void switches(AssumptionSet changed) {
        run(() -> state.switches = changed);
    }

    /// Changes the account's run slots; null for "the API does not tell".
    public void runSlots(@Nullable Integer changed) {
        run(() -> {
            state.runSlots = changed;
            scheduler.lookSoon();
        });
    }

    /// Orders how runs queued from now on go; of several rules that fit, the first ordered holds.
    public void decide(RunRule rule) {
        run(() -> state.decide(rule));
    }

    /// Accepts only `token` from now on: what a rotation of tokens looks like from outside.
    public void rotateToken(String token) {
        run(() -> state.token = token);
    }

    /// Starts a run, as a person does at the web interface.
    ///
    /// @return the run's id
    /// @throws IllegalArgumentException when there is no such active job
    public long runAsUser(long jobId, String cause) {
        return locked(() -> {
            Map<String, Object> fields = Map.of("cause", cause);
            return scheduler.queue(active(jobId), fields, "ui", Actor.USER, null).id;
        });
    }

    /// Cancels a run, as a person does at the web interface; no effect on one that has ended.
    ///
    /// @throws IllegalArgumentException when there is no such run
    public void cancelAsUser(long runId) {
        run(() -> {
            RunRecord run = state.run(runId);
            if (run == null) {
                throw new IllegalArgumentException("there is no run " + runId);
            }
            scheduler.cancel(run, Actor.USER);
        });
    }

    /// Edits a job, as a person does at the web interface.
    ///
    /// @param changes the writable fields to change, shaped as in the API
    /// @throws IllegalArgumentException when there is no such active job or a change is not valid
    public void editAsUser(long jobId, Map<String, ? extends @Nullable Object> changes) {
        run(() -> {
            try {
                writes.edit(active(jobId), changes, Actor.USER);
            } catch (ApiErrorException refusal) {
                throw new IllegalArgumentException(refusal.response().text(), refusal);
            }
        });
    }

    /// Deletes a job, as a person does at the web interface.
    ///
    /// @throws IllegalArgumentException when there is no such active job
    public void deleteAsUser(long jobId) {
        run(() -> writes.delete(active(jobId), Actor.USER));
    }

    /// Sets an environment variable for one job, as a person does at the web interface.
    ///
    /// @throws IllegalArgumentException when there is no such active job or the name does not begin
    ///   with `DBT_`
    public void setVariableAsUser(long jobId, String name, String value) {
        run(() -> {
            try {
                api.variables().set(active(jobId), name, value);
            } catch (ApiErrorException refusal) {
                throw new IllegalArgumentException(refusal.response().text(), refusal);
            }
        });
    }

    /// One run as it truly is.
    public Optional<RunView> run(long id) {
        return locked(() -> Optional.ofNullable(state.run(id)).map(RunRecord::view));
    }

    /// One job as it truly is, deleted ones included.
    public Optional<JobView> job(long id) {
        return locked(() -> Optional.ofNullable(state.jobs.get(id)).map(JobRecord::view));
    }

    /// All runs as they truly are, in the order of their ids.
    public List<RunView> runs() {
        return locked(() -> state.runs.stream().map(RunRecord::view).toList());
    }

    /// All jobs as they truly are, deleted ones included, in the order of their ids.
    public List<JobView> jobs() {
        return locked(() -> state.jobs.values().stream().map(JobRecord::view).toList());
    }

    private JobRecord active(long id) {
        JobRecord job = state.activeJobs.get(id);
        if (job == null) {
            throw new IllegalArgumentException("there is no active job " + id);
        }
        return job;
    }

    private SandboxEvent requested(Request request, int status) {
        String query = request.uri().getRawQuery();
        String path = request.uri().getRawPath() + (query == null ? "" : "?" + query);
        return new SandboxEvent.Requested(state.now(), request.method(), path, status);
    }

    private Response dated(Response response) {
        long second = state.now().getEpochSecond();
        if (second != dateOfSecond) {
            dateOfSecond = second;
            date = TimestampFormat.httpDate(state.now());
        }
        var headers = new HashMap<>(response.headers());
        headers.put("date", date);
        return new Response(response.status(), headers, response.body());
    }

    private void run(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
