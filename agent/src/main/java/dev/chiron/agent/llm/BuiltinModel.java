package dev.chiron.agent.llm;

import java.util.function.UnaryOperator;

/** Rules of thumb in this program that read the same prompt; not a language model, and free. */
final class BuiltinModel implements Model {
    private final UnaryOperator<String> rules;

    BuiltinModel(UnaryOperator<String> rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return "builtin";
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the rules were asked");
        }
        String reply = rules.apply(question.prompt());
        return reply.isBlank()
                ? new Answer.Unreachable("the built-in rules have nothing to say about this prompt", Usage.NONE)
                : new Answer.Replied(reply, new Usage(1, 0, 0));
    }
}
