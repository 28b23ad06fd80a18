package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.JobId;
import io.github.dbtc4j.planner.Provider;
import io.github.dbtc4j.planner.PullRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {

    private static final Marker MARKER =
            new Marker(
                    new JobId(70_403_103_936_332L),
                    new PullRequest(Provider.NON_NATIVE, Integer.MAX_VALUE),
                    "0123456789ab",
                    "00000000000000aa",
                    false);

    @Test
    void isReadBackAsItWasWritten() {
        assertThat(Marker.in(MARKER.toDescription())).contains(MARKER);
        var bare = new Marker(new JobId(1), null, "0123456789ab", "00000000000000aa", true);
        assertThat(Marker.in(bare.toDescription())).contains(bare);
    }

    @Test
    void fitsIntoADescription() {
        assertThat(MARKER.toDescription()).hasSizeLessThanOrEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Slim CI for the finance team",
                "{\"dbtc4j\":2,\"base\":1,\"pr\":null,\"definition\":\"a\",\"nonce\":\"b\"}",
                "{\"dbtc4j\":\"1\",\"base\":1,\"pr\":null,\"definition\":\"a\",\"nonce\":\"b\"}",
                "{\"dbtc4j\":1,\"base\":\"1\",\"pr\":null,\"definition\":\"a\",\"nonce\":\"b\"}",
                "{\"dbtc4j\":1,\"base\":1,\"pr\":\"github:x\",\"definition\":\"a\",\"nonce\":\"b\"}",
                "{\"dbtc4j\":1,\"base\":1,\"pr\":5,\"definition\":\"a\",\"nonce\":\"b\"}",
                "{\"dbtc4j\":1,\"base\":1,\"pr\":null,\"nonce\":\"b\"}",
                "{\"dbtc4j\":1,\"base\":1,\"pr\":null,\"definition\":\"a\",\"nonce\":\"b\"",
                "{\"dbtc4j\":1,\"base\":1,\"pr\":null,\"definition\":\"a\",\"nonce\":\"b\"} edited"
            })
    void whatSomebodyElseWroteIsNoMarker(String description) {
        assertThat(Marker.in(description)).isEmpty();
    }
}
