package io.github.dbtc4j.simulation.rule;

import static io.github.dbtc4j.simulation.strategy.Strategy.BASE_FIRST;
import static io.github.dbtc4j.simulation.strategy.Strategy.DEDICATED;
import static io.github.dbtc4j.simulation.world.Profile.CI;
import static io.github.dbtc4j.simulation.world.Profile.CLEAN;
import static io.github.dbtc4j.simulation.world.Profile.FAULTS;
import static io.github.dbtc4j.simulation.world.Profile.RACES;

import java.util.List;

/// Rules of making clones, of what they are and of deleting them.
final class CloneMutants {

    private CloneMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "a clone may be reaped however lately it was used",
                        "CloneInspection.grounds",
                        "idle.compareTo(ttl) > 0",
                        "true",
                        RACES,
                        BASE_FIRST,
                        111),
                new Mutant(
                        "a clone is deleted under its runs",
                        "CloneDeleter.tryToDelete",
                        "if (!evidence.active().isEmpty()) {",
                        "if (false) {",
                        RACES,
                        DEDICATED,
                        4),
                new Mutant(
                        "a clone that a user put on a schedule is deleted",
                        "CloneInspection.isProvenCloneOf",
                        "&& !base.equals(job) && triggersOff;",
                        "&& !base.equals(job);",
                        RACES,
                        DEDICATED,
                        90),
                new Mutant(
                        "a clone carries no marker",
                        "Marker.toDescription",
                        "return Json.write(json);",
                        "return \"\";",
                        RACES,
                        DEDICATED,
                        1),
                new Mutant(
                        "a look is not repeated after the variables were asked for",
                        "RunTrigger.equip",
                        "cloneMaker.complete(clone) && !freshness.isStale()",
                        "cloneMaker.complete(clone)",
                        FAULTS,
                        DEDICATED,
                        1475),
                new Mutant(
                        "a run on a clone lacks what the payload overrides",
                        "TriggerBody.on",
                        "body.put(\"cause\", claim.appendTo(payload.cause()));",
                        """
                        body.put("cause", claim.appendTo(payload.cause()));
                                if (lane.value() != base.id()) {
                                    body.remove("steps_override");
                                }\
                        """,
                        CLEAN,
                        BASE_FIRST,
                        22),
                new Mutant(
                        "a clone has other steps than the base job",
                        "CloneDefinition.COPIED",
                        "\"execute_steps\",",
                        "",
                        CLEAN,
                        BASE_FIRST,
                        2),
                new Mutant(
                        "a clone stays although the base job's steps have changed",
                        "CloneDefinition.hash",
                        "var sorted = new TreeMap<String, @Nullable Object>(copied(base));",
                        """
                        var sorted = new TreeMap<String, @Nullable Object>(copied(base));
                                sorted.remove("execute_steps");\
                        """,
                        RACES,
                        DEDICATED,
                        10),
                new Mutant(
                        "a clone leaves the cost optimisation to the platform",
                        "CloneDefinition.copied",
                        "if (base.fields().get(COST_OPTIMIZATION) instanceof List<?> features) {",
                        """
                        if (base.fields().get(COST_OPTIMIZATION) instanceof List<?> features
                                        && !features.isEmpty()) {\
                        """,
                        RACES,
                        BASE_FIRST,
                        168),
                new Mutant(
                        "the age of a look at a clone is not asked for",
                        "Inspector.delete",
                        "if (isOlder(look.jobAsked(), FRESH_JOB) || isOlder(look.runsAsked(),"
                                + " FRESH_RUNS)) {",
                        "if (isOlder(look.runsAsked(), FRESH_RUNS)) {",
                        CI,
                        BASE_FIRST,
                        555001160));
    }
}
