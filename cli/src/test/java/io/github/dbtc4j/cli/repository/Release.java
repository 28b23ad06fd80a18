package io.github.dbtc4j.cli.repository;

import io.github.dbtc4j.cli.recipe.RecipeYaml;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is wrong with a workflow that publishes a release of a tag.
final class Release {

    private Release() {}

    /// @param workflow its text
    static List<String> findings(String workflow) {
        Map<String, @Nullable Object> document = RecipeYaml.parse(workflow).getFirst();
        var findings = new ArrayList<String>();
        if (!"${{ inputs.tag || github.ref_name }}".equals(RecipeYaml.at(document, "env", "TAG"))) {
            findings.add("env.TAG is not the tag that was asked for or pushed");
        }
        RecipeYaml.map(document.get("jobs"))
                .forEach((name, it) -> {
                    Map<String, @Nullable Object> job = RecipeYaml.map(it);
                    RecipeYaml.list(job.get("steps"))
                            .forEach(step -> step(name, RecipeYaml.map(step), findings));
                    if ("write".equals(RecipeYaml.at(job, "permissions", "contents"))) {
                        published(name, job, findings);
                    }
                });
        return findings;
    }

    private static void step(
            String job, Map<String, @Nullable Object> step, List<String> findings) {
        String action = String.valueOf(step.get("uses"));
        Map<String, @Nullable Object> with = RecipeYaml.map(step.get("with"));
        if (action.contains("/cache")
                || with.keySet().stream().anyMatch(text -> text.contains("cache"))) {
            findings.add(job + ": a cache, which other workflows may have written to, is restored");
        }
        if (action.startsWith("actions/checkout@")) {
            if (!"refs/tags/${{ env.TAG }}".equals(with.get("ref"))) {
                findings.add(job + ": what is checked out is not the tag");
            }
            if (!Boolean.FALSE.equals(with.get("persist-credentials"))) {
                findings.add(job + ": the checkout leaves its credentials to the steps after it");
            }
        }
    }

    /// What is published has been attested before.
    private static void published(
            String name, Map<String, @Nullable Object> job, List<String> findings) {
        List<Map<String, @Nullable Object>> steps =
                RecipeYaml.list(job.get("steps")).stream().map(RecipeYaml::map).toList();
        int attests = index(steps, "uses", "actions/attest-build-provenance@");
        int publishes = index(steps, "run", "dist/publish \"$TAG\" target/release");
        if (attests < 0
                || attests > publishes
                || !String.valueOf(steps.get(attests).get("if"))
                        .contains("github.ref == format('refs/tags/{0}', env.TAG)")
                || !"target/release/*"
                        .equals(RecipeYaml.at(steps.get(attests), "with", "subject-path"))) {
            findings.add(name + ": does not attest all that it publishes, before it does");
        }
        for (String needed : List.of("id-token", "attestations")) {
            if (!"write".equals(RecipeYaml.at(job, "permissions", needed))) {
                findings.add(name + ": may not attest, for lack of the permission " + needed);
            }
        }
    }

    private static int index(
            List<Map<String, @Nullable Object>> steps, String key, String beginning) {
        for (int i = 0; i < steps.size(); i++) {
            if (String.valueOf(steps.get(i).get(key)).startsWith(beginning)) {
                return i;
            }
        }
        return -1;
    }
}
