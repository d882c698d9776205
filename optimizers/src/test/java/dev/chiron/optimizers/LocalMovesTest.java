package dev.chiron.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalMovesTest {

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter.Real("rate", 1e-5, 1e-1, true),
            new Parameter.Whole("depth", 2, 24),
            new Parameter.Whole("batch", 16, 256, false, 1, true),
            Parameter.Choice.of("kind", "a", "b", "c"));
    private static final SearchSpace SPACE = new SearchSpace(PARAMETERS, List.of());

    @Test
    void aMoveChangesOneParameterOrTwoAndNeverNone() {
        LocalMoves moves = new LocalMoves(SPACE);
        Config incumbent = SPACE.decode(new double[] {0.5, 0.5, 0.5, 0.1});
        Set<String> changed = new HashSet<>();
        SplitMix random = new SplitMix(3);
        for (int i = 0; i < 300; i++) {
            Config moved = moves.near(incumbent, config -> true, random).orElseThrow();
            assertThat(SPACE.problems(moved.values())).isEmpty();
            List<String> differing = PARAMETERS.stream()
                    .map(Parameter::name)
                    .filter(name -> !moved.get(name).equals(incumbent.get(name)))
                    .toList();
            assertThat(differing).hasSizeBetween(1, 2);
            changed.addAll(differing);
        }
        assertThat(changed).hasSize(4);
    }

    @Test
    void atTheEndsOfARangeItMovesInside() {
        LocalMoves moves = new LocalMoves(SPACE);
        for (double end : new double[] {0, 1}) {
            Config corner = SPACE.decode(new double[] {end, end, end, end});
            for (int i = 0; i < 100; i++) {
                Config moved =
                        moves.near(corner, config -> true, new SplitMix(i)).orElseThrow();
                assertThat(moved).isNotEqualTo(corner);
                assertThat(SPACE.problems(moved.values())).isEmpty();
            }
        }
    }

    @Test
    void constraintsAreKeptAndWhatIsNotWantedIsNotGiven() {
        SearchSpace space = new SearchSpace(PARAMETERS, List.of(Constraint.parse("depth * batch <= 512")));
        LocalMoves moves = new LocalMoves(space);
        Config incumbent =
                space.repair(space.decode(new double[] {0.5, 0.5, 0.5, 0.1})).orElseThrow();
        SplitMix random = new SplitMix(1);
        for (int i = 0; i < 100; i++) {
            Config moved = moves.near(incumbent, config -> !config.equals(incumbent), random)
                    .orElseThrow();
            assertThat(space.broken(moved)).isEmpty();
            assertThat(moved).isNotEqualTo(incumbent);
        }
        assertThat(moves.near(incumbent, config -> false, random)).isEmpty();
    }

    /** On the border of the constraint total can go down only together with batch, which a repair of total would undo. */
    @Test
    void twoParametersThatAConstraintTiesMoveTogether() {
        SearchSpace space = new SearchSpace(
                List.of(
                        new Parameter.Whole("total", 256, 65536, false, 1, true),
                        new Parameter.Whole("batch", 16, 256, false, 1, true),
                        new Parameter.Real("rate", 1e-5, 1e-1, true)),
                List.of(Constraint.parse("total >= batch * 64")));
        Config border = space.decode(new double[] {0.5, 0.5, 0.5});
        assertThat(space.broken(border.with("total", Value.of(2048L)))).isNotEmpty();
        SplitMix random = new SplitMix(1);
        Set<Value> totals = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            totals.add(new LocalMoves(space)
                    .near(border, config -> true, random)
                    .orElseThrow()
                    .get("total"));
        }
        assertThat(totals).contains(Value.of(2048L), Value.of(4096L), Value.of(8192L));
    }

    @Test
    void theSameGeneratorGivesTheSameMove() {
        LocalMoves moves = new LocalMoves(SPACE);
        Config incumbent = SPACE.decode(new double[] {0.5, 0.5, 0.5, 0.1});
        assertThat(moves.near(incumbent, config -> true, new SplitMix(9)))
                .isEqualTo(moves.near(incumbent, config -> true, new SplitMix(9)));
    }

    @Test
    void aSpaceOfOneParameterIsEnough() {
        SearchSpace one = SearchSpace.of(Parameter.Choice.of("kind", "a", "b"));
        Config a = one.decode(new double[] {0});
        assertThat(new LocalMoves(one).near(a, config -> true, new SplitMix(1))).contains(one.decode(new double[] {1}));
    }
}
