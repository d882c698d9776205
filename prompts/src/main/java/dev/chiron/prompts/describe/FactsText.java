package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.facts.Known;
import java.util.Optional;

/** What papers say of a task, worked out for the incumbent, or for the baseline while there is none. */
final class FactsText {

    private final Task task;

    FactsText(Task task) {
        this.task = task;
    }

    /** A section of a prompt with an empty line before it; empty where there is nothing to tell. */
    String of(History history, PromptStyle style) {
        Optional<Config> incumbent = history.incumbent().map(Trial::config);
        String whose = incumbent.isPresent() ? "incumbent" : "baseline";
        Known known = task.known(incumbent.orElse(task.baseline()));
        return style == PromptStyle.SMALL
                ? task.facts().shortSection(known, whose)
                : task.facts().section(known, whose);
    }
}
