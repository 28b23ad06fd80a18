package io.github.dbtc4j.sandbox.rest;

import io.github.dbtc4j.sandbox.option.ScriptedOutcome;
import io.github.dbtc4j.sandbox.platform.Node;
import io.github.dbtc4j.sandbox.platform.RunPlan;
import io.github.dbtc4j.sandbox.platform.RunRecord;
import io.github.dbtc4j.sandbox.platform.SeededRandom;
import io.github.dbtc4j.sandbox.platform.World;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What became of each node that one step of a run selected.
///
/// @param failures rows that failed a test; null unless a test was executed
record Results(Node node, String status, @Nullable String message, @Nullable Integer failures) {

    private static final Pattern SELECTING = Pattern.compile("dbt\\s+(build|run|test)\\b.*");

    /// The results of `step`, oldest first; empty when it selects no nodes.
    static List<Results> of(RunRecord run, RunPlan.Step step, World world) {
        String command = step.command();
        if (command == null || !SELECTING.matcher(command).matches()) {
            return List.of();
        }
        List<Node> selected = selected(run, command, world);
        boolean fails =
                run.plan.ending() == ScriptedOutcome.Ending.FAILING_NODE
                        && step.equals(run.plan.steps().getLast());
        String failing = fails ? failing(run, selected, world) : null;
        Set<String> broken = new HashSet<>();
        var results = new ArrayList<Results>();
        for (Node node : selected) {
            if (node.id().equals(failing)) {
                broken.add(node.id());
                results.add(failure(node));
            } else if (node.dependsOn().stream().anyMatch(broken::contains)) {
                broken.add(node.id());
                results.add(new Results(node, "skipped", null, null));
            } else {
                results.add(
                        node.isTest()
                                ? new Results(node, "pass", null, 0)
                                : new Results(node, "success", "CREATE TABLE (1.2k rows)", null));
            }
        }
        return results;
    }

    boolean failed() {
        return status.equals("error") || status.equals("fail");
    }

    /// The run's own share of its project: what a modified model reaches, or everything.
    private static List<Node> selected(RunRecord run, String command, World world) {
        List<Node> all = run.environment.project().nodes();
        List<Node> reached = all;
        if (command.contains("state:modified")) {
            List<Node> models = all.stream().filter(node -> !node.isTest()).toList();
            SeededRandom chance = world.chance(run.id, SeededRandom.Topic.NODES);
            reached = Node.downstream(all, models.get(chance.below(models.size())).id());
        }
        boolean models = !command.startsWith("dbt test");
        boolean tests = !command.startsWith("dbt run");
        String ordered = run.plan.failingNode();
        var selected = new ArrayList<Node>();
        for (Node node : reached) {
            if (node.isTest() ? tests : models) {
                selected.add(node);
            }
        }
        if (ordered != null && selected.stream().noneMatch(node -> node.id().equals(ordered))) {
            selected.add(
                    all.stream()
                            .filter(node -> node.id().equals(ordered))
                            .findFirst()
                            .orElse(new Node(ordered, List.of())));
        }
        return selected;
    }

    private static @Nullable String failing(RunRecord run, List<Node> selected, World world) {
        if (run.plan.failingNode() != null) {
            return run.plan.failingNode();
        }
        SeededRandom chance = world.chance(run.id, SeededRandom.Topic.NODES);
        chance.nextLong();
        return selected.isEmpty() ? null : selected.get(chance.below(selected.size())).id();
    }

    private static Results failure(Node node) {
        return node.isTest()
                ? new Results(node, "fail", "Got 3 results, configured to fail if != 0", 3)
                : new Results(
                        node,
                        "error",
                        "Database Error in model %s (models/%s.sql)\n  Unrecognized name: order_total"
                                .formatted(node.name(), node.name()),
                        null);
    }
}
