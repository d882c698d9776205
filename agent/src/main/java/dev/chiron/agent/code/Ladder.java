package dev.chiron.agent.code;

import dev.chiron.agent.store.ModelTurn;
import dev.chiron.prompts.describe.CodePrompt;
import dev.chiron.prompts.describe.EditForm;
import java.util.HashMap;
import java.util.Map;

/** In which form each model is asked for edits: the smallest at first, the next one once it cannot write the one before. */
final class Ladder {

    private final Map<String, EditForm> forms = new HashMap<>();

    EditForm form(String model) {
        return forms.getOrDefault(model, EditForm.BLOCKS);
    }

    /** Takes a turn of a model into account, once or again. */
    void learn(ModelTurn turn) {
        for (EditForm form : EditForm.values()) {
            if (CodePrompt.template(form).equals(turn.asked().template())) {
                forms.put(turn.asked().author(), turn.misformed() ? form.next().orElse(form) : form);
            }
        }
    }
}
