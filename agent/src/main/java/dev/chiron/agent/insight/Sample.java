package dev.chiron.agent.insight;

import dev.chiron.agent.view.Searched;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.util.List;

/**
 * The trials that a forest is grown from: all of them, or of a long study so many that it takes seconds and not minutes, evenly spread.
 *
 * @param used how many trials are in it
 * @param of how many trials there are
 */
public record Sample(Searched searched, int used, int of) {

    private static final int MOST = 1_000;

    /** Of all trials that lie in the space. */
    public static Sample of(Searched all) {
        List<Trial> trials = all.history().inside();
        if (trials.size() <= MOST) {
            return new Sample(all, trials.size(), trials.size());
        }
        History some = all.history().anew();
        for (int k = 0; k < MOST; k++) {
            some.add(trials.get((int) ((long) k * trials.size() / MOST)));
        }
        return new Sample(new Searched(all.space(), some), MOST, trials.size());
    }
}
