package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.reply.Forecast;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.special.Erf;

/**
 * What a trial of the model is worth beside one of the optimizer. A trial's worth, 0 to 1, is half whether it became the
 * incumbent, half the share of the last {@value #WINDOW} trials that it beats; failures beat none. Of a model that
 * forecasts, a fifth is the skill of its forecasts instead.
 */
final class Credit {

    private static final int WINDOW = 20;

    /** How much evidence is left after a trial: half of it after 34. */
    private static final double FADING = 0.98;

    /** What is believed of either side before it is seen weighs like so many trials, and is what all trials were worth. */
    private static final double PRIOR = 3;

    private static final double SKILL = 0.2;

    private final Side model = new Side();
    private final Side optimizer = new Side();

    private static final class Side {
        private double count;
        private double sum;
        private double squares;

        void fade() {
            count *= FADING;
            sum *= FADING;
            squares *= FADING;
        }

        void add(double worth) {
            count++;
            sum += worth;
            squares += worth * worth;
        }

        double mean(double believed) {
            return (sum + PRIOR * believed) / (count + PRIOR);
        }

        /** Of the mean. */
        double variance(double believed, double spread) {
            double mean = mean(believed);
            double within = Math.max(0, squares - 2 * mean * sum + count * mean * mean);
            return (within + PRIOR * spread) / ((count + PRIOR) * (count + PRIOR));
        }
    }

    /** Takes a trial into account; the baseline and the warm start are no turns, and a broken machine says nothing. */
    void add(Entry entry, History before) {
        Trial trial = entry.trial();
        if (trial.origin().isGiven() || trial.origin() == Origin.REPEAT || isBroken(trial, before)) {
            return;
        }
        model.fade();
        optimizer.fade();
        double worth = worth(trial, before);
        if (trial.origin().isModel()) {
            model.add(withSkill(worth, entry, before));
            return;
        }
        optimizer.add(worth);
        if (entry.turn().filter(turn -> !turn.overBudget()).isPresent()) {
            model.add(0); // it was asked, and had nothing of its own to say
        }
    }

    private static boolean isBroken(Trial trial, History before) {
        return Observation.of(trial, before.objective()).isEmpty();
    }

    /** The probability that the model's next trial is worth more than the optimizer's, by a normal approximation. */
    double better() {
        double count = model.count + optimizer.count;
        double believed = count == 0 ? 0.5 : (model.sum + optimizer.sum) / count;
        double spread = 0.1; // the variance of a number spread evenly over 0 to 1 is 0.083
        double variance = model.variance(believed, spread) + optimizer.variance(believed, spread);
        double z = (model.mean(believed) - optimizer.mean(believed)) / Math.sqrt(variance);
        return 0.5 * (1 + Erf.erf(z / Math.sqrt(2)));
    }

    private static double worth(Trial trial, History before) {
        OptionalDouble value = trial.value();
        if (value.isEmpty()) {
            return 0;
        }
        Objective objective = before.objective();
        boolean isBest = before.incumbent()
                .flatMap(incumbent -> before.value(incumbent).stream().boxed().findFirst())
                .map(best -> objective.isBetter(value.getAsDouble(), best))
                .orElse(true);
        List<Trial> last = before.last(WINDOW);
        long beaten = last.stream()
                .filter(other -> other.value().isEmpty()
                        || objective.isBetter(value.getAsDouble(), other.value().getAsDouble()))
                .count();
        return 0.5 * (isBest ? 1 : 0) + (last.isEmpty() ? 0.5 : 0.5 * beaten / last.size());
    }

    private static double withSkill(double worth, Entry entry, History before) {
        Forecast forecast = entry.turn().map(ModelTurn::forecast).orElse(Forecast.NONE);
        OptionalDouble skill = Calibration.skill(forecast, entry.trial(), before);
        return skill.isPresent() ? (1 - SKILL) * worth + SKILL * skill.getAsDouble() : worth;
    }
}
