package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Answer;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.Again;
import dev.chiron.prompts.describe.SamplerPrompt;
import dev.chiron.prompts.reply.Candidate;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import dev.chiron.prompts.reply.ReplySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** LLAMBO's candidates: configs that a model expects to reach the target (section 5 of the paper). */
final class CandidateSampler {

    /** How the journal calls its questions. */
    static final String PART = "sampler";

    /** The first question and one more. */
    private static final int ATTEMPTS = 2;

    private static final int TEMPLATES = 2;
    private static final int ROUNDS = 4;
    private static final int ENOUGH = 5;

    private final SearchSpace space;
    private final SamplerPrompt prompts;
    private final History history;
    private final OptionalDouble target;
    private final Config suggestion;
    private final Function<Config, Optional<String>> doubts;

    /**
     * @param suggestion stands in for values that are left out
     * @param doubts why a config will almost surely fail; empty for one that may not
     */
    CandidateSampler(
            SearchSpace space,
            SamplerPrompt prompts,
            History history,
            OptionalDouble target,
            Config suggestion,
            Function<Config, Optional<String>> doubts) {
        this.space = space;
        this.prompts = prompts;
        this.history = history;
        this.target = target;
        this.suggestion = suggestion;
        this.doubts = doubts;
    }

    /**
     * All in one reply, in its order.
     *
     * @param reserve tokens that a second question has to leave for others
     */
    List<Candidate> listed(Interview interview, int wanted, long reserve) throws InterruptedException {
        Prompt prompt = prompts.render(history, target, wanted, 0);
        for (int attempt = 0; attempt < ATTEMPTS && interview.mayAsk(prompt, attempt * reserve); attempt++) {
            Optional<Answer.Replied> replied = interview.ask(PART, prompt, ReplySchema.configs(space));
            if (replied.isEmpty()) {
                return List.of();
            }
            Reply reply = read(replied.get());
            if (reply instanceof Reply.Candidates all) {
                return all.candidates()
                        .subList(0, Math.min(wanted, all.candidates().size()));
            }
            String reason = ((Reply.Rejected) reply).reason();
            interview.invalid(PART, reason);
            prompt = Again.ask(prompt, replied.get().text(), reason);
        }
        return List.of();
    }

    /**
     * One a reply, as in the paper: the same question several times, with the examples in another order and then another, for at most
     * four rounds. A round after the first has orders of its own, so that a model which always says the same is asked something else.
     */
    List<Candidate> sampled(Interview interview, int wanted) throws InterruptedException {
        List<Candidate> found = new ArrayList<>();
        int replies = Math.max(1, wanted / TEMPLATES);
        int enough = Math.min(ENOUGH, wanted);
        for (int round = 0; round < ROUNDS && found.size() < enough; round++) {
            for (int template = 0; template < TEMPLATES; template++) {
                Prompt prompt = prompts.render(history, target, 1, (long) round * TEMPLATES + template);
                for (int i = 0; i < replies && interview.mayAsk(prompt, 0); i++) {
                    Optional<Answer.Replied> replied = interview.ask(PART, prompt, ReplySchema.configs(space));
                    replied.ifPresent(answer -> gather(interview, answer, found));
                }
            }
        }
        return found.subList(0, Math.min(wanted, found.size()));
    }

    private void gather(Interview interview, Answer.Replied answer, List<Candidate> found) {
        Reply reply = read(answer);
        if (reply instanceof Reply.Rejected rejected) {
            interview.invalid(PART, rejected.reason());
        } else {
            Candidate first = ((Reply.Candidates) reply).candidates().get(0);
            if (found.stream().noneMatch(other -> other.config().equals(first.config()))) {
                found.add(first);
            }
        }
    }

    private Reply read(Answer.Replied answer) {
        Reply read = new ReplyReader(space).read(answer.text(), suggestion, history);
        return ModelTurns.without(doubts, ModelTurns.whole(read, answer.truncated()));
    }
}
