package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.facts.Known;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is tuned: the part of a prompt that is the same at every turn of a study.
 *
 * @param description what the script does, in the user's words; may be empty
 * @param baseline the values of the script as it was found
 * @param facts what models are told of the papers' rules
 * @param curves what a trial that has ended has reported on its way, by its number; looked up where it is told, since all of it would not fit into memory
 */
public record Task(
        String description,
        Objective objective,
        SearchSpace space,
        Config baseline,
        Facts facts,
        IntFunction<List<CurvePoint>> curves) {

    /** Without curves. */
    public Task(String description, Objective objective, SearchSpace space, Config baseline, Facts facts) {
        this(description, objective, space, baseline, facts, trial -> List.of());
    }

    /** Without facts and curves. */
    public Task(String description, Objective objective, SearchSpace space, Config baseline) {
        this(description, objective, space, baseline, Facts.NONE);
    }

    /** The same of which models are told no facts. */
    public Task withoutFacts() {
        return new Task(description, objective, space, baseline, Facts.NONE, curves);
    }

    /** The same whose trials may have curves. */
    public Task with(IntFunction<List<CurvePoint>> known) {
        return new Task(description, objective, space, baseline, facts, known);
    }

    /** The baseline's value, or that at which a parameter rests that is not active in it. */
    Value baseline(Parameter parameter) {
        return baseline.find(parameter.name())
                .orElseGet(() -> space.values(baseline).get(space.parameters().indexOf(parameter)));
    }

    /** What the cards are found by and worked out from, at a config of this task. */
    public Known known(Config config) {
        return Known.of(description + " " + objective.metric(), space, config, facts.given());
    }
}
