package io.github.dbtc4j.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class ExchangeTest {

    private static final String ACCOUNT = "/api/v2/accounts/1";

    @Test
    void aRequestTellsWhatItWasToCancelTriggerDeleteOrRead() {
        assertThat(sent("POST", "/runs/70471862000001/cancel/").cancelled())
                .isEqualTo(70471862000001L);
        assertThat(sent("POST", "/runs/7/cancel").cancelled()).isEqualTo(7);
        assertThat(sent("POST", "/jobs/5/run/").triggered()).isEqualTo(5);
        assertThat(sent("POST", "/jobs/5/run").triggered()).isEqualTo(5);
        assertThat(sent("DELETE", "/jobs/5/").deleted()).isEqualTo(5);
        assertThat(sent("GET", "/jobs/5/?include_related=environment").read()).isEqualTo(5);
        assertThat(sent("POST", "/jobs/5").updated()).isEqualTo(5);
    }

    @Test
    void aRequestForAnythingElseTellsNone() {
        assertThat(numbers(sent("POST", "/runs/7/retry/"))).containsOnlyNulls();
        assertThat(numbers(sent("POST", "/jobs/7/cancel/"))).containsOnlyNulls();
        assertThat(numbers(sent("POST", "/jobs/"))).containsOnlyNulls();
        assertThat(numbers(sent("POST", "/jobs/x/run/"))).containsOnlyNulls();
        assertThat(numbers(sent("POST", "/jobs//run/"))).containsOnlyNulls();
        assertThat(numbers(sent("POST", "/runs/7/cancel//"))).containsOnlyNulls();
        assertThat(numbers(sent("GET", "/runs/7/"))).containsOnlyNulls();
        assertThat(numbers(sent("GET", "/runs/7/cancel/"))).containsOnlyNulls();
        assertThat(numbers(new Exchange(act("POST", "/run"), Instant.EPOCH, 200, null)))
                .containsOnlyNulls();
        assertThat(numbers(new Exchange(act("POST", "/"), Instant.EPOCH, 200, null)))
                .containsOnlyNulls();
    }

    private static @Nullable Long[] numbers(Exchange exchange) {
        return new Long[] {
            exchange.cancelled(),
            exchange.triggered(),
            exchange.deleted(),
            exchange.read(),
            exchange.updated()
        };
    }

    private static Exchange sent(String method, String path) {
        return new Exchange(act(method, ACCOUNT + path), Instant.EPOCH, 200, null);
    }

    private static HistoryEvent.Sent act(String method, String path) {
        return new HistoryEvent.Sent(Instant.EPOCH, 1, 1, method, path, null);
    }
}
