package io.github.dbtc4j.planner.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimTest {

    private static final Claim CLAIM =
            new Claim(
                    new JobId(70_403_103_936_332L),
                    new PullRequest(Provider.GITHUB, 50),
                    new Sequence("00c0ffee", 7, 2),
                    "0123456789ab",
                    "00000000000000aa");

    @Test
    void standsBehindTheUsersOwnText() {
        assertThat(CLAIM.appendTo("Autoscaling Slim CI!"))
                .isEqualTo(
                        "Autoscaling Slim CI! dbtc4j/1 b=70403103936332 r=00c0ffee p=github:50"
                                + " k=7.2 s=0123456789ab n=00000000000000aa");
    }

    @Test
    void isReadBackAsItWasWritten() {
        assertThat(Claim.parse(CLAIM.appendTo("two\nlines"))).contains(CLAIM);
        var bare = new Claim(new JobId(1), null, null, null, "ffffffffffffffff");
        assertThat(Claim.parse(bare.appendTo("x"))).contains(bare);
    }

    @Test
    void cutsTheUsersTextRatherThanItself() {
        String cause = CLAIM.appendTo("é".repeat(400));

        assertThat(cause).hasSize(Claim.MAX_CAUSE);
        assertThat(Claim.parse(cause)).contains(CLAIM);
    }

    @Test
    void neverCutsACharacterInHalf() {
        String cause = CLAIM.appendTo("😀".repeat(400));

        assertThat(cause.codePointCount(0, cause.length())).isEqualTo(Claim.MAX_CAUSE);
        assertThat(Claim.parse(cause)).contains(CLAIM);
    }

    @Test
    void rejectsMalformedClaims() {
        assertThat(Claim.parse(null)).isEmpty();
        assertThat(Claim.parse("Autoscaling CI")).isEmpty();
        assertThat(Claim.parse(CLAIM.appendTo("x") + " and more")).isEmpty();
        String rest = "r=- p=- k=- s=- n=00000000000000aa";
        assertThat(Claim.parse("dbtc4j/1 b=1 " + rest)).isPresent();
        assertThat(Claim.parse("xdbtc4j/1 b=1 " + rest)).isEmpty();
        assertThat(Claim.parse("dbtc4j/2 b=1 " + rest)).isEmpty();
        assertThat(Claim.parse("dbtc4j/1 b=99999999999999999999 " + rest)).isEmpty();
        assertThat(Claim.parse("dbtc4j/1 b=1 r=- p=svn:5 k=- s=- n=00000000000000aa")).isEmpty();
        assertThat(Claim.parse("dbtc4j/1 b=1 r=- p=github:0 k=- s=- n=00000000000000aa")).isEmpty();
        assertThat(Claim.parse("dbtc4j/1 b=1 r=- p=- k=7 s=- n=00000000000000aa")).isEmpty();
        assertThat(Claim.parse("dbtc4j/1 b=1 r=xyz p=- k=7.1 s=- n=00000000000000aa")).isEmpty();
    }
}
