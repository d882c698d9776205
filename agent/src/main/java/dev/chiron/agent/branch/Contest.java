package dev.chiron.agent.branch;

import dev.chiron.agent.branch.Keep.Standing;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Noise;
import dev.chiron.optimizers.study.Trial;
import java.util.Optional;

/**
 * What became of a trial beside the incumbent of its time, as the journal has it.
 *
 * @param incumbent who was the incumbent when it was proposed; empty before there was one
 * @param then what that was worth then
 * @param outcome how it ended
 * @param decided the number of the trial that decided it; the trial's own where nothing was run again
 * @param against whom it was held against at the end; empty as {@code incumbent} is
 * @param theirs what that was worth at the end
 * @param mine what the trial's change was worth at the end
 * @param noise how much values varied, as far as it was known at the end
 */
public record Contest(
        Optional<Trial> incumbent,
        Standing then,
        Ending outcome,
        int decided,
        Optional<Trial> against,
        Standing theirs,
        Standing mine,
        Optional<Noise> noise) {

    /** How it went. */
    public enum Ending {
        /** It became the incumbent. */
        KEPT,
        /** It looked better, was run again, and was not. */
        LOST,
        /** It looked better, and is not decided. */
        OPEN,
        /** It did not look better. */
        BEHIND;

        /** The name used in events. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The contest of a trial that is the first with its change. */
    public static Contest of(Trial trial, History history) {
        int place = history.trials().indexOf(trial);
        History replayed = history.first(place);
        Optional<Trial> incumbent = replayed.incumbent();
        Standing then = incumbent.map(best -> Standing.of(best, replayed)).orElse(Standing.NONE);
        Optional<Keep> keep = Keep.of(history).stream()
                .filter(kept -> kept.trial().number() == trial.number())
                .findFirst();
        if (keep.isPresent()) {
            Keep kept = keep.get();
            return new Contest(
                    incumbent,
                    then,
                    Ending.KEPT,
                    kept.decided(),
                    kept.before(),
                    kept.beaten(),
                    kept.worth(),
                    kept.noise());
        }
        Contest contest = seen(trial, replayed, incumbent, then, Ending.BEHIND, trial);
        boolean challenging = false;
        for (Trial next : history.trials().subList(place, history.trials().size())) {
            replayed.add(next);
            Change.Key key = trial.change().key();
            boolean now = replayed.challenger()
                    .filter(one -> one.change().key().equals(key))
                    .isPresent();
            if (now || challenging) {
                contest = seen(trial, replayed, incumbent, then, now ? Ending.OPEN : Ending.LOST, next);
            } else if (next.number() == trial.number()) {
                contest = seen(trial, replayed, incumbent, then, Ending.BEHIND, next);
            }
            challenging = now;
        }
        return contest;
    }

    private static Contest seen(
            Trial trial, History now, Optional<Trial> incumbent, Standing then, Ending ending, Trial by) {
        Optional<Trial> against = now.incumbent();
        return new Contest(
                incumbent,
                then,
                ending,
                by.number(),
                against,
                against.map(best -> Standing.of(best, now)).orElse(Standing.NONE),
                Standing.of(trial, now),
                now.noise());
    }
}
