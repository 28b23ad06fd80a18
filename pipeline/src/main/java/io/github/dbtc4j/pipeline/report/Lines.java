package io.github.dbtc4j.pipeline.report;

import java.util.List;
import java.util.stream.Collectors;

/// Lines as one text, each of them ended.
final class Lines {

    private Lines() {}

    static String of(List<String> lines) {
        return lines.stream().map(line -> line + '\n').collect(Collectors.joining());
    }
}
