package io.github.dbtc4j.client.model;

import io.github.dbtc4j.http.json.Fields;

import org.jspecify.annotations.Nullable;

/// Who cancelled a run.
///
/// @param actorId the platform's id of the person, token or service, or null
/// @param actorType what kind of actor it is, or null
/// @param actorName for people to read, or null
public record Cancellation(
        @Nullable String actorId, @Nullable String actorType, @Nullable String actorName) {

    private static final Cancellation BY_NOBODY_KNOWN = new Cancellation(null, null, null);

    /// Reads `audit.cancellation`, the event of which the platform documents only the actor.
    static Cancellation of(Fields event) {
        Cancellation byActor = event.object("actor", Cancellation::byActor);
        return byActor == null ? BY_NOBODY_KNOWN : byActor;
    }

    private static Cancellation byActor(Fields actor) {
        return new Cancellation(
                actor.textOrNull("id"), actor.textOrNull("type"), actor.textOrNull("name"));
    }
}
