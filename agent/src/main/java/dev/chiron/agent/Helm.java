package dev.chiron.agent;

import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.History;

/** Where a study is steered: what is wanted of it is checked here, and holds from then on. */
public interface Helm {

    /** Of a study that cannot be steered. */
    Helm LASHED = new Helm() {
        @Override
        public Steering checked(Steering steering, History history) {
            throw new BadInput(steering.text() + ": this study cannot be steered");
        }

        @Override
        public void take(Taken taken, History history) {
            throw new IllegalStateException("this study cannot be steered: " + taken);
        }

        @Override
        public Budget budget(Budget begun) {
            return begun;
        }
    };

    /**
     * Looks whether a steering can be taken up now; changes nothing.
     *
     * @param history all trials so far
     * @return the same, its values as the space has them, or the script that it makes
     * @throws BadInput if it cannot: what is wrong, and what to do
     * @throws InterruptedException if the study is stopped meanwhile
     */
    Steering checked(Steering steering, History history) throws InterruptedException;

    /**
     * Takes it up, now or as it was in an earlier session; each once, in order.
     *
     * @param history the trials before it
     */
    void take(Taken taken, History history);

    /** The budget that is in force, of a session that began with this one. */
    Budget budget(Budget begun);
}
