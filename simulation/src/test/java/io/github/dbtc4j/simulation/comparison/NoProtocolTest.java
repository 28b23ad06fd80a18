package io.github.dbtc4j.simulation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Why S2 cannot have a limit of zero. Two pipelines may look and trigger: for every protocol there
/// is an order of their calls after which the run of the older commit goes on beside the newer
/// one's. Neither can end it while both are silent after a 429, or get no response.
///
/// Every protocol of a small world is tried: what a process does follows from what its looks have
/// shown. With a trigger that is refused where another run is, as no platform call is, there is a
/// protocol to which that never happens.
class NoProtocolTest {

    /// So often a process may look.
    private static final int LOOKS = 2;

    private enum Move {
        LOOK,
        TRIGGER,
        STOP
    }

    /// What to do by what was seen so far: the index is a one, followed by a bit for each look,
    /// which is set when that showed the other's run.
    private record Protocol(List<Move> moves) {

        /// Whether a process that is alone triggers in the end.
        boolean isLive() {
            int seen = 1;
            while (moves.get(seen) == Move.LOOK) {
                seen = 2 * seen;
            }
            return moves.get(seen) == Move.TRIGGER;
        }
    }

    /// Where a process is.
    ///
    /// @param seen the index into its protocol
    /// @param hasRun whether it triggered, and was not refused
    private record Walker(Protocol protocol, int seen, boolean isDone, boolean hasRun) {

        Walker next(boolean otherHasRun, boolean refusing) {
            return switch (protocol.moves().get(seen)) {
                case LOOK -> new Walker(protocol, 2 * seen + (otherHasRun ? 1 : 0), false, false);
                case TRIGGER -> new Walker(protocol, seen, true, !(refusing && otherHasRun));
                case STOP -> new Walker(protocol, seen, true, false);
            };
        }
    }

    @Test
    void everyProtocolHasAnOrderAfterWhichBothRunsAreThere() {
        List<Protocol> all = protocols();

        assertThat(all).hasSizeGreaterThan(100);
        for (Protocol older : all) {
            for (Protocol newer : all) {
                assertThat(canMeet(begin(older), begin(newer), false))
                        .as("%s beside %s", older, newer)
                        .isTrue();
            }
        }
    }

    @Test
    void aTriggerThatIsRefusedBesideAnotherRunWouldKeepThemApart() {
        List<Protocol> all = protocols();

        assertThat(all).anyMatch(protocol -> !canMeet(begin(protocol), begin(protocol), true));
    }

    private static Walker begin(Protocol protocol) {
        return new Walker(protocol, 1, false, false);
    }

    /// Whether some order of what is left leads to two runs.
    private static boolean canMeet(Walker one, Walker other, boolean refusing) {
        if (one.hasRun() && other.hasRun()) {
            return true;
        }
        return (!one.isDone() && canMeet(one.next(other.hasRun(), refusing), other, refusing))
                || (!other.isDone() && canMeet(one, other.next(one.hasRun(), refusing), refusing));
    }

    /// Every protocol under which a process that is alone triggers in the end.
    private static List<Protocol> protocols() {
        List<List<Move>> tables = List.of(List.of(Move.STOP));
        for (int seen = 1; seen < (2 << LOOKS); seen++) {
            var longer = new ArrayList<List<Move>>();
            for (List<Move> table : tables) {
                for (Move move : Move.values()) {
                    if (move != Move.LOOK || seen < (1 << LOOKS)) {
                        var moves = new ArrayList<>(table);
                        moves.add(move);
                        longer.add(List.copyOf(moves));
                    }
                }
            }
            tables = longer;
        }
        return tables.stream().map(Protocol::new).filter(Protocol::isLive).toList();
    }
}
