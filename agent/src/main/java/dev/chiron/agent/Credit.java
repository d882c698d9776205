package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.WarmStartPrompt;
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

    private static final double SKILL = 0.2;

    private final Evidence model = new Evidence();
    private final Evidence optimizer = new Evidence();

    /** Takes a trial into account; the baseline and the warm start are no turns, and a broken machine says nothing. */
    void add(Entry entry, History before) {
        Trial trial = entry.trial();
        if (trial.origin().isGiven() || trial.origin().isCheck() || isBroken(trial, before)) {
            return;
        }
        model.fade();
        optimizer.fade();
        if (trial.origin().isModel()) {
            model.add(worthOfTurn(entry, before));
            return;
        }
        optimizer.add(worth(trial, before));
        if (entry.turn().filter(turn -> !turn.overBudget()).isPresent() && !isWarmStart(entry)) {
            model.add(worthOfTurn(entry, before));
        }
    }

    /** What came of a model's turn: nothing where it was asked, and had nothing of its own to say. */
    static double worthOfTurn(Entry entry, History before) {
        Trial trial = entry.trial();
        return trial.origin().isModel() ? withSkill(worth(trial, before), entry, before) : 0;
    }

    /** Whether it is one of the first configs, or stands in for one: no turn of anybody. */
    static boolean isWarmStart(Entry entry) {
        return entry.trial().origin() == Origin.WARM_START
                || entry.turn()
                        .filter(turn -> turn.asked().template().equals(WarmStartPrompt.TEMPLATE))
                        .isPresent();
    }

    static boolean isBroken(Trial trial, History before) {
        return Observation.of(trial, before.objective()).isEmpty();
    }

    /** The probability that the model's next trial is worth more than the optimizer's, by a normal approximation. */
    double better() {
        double believed = believed();
        double variance = model.variance(believed) + optimizer.variance(believed);
        double z = (model.mean(believed) - optimizer.mean(believed)) / Math.sqrt(variance);
        return 0.5 * (1 + Erf.erf(z / Math.sqrt(2)));
    }

    /** What is believed of the trials of either, 0 to 1. */
    record Means(double model, double optimizer) {}

    Means means() {
        double believed = believed();
        return new Means(model.mean(believed), optimizer.mean(believed));
    }

    private double believed() {
        double count = model.count() + optimizer.count();
        return count == 0 ? 0.5 : (model.sum() + optimizer.sum()) / count;
    }

    private static double worth(Trial trial, History before) {
        if (trial.value().isEmpty()) {
            return 0;
        }
        boolean isBest = before.leads(trial);
        List<Trial> last = before.last(WINDOW);
        long beaten = last.stream().filter(other -> before.beats(trial, other)).count();
        return 0.5 * (isBest ? 1 : 0) + (last.isEmpty() ? 0.5 : 0.5 * beaten / last.size());
    }

    private static double withSkill(double worth, Entry entry, History before) {
        Forecast forecast = entry.turn().map(ModelTurn::forecast).orElse(Forecast.NONE);
        OptionalDouble skill = Calibration.skill(forecast, entry.trial(), before);
        return skill.isPresent() ? (1 - SKILL) * worth + SKILL * skill.getAsDouble() : worth;
    }
}
