package io.github.dbtc4j.sandbox.platform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A model or test of a dbt project.
///
/// @param id such as `model.jaffle_shop.orders` or `test.jaffle_shop.not_null_orders_id`
/// @param dependsOn ids of the nodes it reads
public record Node(String id, List<String> dependsOn) {

    /// The nodes of the project `name`, each after those it depends on.
    public static List<Node> ofProject(String name) {
        var nodes = new ArrayList<Node>();
        for (String source : List.of("customers", "orders", "payments", "products")) {
            model(nodes, name, "stg_" + source);
        }
        model(nodes, name, "order_payments", "stg_orders", "stg_payments");
        model(nodes, name, "orders", "order_payments", "stg_products");
        model(nodes, name, "customers", "stg_customers", "orders");
        model(nodes, name, "customer_value", "customers");
        model(nodes, name, "revenue_daily", "orders");
        return List.copyOf(nodes);
    }

    /// The models `root` and what depends on it, tests included, in order: what `state:modified+`
    /// selects when `root` was modified.
    public static List<Node> downstream(List<Node> project, String root) {
        Set<String> selected = new LinkedHashSet<>(Set.of(root));
        var nodes = new ArrayList<Node>();
        for (Node node : project) {
            if (node.id.equals(root) || node.dependsOn.stream().anyMatch(selected::contains)) {
                selected.add(node.id);
                nodes.add(node);
            }
        }
        return nodes;
    }

    public boolean isTest() {
        return id.startsWith("test.");
    }

    /// The last part of its id.
    public String name() {
        return id.substring(id.lastIndexOf('.') + 1);
    }

    private static void model(List<Node> to, String project, String name, String... reads) {
        String id = "model." + project + "." + name;
        to.add(
                new Node(
                        id,
                        List.of(reads).stream().map(r -> "model." + project + "." + r).toList()));
        for (String test : List.of("not_null_", "unique_")) {
            to.add(new Node("test." + project + "." + test + name + "_id", List.of(id)));
        }
    }
}
