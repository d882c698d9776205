package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.CentaurPrompt;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import dev.chiron.prompts.reply.ReplySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        this.schema = ReplySchema.of(space);
    }

    /** How a turn ended. */
    sealed interface Ending {

        /** The model proposed a config. */
        record Proposed(Config config, ModelTurn turn) implements Ending {}

        /** It did not; {@code turn} says why. */
        record Failed(ModelTurn turn, boolean reached) implements Ending {}

        /** Its server refuses the key or does not know the model: asking again is no use. */
        record Refused(ModelTurn turn) implements Ending {}
    }

    /**
     * Takes the turn of the next trial.
     *
     * @param suggestion what the optimizer would try, which the model sees, and which fills what its reply leaves out
     */
    Ending take(OptimizerState state, Config suggestion, History history) throws InterruptedException {
        List<String> rejected = new ArrayList<>();
        Usage usage = Usage.NONE;
        Prompt next = prompts.render(state, suggestion, history);
        Prompt prompt = next;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            prompt = next;
            String key = String.format(Locale.ROOT, "%04d-%d", history.trials().size(), attempt);
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
                Reply reply = whole(reader.read(replied.text(), suggestion, history), replied.truncated());
                if (reply instanceof Reply.Settings settings) {
                    ModelTurn turn = turn("", rejected, settings.repairs(), usage, prompt);
                    return new Ending.Proposed(settings.config(), turn);
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

    /** Of a reply that was cut off only an object that needed no mending was surely meant, and not a draft. */
    private static Reply whole(Reply reply, boolean truncated) {
        boolean sound =
                reply instanceof Reply.Settings settings && settings.repairs().isEmpty();
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
