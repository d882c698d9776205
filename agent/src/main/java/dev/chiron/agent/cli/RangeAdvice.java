package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.start.Language;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.RangesPrompt;
import dev.chiron.prompts.describe.Tunable;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.reply.Advice;
import dev.chiron.prompts.reply.RangesReader;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Ranges;
import dev.chiron.sandbox.source.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a language model which ranges of a script's constants are worth searching. What it says is data, checked here. */
final class RangeAdvice {

    private static final int ATTEMPTS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Console console;
    private final Model model;

    private RangeAdvice(Console console, Model model) {
        this.console = console;
        this.model = model;
    }

    /** How asking ended: with advice, which may be none, or with the model's refusal. */
    record Given(Map<String, Advice> advice, Optional<String> refusal) {}

    /**
     * For a model named as everywhere; empty for {@code none}.
     *
     * @throws BadInput if the model's name, address or key will not do, or it cannot read scripts
     */
    static Optional<RangeAdvice> from(Console console, String spec) {
        if (spec.equals("builtin")) {
            throw new BadInput(
                    "--llm builtin: its rules of thumb cannot read a script; the ranges without --llm are theirs. "
                            + "Name a language model, such as ollama:NAME");
        }
        try {
            return Language.models(console.surroundings())
                    .open(spec, LlmOptions.defaults().withTimeout(PATIENCE))
                    .map(model -> new RangeAdvice(console, model));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--llm: " + e.getMessage(), e);
        }
    }

    String model() {
        return model.name();
    }

    /** Asks, and once more if the reply was of no use; a model that is away leaves the ranges as they are. */
    Given ask(String script, Source source, Facts facts) throws InterruptedException {
        List<Tunable> constants =
                source.constants().stream().map(RangeAdvice::tunable).toList();
        RangesReader reader = new RangesReader(constants);
        Prompt prompt = RangesPrompt.render(script, source.text(), constants, facts);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Answer answer = model.answer(new Question(prompt.text(), reader.schema(), "ranges-" + attempt));
            if (answer instanceof Answer.Refused refused) {
                return new Given(new LinkedHashMap<>(), Optional.of(refused.why()));
            } else if (answer instanceof Answer.Unreachable unreachable) {
                return without("does not answer: " + unreachable.why());
            } else if (answer instanceof Answer.Replied replied) {
                RangesReader.Ranges ranges = reader.read(replied.text());
                if (!ranges.advice().isEmpty()) {
                    ranges.problems()
                            .forEach(problem -> console.err().println("Not taken from " + model() + ": " + problem));
                    return new Given(ranges.advice(), Optional.empty());
                }
                prompt = RangesPrompt.again(prompt, replied.text(), String.join("; ", ranges.problems()));
            } else {
                throw new AssertionError(answer);
            }
        }
        return without("gave no usable reply");
    }

    private Given without(String why) {
        console.err().println(model() + " " + why + ". The ranges are those that names and values suggest.");
        return new Given(new LinkedHashMap<>(), Optional.empty());
    }

    private static Tunable tunable(Constant constant) {
        return new Tunable(constant.name(), constant.value(), constant.line(), Ranges.infer(constant));
    }
}
