import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long `dbtc` takes as a process, over TLS, against what else could be started: medians as a
/// Markdown table. Each round starts every command once, so that a busy machine slows all rows
/// alike.
final class StartUp {

    private static final String HELLO = "void main() { IO.println(\"hello\"); }";

    private static final String REQUESTS =
            """
            import json, os, ssl, sys, urllib.request
            for path in sys.argv[1:]:
                request = urllib.request.Request(
                    os.environ["DBT_CLOUD_HOST"] + path,
                    headers={"Authorization": "Token " + os.environ["DBT_CLOUD_SERVICE_TOKEN"]})
                json.load(urllib.request.urlopen(request))
            """;

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        Path folder = Files.createTempDirectory("dbtc-benchmark");
        try (var box = new Box(60)) {
            box.letRunsBeShort();
            Map<String, List<String>> commands = commands(box, folder);
            var times = new LinkedHashMap<String, double[]>();
            commands.keySet().forEach(name -> times.put(name, new double[rounds]));
            for (int round = 0; round < rounds; round++) {
                var names = new ArrayList<>(commands.keySet());
                for (String name : round % 2 == 0 ? names : names.reversed()) {
                    times.get(name)[round] = box.time(commands.get(name));
                }
            }
            print(times, rounds);
        } finally {
            Box.delete(folder);
        }
    }

    private static Map<String, List<String>> commands(Box box, Path folder)
            throws IOException, InterruptedException {
        Path hello = Files.writeString(folder.resolve("Hello.java"), HELLO);
        box.time(List.of(Box.java("javac"), "-d", folder.toString(), hello.toString()));
        List<String> plan = List.of(Box.DBTC, "plan", Box.PAYLOAD + "51}");
        List<String> trigger =
                List.of(
                        Box.DBTC,
                        "trigger-autoscaling-ci-job",
                        "--no-should-poll",
                        Box.PAYLOAD + "51}");
        box.time(plan); // builds and trains if it has to
        var commands = new LinkedHashMap<String, List<String>>();
        commands.put(
                "a Java program that prints hello",
                List.of(Box.java("java"), "-cp", folder.toString(), "Hello"));
        commands.put("`java -version`", List.of(Box.java("java"), "-version"));
        commands.put("`dbtc --version`", List.of(Box.DBTC, "--version"));
        commands.put("`dbtc plan`", plan);
        int before = box.requests().size();
        box.time(trigger);
        List<String> sent = box.requests();
        List<String> paths = reads(sent.subList(before, sent.size()));
        commands.put(
                "`dbtc trigger-autoscaling-ci-job --no-should-poll`, " + paths.size() + " requests",
                trigger);
        if (Box.isThere("python3")) {
            var python = new ArrayList<>(List.of(Box.python(), "-c", REQUESTS));
            commands.put("Python, `import json, ssl, urllib.request`", List.copyOf(python));
            python.addAll(paths);
            commands.put("the same and " + paths.size() + " requests", python);
        } else {
            System.out.println("There is no python3 on the PATH; its rows are left out.");
        }
        return commands;
    }

    /// As many reads as there were requests: for each write, the first read again.
    private static List<String> reads(List<String> requests) {
        List<String> paths =
                requests.stream()
                        .filter(it -> it.startsWith("GET "))
                        .map(it -> it.substring(4))
                        .toList();
        return requests.stream()
                .map(it -> it.startsWith("GET ") ? it.substring(4) : paths.getFirst())
                .toList();
    }

    private static void print(Map<String, double[]> times, int rounds) {
        double[] hello = times.values().iterator().next();
        System.out.printf("| %d rounds | median | least | of hello |%n|---|--:|--:|--:|%n", rounds);
        times.forEach((name, taken) ->
                System.out.printf(
                        "| %s | %.0f ms | %.0f ms | %.1f |%n",
                        name,
                        median(taken),
                        Arrays.stream(taken).min().orElseThrow(),
                        median(taken) / median(hello)));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
