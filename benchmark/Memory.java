import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How much memory a waiting `dbtc` holds, against others that wait: a Markdown table.
final class Memory {

    private static final int SECONDS = 20;

    public static void main(String[] args) throws Exception {
        if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            System.out.println("Memory is measured on Linux only, from /proc/PID/smaps_rollup.");
            return;
        }
        Path folder = Files.createTempDirectory("dbtc-benchmark");
        try (var box = new Box(1)) {
            var commands = new LinkedHashMap<String, List<String>>();
            commands.put(
                    "`dbtc trigger-autoscaling-ci-job --should-poll`, looking every second",
                    List.of(
                            Box.DBTC,
                            "trigger-autoscaling-ci-job",
                            "--should-poll",
                            "--poll-interval=1",
                            Box.PAYLOAD + "51}"));
            Path sleeper = folder.resolve("Sleeper.java");
            Files.writeString(sleeper, "void main() throws Exception { Thread.sleep(99_000); }");
            box.time(List.of(Box.java("javac"), "-d", folder.toString(), sleeper.toString()));
            commands.put(
                    "a Java program that sleeps, with the same collector and compiler",
                    List.of(
                            Box.java("java"),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            folder.toString(),
                            "Sleeper"));
            if (Box.isThere("python3")) {
                commands.put(
                        "Python that sleeps after `import json, ssl, urllib.request`",
                        List.of(
                                Box.python(),
                                "-c",
                                "import json, ssl, time, urllib.request; time.sleep(99)"));
            } else {
                System.out.println("There is no python3 on the PATH; its row is left out.");
            }
            print(box, commands);
        } finally {
            Box.delete(folder);
        }
    }

    private static void print(Box box, Map<String, List<String>> commands)
            throws IOException, InterruptedException {
        System.out.printf("| after %d s | RSS | PSS | private |%n|---|--:|--:|--:|%n", SECONDS);
        for (var command : commands.entrySet()) {
            Process process = box.start(command.getValue());
            Thread.sleep(SECONDS * 1_000L);
            if (!process.isAlive()) {
                throw new IOException("it has ended with " + process.exitValue() + ": " + command);
            }
            List<String> lines =
                    Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup"));
            process.destroy();
            process.waitFor();
            System.out.printf(
                    "| %s | %.0f MB | %.0f MB | %.0f MB |%n",
                    command.getKey(),
                    megabytes(lines, "Rss:"),
                    megabytes(lines, "Pss:"),
                    megabytes(lines, "Private_Clean:") + megabytes(lines, "Private_Dirty:"));
        }
    }

    private static double megabytes(List<String> lines, String name) {
        return lines.stream()
                        .filter(line -> line.startsWith(name))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1_024.0;
    }
}
