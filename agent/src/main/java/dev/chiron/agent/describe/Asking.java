package dev.chiron.agent.describe;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.Again;
import java.util.Optional;
import java.util.function.Function;

/** Asks a model something outside of any study, and once more, with the reason, if the reply was of no use. */
public record Asking(Model model) {

    private static final int ATTEMPTS = 2;
    private static final int LONGEST = 300; // characters of a reason

    /**
     * What a reply comes to.
     *
     * @param found what can be used of it; empty if nothing can
     * @param problem why, in words that the model can act on
     */
    public record Reading<T>(Optional<T> found, String problem) {}

    /**
     * How it ended.
     *
     * @param found what can be used
     * @param author whose words those are; of a recording who was recorded
     * @param why there is nothing, after the model's name
     * @param refused whether the server refused the key, the name or the address
     */
    public record Given<T>(Optional<T> found, String author, String why, boolean refused) {

        private static <T> Given<T> nothing(String why, boolean refused) {
            return new Given<>(Optional.empty(), "", why, refused);
        }
    }

    /**
     * Asks.
     *
     * @param key names the question, without the attempt
     */
    public <T> Given<T> ask(Prompt first, String schema, String key, Function<String, Reading<T>> reader)
            throws InterruptedException {
        Prompt prompt = first;
        String problem = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Question question = new Question(prompt.text(), schema, key + "-" + attempt);
            Answer answer = model.answer(question);
            if (answer instanceof Answer.Refused refused) {
                return Given.nothing(refused.why(), true);
            } else if (answer instanceof Answer.Unreachable unreachable) {
                return Given.nothing("does not answer: " + unreachable.why(), false);
            } else if (answer instanceof Answer.Replied replied) {
                Reading<T> reading = reader.apply(replied.text());
                if (reading.found().isPresent()) {
                    return new Given<>(reading.found(), model.author(question), "", false);
                }
                problem = reading.problem();
                prompt = Again.ask(prompt, replied.text(), problem);
            } else {
                throw new AssertionError(answer);
            }
        }
        return Given.nothing("gave no usable reply: " + said(problem), false);
    }

    /** A model can name many things that will not do. */
    private static String said(String problem) {
        String line = PlainText.line(problem);
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
    }
}
