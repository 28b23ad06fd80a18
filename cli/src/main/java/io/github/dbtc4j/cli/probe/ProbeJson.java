package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.http.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a probe found as JSON: `[{"question": "CancelOfFinishedRun", "answer": "REJECTED", "seen":
/// null, "not_asked": null, "assumed": "UNCHANGED", "agrees": false}]`.
///
/// `answer` is a constant of the sandbox, `seen` a value or what no constant stands for.
final class ProbeJson {

    private ProbeJson() {}

    static String of(List<ProbeReport.Row> rows) {
        return Json.write(rows.stream().map(ProbeJson::of).toList());
    }

    private static Map<String, @Nullable Object> of(ProbeReport.Row row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("question", row.question());
        json.put("answer", null);
        json.put("seen", null);
        json.put("not_asked", null);
        switch (row.answer()) {
            case ProbeAnswer.Found(var constant) -> json.put("answer", ProbeReport.name(constant));
            case ProbeAnswer.Seen(var text) -> json.put("seen", text);
            case ProbeAnswer.NotAsked(var why) -> json.put("not_asked", why);
        }
        json.put("assumed", row.assumed());
        json.put("agrees", row.agrees());
        return json;
    }
}
