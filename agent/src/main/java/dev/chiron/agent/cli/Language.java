package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.llm.Thinking;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.spec.LlmSpec;
import java.util.Optional;

/** Opens the language model that a task names. */
final class Language {

    private static final int RETRIES = 3;

    private Language() {}

    static Models models(Console console) {
        return new Models(console.environment(), new Builtin()::reply);
    }

    /**
     * The model; empty for {@code none} and for {@code perturb}, which is none.
     *
     * @throws BadInput if its name, address or key will not do
     */
    static Optional<Model> open(Console console, LlmSpec llm, long seed) {
        if (llm.model().equals(Partner.Perturb.NAME)) {
            return Optional.empty();
        }
        LlmOptions defaults = LlmOptions.defaults();
        LlmOptions options = new LlmOptions(
                llm.url().orElse(""),
                llm.temperature(),
                llm.timeout(),
                llm.access().maxTokens(),
                Thinking.of(llm.think()),
                llm.access().context().orElse(defaults.contextMax()),
                defaults.keepAlive(),
                llm.access().keyEnv().orElse(""),
                llm.access().env(),
                RETRIES,
                seed);
        try {
            return models(console).open(llm.model(), options);
        } catch (IllegalArgumentException e) {
            throw new BadInput("llm.model " + llm.model() + ": " + e.getMessage(), e);
        }
    }
}
