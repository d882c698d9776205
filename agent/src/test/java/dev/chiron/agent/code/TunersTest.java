package dev.chiron.agent.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.propose.Method;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Evidence;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.edit.Guards;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TunersTest {

    private static final String SCRIPT = "RATE = 0.1\nMOMENTUM = 0.9\nprint(RATE * MOMENTUM)\n";
    private static final Objective LOSS = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final Variant ROOT = Variant.root(SCRIPT);
    private static final SearchSpace SPACE = new SearchSpace(
            List.of(new Parameter.Real("RATE", 0.001, 1, true), new Parameter.Real("MOMENTUM", 0, 0.99, false)),
            List.of());
    private static final Config START = Config.of(Map.of("RATE", new Value.Real(0.1), "MOMENTUM", new Value.Real(0.9)));

    private final History history =
            new History(LOSS, new Evidence(0, new Evidence.Edits(1, 0.5, 1, false)), Earlier.NONE);
    private final Tuners tuners = new Tuners(
            new Workbench(
                    "train.py",
                    ROOT,
                    SPACE,
                    new LinkedHashSet<>(),
                    new Guards("train.py", SCRIPT, 200, new LinkedHashSet<>()),
                    change -> Optional.empty()),
            Method.labelled("cma-es").orElseThrow(),
            new LinkedHashMap<>(),
            LOSS,
            3);

    private Trial trial(Change change, Origin origin, double value) {
        return new Trial(
                history.trials().size(),
                change,
                origin,
                new Outcome.Measured(value, Map.of(), List.of()),
                Duration.ofSeconds(1));
    }

    private void run(Change change, Origin origin, double value) {
        Trial trial = trial(change, origin, value);
        if (!origin.isCheck()) {
            tuners.observe(trial);
        }
        history.add(trial);
    }

    private static Change edit(String text, String parent) {
        return new Change.Edit(START, new Variant(text.length() + "", parent, text, "an idea"));
    }

    @Test
    void aScriptThatWasFoundByLeavingOutIsTunedToo() {
        run(new Change.Settings(START), Origin.BASELINE, 2);
        String first = SCRIPT + "print('a b')\n";
        run(edit(first, ROOT.id()), Origin.LLM, 1);
        while (history.rerun().isPresent()) {
            Change again = history.rerun().get().change();
            run(again, Origin.REPEAT, again.variant().isEmpty() ? 2 : 1);
        }
        run(edit(SCRIPT + "print('a')\n", first.length() + ""), Origin.LEAN, 1);
        Trial incumbent = history.incumbent().orElseThrow();
        assertThat(incumbent.origin()).isEqualTo(Origin.LEAN);

        Proposal.Try next = tuners.next(history).orElseThrow();

        assertThat(next.change().variant()).isEqualTo(incumbent.change().variant());
        assertThat(next.change().config()).isNotEqualTo(START);
    }
}
