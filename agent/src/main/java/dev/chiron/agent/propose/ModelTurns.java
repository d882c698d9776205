package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.CentaurPrompt;
import dev.chiron.prompts.reply.Candidate;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import dev.chiron.prompts.reply.ReplySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One turn of a model: asked, asked again with the reason when its reply cannot be used, and then given up. */
final class ModelTurns {

    /** The first question and two more. */
    private static final int ATTEMPTS = 3;

    private final Model model;
    private final CentaurPrompt prompts;
    private final ReplyReader reader;
    private final String schema;

    ModelTurns(Model model, CentaurPrompt prompts, SearchSpace space) {
        this.model = model;
        this.prompts = prompts;
        this.reader = new ReplyReader(space);
        this.schema = ReplySchema.candidates(space);
    }

    /** How a turn ended. */
    sealed interface Ending {

        /** The model proposed something to choose from, its best first. */
        record Proposed(List<Candidate> candidates, ModelTurn turn) implements Ending {}

        /** It did not; {@code turn} says why. */
        record Failed(ModelTurn turn, boolean reached) implements Ending {}

        /** Its server refuses the key or does not know the model: asking again is no use. */
        record Refused(ModelTurn turn) implements Ending {}
    }

    /**
     * Takes a turn. Changes nothing but the model's recording, so that it may be taken while a trial runs.
     *
     * @param history what the question was made from
     * @param likely refuses what will almost surely fail
     */
    Ending take(Ahead question, History history, Predicate<Config> likely) throws InterruptedException {
        List<String> rejected = new ArrayList<>();
        Usage usage = Usage.NONE;
        Prompt next = new Prompt("centaur", question.prompt());
        Prompt prompt = next;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            prompt = next;
            String key = question.key() + "-" + attempt;
            Answer answer = model.answer(new Question(prompt.text(), schema, key));
            if (answer instanceof Answer.Unreachable unreachable) {
                usage = usage.plus(unreachable.usage());
                return new Ending.Failed(turn(unreachable.why(), rejected, List.of(), usage, prompt), false);
            } else if (answer instanceof Answer.Refused refused) {
                return new Ending.Refused(turn(refused.why(), rejected, List.of(), usage, prompt));
            } else if (answer instanceof Answer.OverBudget over) {
                ModelTurn turn = turn(over.why(), rejected, List.of(), usage, prompt);
                return new Ending.Failed(turn.whenOverBudget(), true);
            } else if (answer instanceof Answer.Replied replied) {
                usage = usage.plus(replied.usage());
                Reply read = reader.read(replied.text(), question.suggestion(), history);
                Reply reply = without(likely, whole(read, replied.truncated()));
                if (reply instanceof Reply.Candidates usable) {
                    return new Ending.Proposed(usable.candidates(), turn("", rejected, List.of(), usage, prompt));
                }
                String reason = ((Reply.Rejected) reply).reason();
                rejected.add(reason);
                next = prompts.again(prompt, replied.text(), reason);
            } else {
                throw new AssertionError(answer);
            }
        }
        return new Ending.Failed(
                turn(ATTEMPTS + " replies could not be used", rejected, List.of(), usage, prompt), true);
    }

    /** The candidates that may succeed; if none may, the model hears why. */
    private static Reply without(Predicate<Config> likely, Reply reply) {
        if (!(reply instanceof Reply.Candidates all)) {
            return reply;
        }
        List<Candidate> kept = all.candidates().stream()
                .filter(candidate -> likely.test(candidate.config()))
                .toList();
        return kept.isEmpty()
                ? new Reply.Rejected("by what has failed so far this would almost surely fail, too; stay where trials"
                        + " were measured")
                : new Reply.Candidates(kept, all.dropped());
    }

    /** Whether a config reads like one that ran before. */
    boolean isRepeat(Config config, History history) {
        return reader.isRepeat(config, history);
    }

    /** Of a reply that was cut off only an object that needed no mending was surely meant, and not a draft. */
    private static Reply whole(Reply reply, boolean truncated) {
        boolean sound = reply instanceof Reply.Candidates usable
                && usable.candidates().stream()
                        .allMatch(candidate -> candidate.repairs().isEmpty());
        return truncated && !sound
                ? new Reply.Rejected(
                        "the reply was cut off at its greatest length; answer shortly, with the JSON object alone")
                : reply;
    }

    private static ModelTurn turn(
            String fallback, List<String> rejected, List<String> repairs, Usage usage, Prompt prompt) {
        return new ModelTurn(fallback, rejected, repairs, usage, prompt.sha256());
    }
}
