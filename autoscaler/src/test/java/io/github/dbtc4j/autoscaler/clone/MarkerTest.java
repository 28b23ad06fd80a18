package io.github.dbtc4j.autoscaler.clone;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

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
        assertThat(Marker.parse(MARKER.toDescription())).contains(MARKER);
        var bare = new Marker(new JobId(1), null, "0123456789ab", "00000000000000aa", true);
        assertThat(Marker.parse(bare.toDescription())).contains(bare);
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
                "{'dbtc4j':2,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':'1','base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1.0,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':'1','pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':0,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':-1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':01,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1e0,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':null,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':9999999999999999999,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':'github:x','definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':'github:0','definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':'github:-5','definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':'github:05','definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':'svn:5','definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':5,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':null,'nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'a','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789AB','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'b'}",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000AA'}",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab'}",
                // a key more, one twice, another order
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa','owner':'me'}",
                "{'dbtc4j':1,'base':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':2,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa','base':1}",
                "{'dbtc4j':1,'pr':null,'base':1,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'keep':true,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                // a "keep" that is never written
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa','keep':false}",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa','keep':null}",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa','keep':'true'}",
                // cut off, or with something before, within or behind
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}"
                    + " edited",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}\n",
                " {'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,"
                    + " 'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':null,\n"
                        + "'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}\u0000",
                "{'dbtc4j':1,'base':1,'pr':null,'definition':'0123456789ab','nonce':'0000000000000\u00000aa'}",
                // the same by other spellings
                "{'dbtc4j':1,'base':1,'pr':'github\\u003a5','definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'b\\u0061se':1,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}",
                "{'dbtc4j':1,'base':\u0661,'pr':null,'definition':'0123456789ab','nonce':'00000000000000aa'}"
            })
    void rejectsMalformedMarkers(String description) {
        assertThat(Marker.parse(description.replace('\'', '"'))).isEmpty();
    }

    /// What is read is written again to the letter: it contains nothing that was not understood.
    @Test
    void whatIsReadIsWhatWouldBeWritten() {
        long seed = new SplittableRandom().nextLong();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            var edited = new StringBuilder(MARKER.toDescription());
            for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
                int at = random.nextInt(edited.length());
                switch (random.nextInt(3)) {
                    case 0 -> edited.deleteCharAt(at);
                    case 1 -> edited.insert(at, (char) random.nextInt(0, 128));
                    default -> edited.setCharAt(at, (char) random.nextInt(0, 128));
                }
            }
            String description = edited.toString();
            assertThat(Marker.parse(description).map(Marker::toDescription).orElse(description))
                    .as("seed %d", seed)
                    .isEqualTo(description);
        }
    }
}
