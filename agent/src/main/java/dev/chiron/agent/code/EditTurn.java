package dev.chiron.agent.code;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Patch;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.CodePrompt;
import dev.chiron.prompts.reply.EditReply;
import dev.chiron.prompts.reply.PatchReader;
import java.util.ArrayList;
import java.util.List;

/** A turn of a model that edits: asked, and asked again with the reason while what it says cannot be run. */
final class EditTurn {

    private final Model model;
    private final String name;
    private final PatchReader reader;

    /**
     * A turn.
     *
     * @param name as author of its turns
     * @param reader of the form in which edits are asked for
     */
    EditTurn(Model model, String name, PatchReader reader) {
        this.model = model;
        this.name = name;
        this.reader = reader;
    }

    /** Makes a draft of what a reply says. */
    interface Drafting {
        Draft draft(String idea, Patch patch) throws InterruptedException;
    }

    /** How a turn ended; its record says what happened on the way. */
    sealed interface Ending {

        ModelTurn turn();

        /** With an edit to run. */
        record Edited(Change.Edit change, ModelTurn turn) implements Ending {}

        /** The model answered, and nothing that it said could be run. */
        record Unusable(ModelTurn turn) implements Ending {}

        /** The model could not be reached. */
        record Away(ModelTurn turn) implements Ending {}

        /** Its server refuses the key or does not know the model. */
        record Refused(ModelTurn turn) implements Ending {}

        /** It was not asked, since what it may cost is spent. */
        record Spent(ModelTurn turn) implements Ending {}
    }

    /**
     * Takes the turn.
     *
     * @param key names the turn in the record
     * @param first the number of the first attempt
     * @param attempts how often the model is asked, 1 or more
     */
    Ending take(String key, int first, int attempts, Prompt prompt, Drafting drafting) throws InterruptedException {
        List<String> rejected = new ArrayList<>();
        Usage usage = Usage.NONE;
        Prompt asking = prompt;
        Asked asked = new Asked(key, name, prompt.template(), prompt.sha256());
        boolean misformed = true;
        for (int attempt = first; attempt < first + attempts; attempt++) {
            Question question = new Question(asking.text(), "", key + "-" + attempt);
            Answer answer = model.answer(question);
            String author = answer instanceof Answer.OverBudget ? name : model.author(question);
            asked = new Asked(key, author, prompt.template(), asking.sha256());
            usage = usage.plus(answer.usage());
            if (!(answer instanceof Answer.Replied replied)) {
                return unanswered(answer, rejected, usage, asked);
            }
            Draft draft = read(replied, drafting);
            if (draft instanceof Draft.Ready ready) {
                return new Ending.Edited(ready.change(), new ModelTurn("", rejected, List.of(), usage, asked));
            }
            Draft.Refused refused = (Draft.Refused) draft;
            misformed &= refused.misformed();
            rejected.add(refused.reason());
            asking = CodePrompt.again(prompt, replied.text(), refused.reason());
        }
        String why = attempts + (attempts == 1 ? " reply" : " replies") + " could not be used, the last because "
                + rejected.get(rejected.size() - 1);
        ModelTurn turn = new ModelTurn(why, rejected, List.of(), usage, asked);
        return new Ending.Unusable(misformed ? turn.whenMisformed() : turn);
    }

    private static Ending unanswered(Answer answer, List<String> rejected, Usage usage, Asked asked) {
        if (answer instanceof Answer.Unreachable unreachable) {
            return new Ending.Away(new ModelTurn(unreachable.why(), rejected, List.of(), usage, asked));
        } else if (answer instanceof Answer.Refused refused) {
            return new Ending.Refused(new ModelTurn(refused.why(), rejected, List.of(), usage, asked));
        } else if (answer instanceof Answer.OverBudget over) {
            return new Ending.Spent(new ModelTurn(over.why(), rejected, List.of(), usage, asked).whenOverBudget());
        }
        throw new AssertionError(answer);
    }

    private Draft read(Answer.Replied replied, Drafting drafting) throws InterruptedException {
        EditReply reply = reader.read(replied.text());
        if (reply instanceof EditReply.Proposed proposed) {
            return replied.truncated()
                    ? new Draft.Refused("the reply was cut off at its greatest length; answer with less", true)
                    : drafting.draft(proposed.idea(), proposed.patch());
        }
        return new Draft.Refused(((EditReply.Rejected) reply).reason(), true);
    }
}
