package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.study.History;
import java.util.ArrayList;
import java.util.List;

/** What the model's trials and the optimizer's were worth while a study went on, by the rule of {@link AdaptiveTurns}. */
public final class CreditCurve {

    private CreditCurve() {}

    /**
     * After a trial.
     *
     * @param model the mean worth of the model's turns, 0 to 1, old ones counting less
     * @param optimizer the same of the optimizer's
     * @param better the probability that the model's next trial is worth more
     */
    public record Point(int trial, double model, double optimizer, double better) {}

    /**
     * One point after each trial that says something.
     *
     * @param history of the study, for its objective and repeats
     */
    public static List<Point> of(List<Entry> entries, History history) {
        History before = history.anew();
        Credit credit = new Credit();
        List<Point> points = new ArrayList<>();
        for (Entry entry : entries) {
            credit.add(entry, before);
            before.add(entry.trial());
            Credit.Means means = credit.means();
            points.add(new Point(entry.trial().number(), means.model(), means.optimizer(), credit.better()));
        }
        return points;
    }
}
