package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.insight.Insight;
import dev.chiron.agent.insight.InsightJson;
import dev.chiron.agent.insight.InsightText;
import dev.chiron.agent.start.Belief;
import dev.chiron.agent.view.Searched;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.feasibility.FailureRule;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.FailureText;
import dev.chiron.prompts.describe.StateText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code chiron explain}: what a study has learned. */
@Command(
        name = "explain",
        description =
                "What a study has learned, in words and numbers: what each parameter's values bring, where trials fail, and what the optimizer believes.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StudyOption study = new StudyOption();

    @Mixin
    private InsightOption asked = new InsightOption();

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        Searched now = asked.by(view.now());
        Insight insight = asked.of(now);
        Objective objective = now.history().objective();
        Optional<String> state = state(view);
        if (study.json()) {
            ObjectNode object = new InsightJson(insight).all(objective);
            state.ifPresent(text -> object.put("optimizer", text));
            console.out().println(object);
            return 0;
        }
        History history = now.history();
        console.out()
                .println("What " + insight.importance().trials() + " measured configs say of " + objective.metric()
                        + " (" + objective.goal().label() + ")"
                        + standing(view.history().objective().equals(objective) ? view.history() : history));
        console.out().println();
        boolean isMaximized = objective.goal() == Objective.Goal.MAXIMIZE;
        new InsightText(insight).values(isMaximized).forEach(console.out()::println);
        String failures = FailureText.of(FailureRule.learn(view.now().space(), history.inside()));
        if (!failures.isEmpty()) {
            console.out().println();
            console.out().println(failures.strip());
        }
        state.ifPresent(text -> {
            console.out().println();
            console.out().println("What the optimizer (" + view.card().optimizer() + ") has learned:");
            text.strip().lines().forEach(line -> console.out().println(("  " + line).stripTrailing()));
        });
        return 0;
    }

    private static String standing(History history) {
        Trial baseline = history.trials().get(0);
        return history.incumbent()
                .map(trial -> ": best " + Texts.value(trial, history) + " in trial " + trial.number()
                        + (history.value(baseline).isPresent() ? ", baseline " + Texts.value(baseline, history) : ""))
                .orElse("");
    }

    /** The optimizer's state in the words that models read; empty where none is kept. */
    private static Optional<String> state(StudyView view) {
        return Belief.last(view.folder())
                .filter(belief -> !(belief.state() instanceof OptimizerState.Uniform))
                .map(belief -> new StateText(belief.spec().described()).of(belief.state()));
    }
}
