package io.github.dbtc4j.sandbox.rest;

import static io.github.dbtc4j.sandbox.Platform.V2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.Platform;
import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class RateLimitTest {

    @Test
    void beyondTheLimitNothingIsAnsweredForFiveMinutes() {
        Platform platform = limited();
        for (int i = 0; i < 10; i++) {
            assertThat(get(platform).status()).isEqualTo(200);
        }

        assertThat(get(platform).status()).isEqualTo(429);
        assertThat(platform.post(V2 + "/jobs/1/run/", Platform.body()).status()).isEqualTo(429);
        assertThat(get(platform.afterSeconds(299)).status()).isEqualTo(429);
        assertThat(get(platform.afterSeconds(1)).status()).isEqualTo(200);
        assertThat(platform.sandbox.runs()).isEmpty();
    }

    @Test
    void theLimitCountsAnyMinute() {
        Platform platform = limited();
        for (int i = 0; i < 30; i++) {
            assertThat(get(platform.afterSeconds(6)).status()).isEqualTo(200);
        }
        assertThat(get(platform.afterSeconds(5)).status()).isEqualTo(429);
    }

    @Test
    void strangersDoNotUseUpTheLimit() {
        Platform platform = limited();
        platform.token = "wrong";
        for (int i = 0; i < 20; i++) {
            assertThat(get(platform).status()).isEqualTo(401);
        }
        platform.token = platform.sandbox.world().token();

        assertThat(get(platform).status()).isEqualTo(200);
    }

    @Test
    void trafficMayProlongTheCooldown() {
        Platform platform = limited(Assumption.TrafficInCooldown.PROLONGS);
        exceed(platform);

        assertThat(get(platform.afterSeconds(299)).status()).isEqualTo(429);
        assertThat(get(platform.afterSeconds(299)).status()).isEqualTo(429);
        assertThat(get(platform.afterSeconds(300)).status()).isEqualTo(200);
    }

    @Test
    void retryAfterIsSentOnlyIfSwitchedOn() {
        assertThat(exceed(limited()).header("retry-after")).isEmpty();
        Platform platform = limited(Assumption.RetryAfter.SENT);
        assertThat(exceed(platform).header("retry-after")).hasValue("300");
        assertThat(get(platform.afterSeconds(100)).header("retry-after")).hasValue("200");
    }

    @Test
    void theBodyIsAGuess() {
        assertThat(exceed(limited()).text()).contains("\"code\":429");
        assertThat(exceed(limited(Assumption.RateLimitBody.DETAIL)).text())
                .startsWith("{\"detail\":");
        assertThat(exceed(limited(Assumption.RateLimitBody.HTML)).text())
                .startsWith("<!DOCTYPE html>");
    }

    private static Response exceed(Platform platform) {
        for (int i = 0; i < 10; i++) {
            get(platform);
        }
        return get(platform);
    }

    private static Response get(Platform platform) {
        return platform.get(V2 + "/jobs/1/");
    }

    private static Platform limited(Assumption... answers) {
        SandboxOptions options = Platform.quiet().requestsPerMinute(10);
        for (Assumption answer : answers) {
            options = options.with(answer);
        }
        return new Platform(options);
    }
}
