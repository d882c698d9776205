package dev.chiron.agent.start;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.prompts.describe.PromptStyle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a study's optimizer knew after each trial. Only the last state is kept on disk; those before it follow from the journal, since an
 * optimizer depends on nothing but its seed and what it was asked and told: the study is gone through again without running or asking
 * anything. Where it was gone on with by other flags than it began with, the states may differ from those of that time; whether the last
 * one is the kept one says so.
 */
public final class Hindsight {

    private final History history;
    private final SteeredProposer proposer;
    private int steerings;

    /**
     * Before the first trial.
     *
     * @param folder the study's
     * @param recording of the study, as far as it had come at any time
     */
    public Hindsight(Path folder, Spec spec, Recording recording, Surroundings surroundings) {
        this.history = new History(
                spec.objective(), spec.evidence(), recording.imported().earlier());
        this.proposer = new SteeredProposer(
                new Players(surroundings, new Silent(), folder, recording.imported()),
                Course.of(spec, () -> Course.constants(spec, folder), taken -> false),
                Optional.empty());
    }

    /** Whether a study's optimizer has beliefs that can be shown: CMA-ES, that tunes the numbers of one script. */
    public static boolean isFor(Spec spec) {
        return hasDistribution(spec)
                && !EditorsCast.isFor(spec)
                && !FidelitySpec.isInParts(spec.method()); // which have one for each part of a training
    }

    /** Whether its optimizer keeps a distribution over the parameters. */
    public static boolean hasDistribution(Spec spec) {
        return Method.labelled(spec.optimizer())
                .filter(method -> method == Method.CMA_ES || method == Method.LRA_CMA_ES)
                .isPresent();
    }

    /** How many trials were gone through. */
    public int trials() {
        return history.trials().size();
    }

    /**
     * Goes through the next trial.
     *
     * @param recording of the same study, with that trial
     * @return what the optimizer knew after it; empty where it was nothing yet
     */
    public Optional<OptimizerState> next(Recording recording) {
        Entry entry = recording.entries().get(trials());
        while (steerings < recording.steerings().size()
                && recording.steerings().get(steerings).trials() <= trials()) {
            Taken taken = recording.steerings().get(steerings);
            proposer.take(taken, history);
            steerings++;
        }
        Origin origin = entry.trial().origin();
        if (origin.isWished()) {
            proposer.observe(entry, history);
        } else if (!origin.isCheck()) {
            proposer.replay(entry, history);
        }
        history.add(entry.trial());
        return proposer.state();
    }

    /** The task as it was in force after the trials so far. */
    public Spec spec() {
        return proposer.course().spec();
    }

    /** Models that have a turn, and are never asked. */
    private record Silent() implements Members {

        @Override
        public List<Panel.Member> members(Spec now) {
            return now.llm().model().equals("none") || now.llm().model().equals(Partner.Perturb.NAME)
                    ? List.of()
                    : now.llm().models().stream()
                            .map(name -> new Panel.Member(name, new Mute(name), PromptStyle.FULL))
                            .toList();
        }

        @Override
        public void check(Spec now) {
            // nothing is asked, so nothing can be missing
        }
    }

    private record Mute(String name) implements Model {

        @Override
        public Answer answer(Question question) {
            throw new AssertionError("a study that is gone through asks nobody");
        }
    }
}
