package dev.chiron.agent.propose;

import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Pick;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.reply.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One config in one reply, asked for again with the reason where that is of no use. */
final class LlmTurn implements Turn {

    private final SearchSpace space;
    private final Function<History, Prompt> prompts;
    private final BiFunction<History, Suggestions.Suggestion, Suggestions.Suggestion> left;

    /**
     * @param left whose values stand in for those that a reply leaves out, from the history and what stands by would try
     */
    LlmTurn(
            SearchSpace space,
            Function<History, Prompt> prompts,
            BiFunction<History, Suggestions.Suggestion, Suggestions.Suggestion> left) {
        this.space = space;
        this.prompts = prompts;
        this.left = left;
    }

    @Override
    public ModelTurns.Ending take(
            Panel.Member member,
            String key,
            History history,
            Suggestions.Suggestion suggestion,
            Function<Config, Optional<String>> doubts)
            throws InterruptedException {
        Prompt prompt = prompts.apply(history);
        Suggestions.Suggestion standIn = left.apply(history, suggestion);
        Ahead question = new Ahead(
                history.proposed(),
                history.trials().size(),
                key,
                standIn.config(),
                standIn.origin(),
                member.name(),
                prompt.template(),
                prompt.text());
        ModelTurns.Ending ending = new ModelTurns(member.model(), space, 1).take(question, history, doubts);
        if (!(ending instanceof ModelTurns.Ending.Proposed proposed)) {
            return ending;
        }
        Candidate first = proposed.candidates().get(0);
        Pick pick = new Pick(proposed.candidates().size(), 1, first.forecast());
        return new ModelTurns.Ending.Proposed(List.of(first), proposed.turn().whenPicked(pick, first.repairs()));
    }
}
