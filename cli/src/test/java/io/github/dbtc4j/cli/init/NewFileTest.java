package io.github.dbtc4j.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class NewFileTest {

    @TempDir private Path folder;

    @Test
    void ofManyWritersOneWins() throws Exception {
        for (int round = 0; round < 50; round++) {
            Path file = folder.resolve("round-" + round + "/file");
            var won = new ArrayList<Integer>();
            try (var writers = Executors.newFixedThreadPool(4)) {
                for (var each :
                        writers.invokeAll(
                                IntStream.range(0, 4)
                                        .<Callable<Integer>>mapToObj(
                                                writer -> () -> wrote(file, writer))
                                        .toList())) {
                    if (each.get() >= 0) {
                        won.add(each.get());
                    }
                }
            }

            assertThat(won).hasSize(1);
            assertThat(file).content().isEqualTo(text(won.getFirst()));
        }
    }

    /// The writer if it wrote, else -1.
    private static int wrote(Path file, int writer) throws IOException {
        try {
            NewFile.write(file, text(writer));
            return writer;
        } catch (FileAlreadyExistsException e) {
            return -1;
        }
    }

    private static String text(int writer) {
        return ("line of " + writer + "\n").repeat(1000);
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        NewFile.write(folder.resolve("file"), "first");
        int second = wrote(folder.resolve("file"), 2);

        assertThat(second).isEqualTo(-1);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(List.copyOf(all.toList())).containsExactly(folder.resolve("file"));
        }
    }
}
