package io.github.dbtc4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

/// What a client with the usual limits makes of answers without end (issue 13, "response bombs").
/// The time limit is far below the client's patience: none of them may be asked for again.
@Tag("gate")
@Timeout(60)
class FloodTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Transfer-Encoding: chunked\r\n\r\n",
                OK + "\r\n",
                OK + "Content-Length: 2147483648\r\n\r\n",
                OK + "Content-Length: 67108865\r\n\r\n",
                OK + "Content-Length: 9223372036854775807\r\n\r\n",
                "HTTP/1.1 500 Oops\r\n\r\n"
            })
    void leavesABodyThatIsTooLongAndDoesNotAskForItAgain(String head) throws Exception {
        String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";

        DbtCloudException thrown = read(head, chunk);

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unreadable.class)
                .hasMessageContaining(
                        "the answer is longer than 67108864 bytes, which is the limit")
                .hasMessageContaining("largestResponse");
    }

    @Test
    void leavesAChunkThatIsTooLongBeforeItComes() throws Exception {
        DbtCloudException thrown =
                read(OK + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n", "x".repeat(65_536));

        assertThat(thrown).hasMessageContaining("longer than 67108864 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 ", OK, OK + "X-", OK + "X: "})
    void leavesAHeadThatIsTooLongAndDoesNotAskForItAgain(String start) throws Exception {
        String more = start.equals(OK) ? "X: y\r\n".repeat(1_000) : "y".repeat(10_000);

        DbtCloudException thrown = read(start.isEmpty() ? "HTTP/1.1 200" : start, more);

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unreadable.class)
                .hasMessageContaining("the answer's head is longer than");
    }

    /// Issue 13: these were cut, but asked for again for minutes.
    @Test
    void leavesAChunkWithEndlessExtensionsAndDoesNotAskForItAgain() throws Exception {
        DbtCloudException thrown =
                read(OK + "Transfer-Encoding: chunked\r\n\r\n1;x=", "y".repeat(4_096));

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unreadable.class)
                .hasMessageContaining(
                        "a part of the answer has too long a head, which is the limit");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 199})
    void leavesAnswersThatOnlyAnnounceOneAndDoesNotAskForThemAgain(int status) throws Exception {
        String announcement = "HTTP/1.1 " + status + " Wait\r\nLink: x\r\n\r\n";

        DbtCloudException thrown = read(announcement, announcement);

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unreadable.class)
                .hasMessageContaining("it announced its answer too often");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{},",
                "[],",
                "0,",
                "{\"a\":0},",
            })
    void leavesJsonOfTooManyValuesAndDoesNotAskForItAgain(String value) throws Exception {
        String list = value.repeat(2_000_000) + "0]}";
        String head = OK + "Connection: close\r\nContent-Length: " + (9 + list.length());

        DbtCloudException thrown = read(head + "\r\n\r\n{\"data\":[", list);

        assertThat(thrown)
                .isInstanceOf(DbtCloudException.Unreadable.class)
                .hasMessageContaining(
                        "it has over 2000000 names, values and brackets, which is the limit")
                .hasMessageContaining("ask for less at a time.");
    }

    @Test
    void leavesJsonThatIsNestedTooDeeplyAndDoesNotAskForItAgain() throws Exception {
        String head = OK + "Connection: close\r\nContent-Length: 100000\r\n\r\n";

        DbtCloudException thrown = read(head, "[".repeat(100_000));

        assertThat(thrown).isInstanceOf(DbtCloudException.Unreadable.class);
    }

    @Test
    void aWriteWithAnAnswerThatIsTooLongMayHaveHappened() throws Exception {
        try (var flood = new Flood(OK + "\r\n", "x".repeat(65_536), Duration.ZERO)) {
            DbtCloudException thrown =
                    catchThrowableOfType(
                            DbtCloudException.class,
                            () ->
                                    new DbtCloudClient(flood.options())
                                            .jobs()
                                            .trigger(1, 2, Map.of("cause", "x")));

            assertThat(thrown.ambiguous()).isTrue();
            assertThat(thrown).hasMessageContaining("look before sending it again");
            assertThat(flood.requests).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OK + "\r\n", OK + "X: ", "HTTP/1.1 200 "})
    void anAnswerThatDripsEndsWithTheDeadlineOfTheRequest(String start) throws Exception {
        try (var flood = new Flood(start, "y", Duration.ofMillis(5))) {
            DbtCloudException thrown =
                    catchThrowableOfType(
                            DbtCloudException.class,
                            () ->
                                    new DbtCloudClient(
                                                    flood.options()
                                                            .requestTimeout(Duration.ofMillis(200))
                                                            .callTimeout(Duration.ZERO))
                                            .runs()
                                            .get(1, 2));

            assertThat(thrown)
                    .isInstanceOf(DbtCloudException.Unavailable.class)
                    .hasMessageContaining("no complete answer within 200 ms");
            assertThat(flood.requests).hasValue(1);
        }
    }

    private static @Nullable DbtCloudException read(String start, String more) throws Exception {
        try (var flood = new Flood(start, more, Duration.ZERO)) {
            DbtCloudException thrown =
                    catchThrowableOfType(
                            DbtCloudException.class,
                            () -> new DbtCloudClient(flood.options()).runs().get(1, 2));

            assertThat(flood.requests).hasValue(1);
            return thrown;
        }
    }
}
