package io.github.dbtc4j.sandbox;

import io.github.dbtc4j.client.Request;
import io.github.dbtc4j.client.Response;
import io.github.dbtc4j.client.Transport;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A dbt platform in a box: one account in memory, over a clock that is handed in.
///
/// [#handle] is all of it: a request and the present moment go in, a response comes out. The model
/// is brought up to that moment first: runs start, finish, time out; schedules fire. Time never
/// goes back: an earlier moment counts as the latest one seen.
///
/// Safe for use by many threads; calls take turns.
@SuppressWarnings("DoNotCallSuggester")
public final class Sandbox {

    /// A seeded world whose clock stands at `start`.
    public Sandbox(SandboxOptions options, Instant start) {
        throw new UnsupportedOperationException();
    }

    /// Answers one request at the moment `now`.
    public Response handle(Request request, Instant now) {
        throw new UnsupportedOperationException();
    }

    /// This sandbox as a client's transport, reading the present moment from `clock` at each call.
    public Transport transport(InstantSource clock) {
        return request -> handle(request, clock.instant());
    }

    /// The latest moment seen.
    public Instant now() {
        throw new UnsupportedOperationException();
    }

    /// Lets everything happen that is due until `now`.
    public void advanceTo(Instant now) {
        throw new UnsupportedOperationException();
    }

    /// When something will next happen by itself; empty when nothing will.
    public Optional<Instant> nextEvent() {
        throw new UnsupportedOperationException();
    }

    /// Runs `action` when the clock reaches `when`, among the platform's own events; at once with
    /// the next call when that has passed. It runs while the lock is held.
    public void at(Instant when, Consumer<Instant> action) {
        throw new UnsupportedOperationException();
    }

    /// Tells `listener` every event from now on, in order, while the lock is held: it should be
    /// quick and may call back into this sandbox only to read.
    public void listen(Consumer<SandboxEvent> listener) {
        throw new UnsupportedOperationException();
    }

    /// The events so far, oldest first, as far back as [SandboxOptions#historyLimit].
    public List<SandboxEvent> history() {
        throw new UnsupportedOperationException();
    }

    /// Asks `route` before the sandbox's own routes; of several the first added first.
    public void addRoute(Route route) {
        throw new UnsupportedOperationException();
    }

    /// Where to find things in the world it began with.
    public SeededWorld world() {
        throw new UnsupportedOperationException();
    }

    /// The switches in force.
    public Switches switches() {
        throw new UnsupportedOperationException();
    }

    /// Changes the switches from now on.
    public void switches(Switches changed) {
        throw new UnsupportedOperationException();
    }

    /// Changes the account's run slots; null for "the API does not tell".
    public void runSlots(@Nullable Integer changed) {
        throw new UnsupportedOperationException();
    }

    /// Orders how runs queued from now on go; of several rules that fit, the first ordered holds.
    public void decide(RunRule rule) {
        throw new UnsupportedOperationException();
    }

    /// Accepts only `token` from now on: what a rotation of tokens looks like from outside.
    public void rotateToken(String token) {
        throw new UnsupportedOperationException();
    }

    /// Somebody starts a run at the web interface.
    ///
    /// @return the run's id
    /// @throws IllegalArgumentException when there is no such active job
    public long runAsUser(long jobId, String cause) {
        throw new UnsupportedOperationException();
    }

    /// Somebody cancels a run at the web interface; no effect on one that has ended.
    ///
    /// @throws IllegalArgumentException when there is no such run
    public void cancelAsUser(long runId) {
        throw new UnsupportedOperationException();
    }

    /// Somebody edits a job at the web interface.
    ///
    /// @param changes the writable fields to change, shaped as in the API
    /// @throws IllegalArgumentException when there is no such active job or a change is not valid
    public void editAsUser(long jobId, Map<String, ? extends @Nullable Object> changes) {
        throw new UnsupportedOperationException();
    }

    /// Somebody deletes a job at the web interface.
    ///
    /// @throws IllegalArgumentException when there is no such active job
    public void deleteAsUser(long jobId) {
        throw new UnsupportedOperationException();
    }

    /// Somebody sets an environment variable for one job at the web interface.
    ///
    /// @throws IllegalArgumentException when there is no such active job or the name does not begin
    ///   with `DBT_`
    public void setVariableAsUser(long jobId, String name, String value) {
        throw new UnsupportedOperationException();
    }

    /// One run as it truly is.
    public Optional<RunView> run(long id) {
        throw new UnsupportedOperationException();
    }

    /// One job as it truly is, deleted ones included.
    public Optional<JobView> job(long id) {
        throw new UnsupportedOperationException();
    }

    /// All runs as they truly are, in the order of their ids.
    public List<RunView> runs() {
        throw new UnsupportedOperationException();
    }

    /// All jobs as they truly are, deleted ones included, in the order of their ids.
    public List<JobView> jobs() {
        throw new UnsupportedOperationException();
    }
}
