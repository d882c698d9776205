package dev.chiron.evals.compare;

import dev.chiron.agent.Proposal;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What went wrong in the published runs of Centaur, to be repeated on purpose, so that its price is known. */
public enum Fault {
    /** What the optimizer had learned was thrown away whenever a run was resumed: here after every 100 trials. */
    RESTART,
    /** The model proposed what had been run before: here the incumbent, on six of ten of its turns. */
    REPEATS,
    /** The optimizer was told the value 100 for what failed on a model's turn. */
    PENALTY;

    private static final int RESUMED = 100;
    private static final double REPEATED = 0.6; // 54 to 71 % were counted
    private static final double TOLD = 100;

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static boolean restarts(Set<Fault> faults, int trial) {
        return faults.contains(RESTART) && trial > 0 && trial % RESUMED == 0;
    }

    /** What is run in place of a proposal. */
    static Proposal.Try run(Set<Fault> faults, Proposal.Try proposal, History before, RandomGenerator random) {
        Optional<Trial> incumbent = before.incumbent();
        if (faults.contains(REPEATS) && isModels(proposal) && incumbent.isPresent() && random.nextDouble() < REPEATED) {
            Change again = new Change.Settings(incumbent.get().config());
            return new Proposal.Try(again, proposal.origin(), proposal.turn());
        }
        return proposal;
    }

    /** What the optimizer is told of a trial. */
    static Trial told(Set<Fault> faults, Proposal.Try proposal, Trial trial) {
        return faults.contains(PENALTY) && isModels(proposal) && trial.outcome() instanceof Outcome.Failed
                ? new Trial(trial.number(), trial.change(), trial.origin(), new Outcome.Measured(TOLD), trial.took())
                : trial;
    }

    private static boolean isModels(Proposal.Try proposal) {
        return proposal.turn().filter(turn -> !turn.isFallback()).isPresent();
    }
}
