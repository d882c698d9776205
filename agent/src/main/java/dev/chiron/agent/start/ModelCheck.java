package dev.chiron.agent.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.End;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.store.Unused;
import java.util.List;
import java.util.Optional;

/** One small question to a model, to know before a night begins whether it answers, and in JSON. */
public final class ModelCheck {

    private static final List<String> REMOTE =
            List.of("ollama:", "openai:", "anthropic:", "gemini:", "openai-compatible:");

    private static final String PROMPT =
            "This is a test of the connection. Answer with exactly this JSON object and nothing else: {\"ready\": true}";

    private static final String SCHEMA = """
            {"type":"object","properties":{"ready":{"type":"boolean"}},"required":["ready"],"additionalProperties":false}""";

    private final Surroundings surroundings;

    ModelCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Asks each model that is reached over a network: a wrong key is better known now than at its first turn, an hour into the
     * night. What is wrong with one of several is said, and the others take part; so does one that may not be asked any more.
     *
     * @param number of the first check, counted over the study
     * @return how the study ends, which cannot begin
     */
    Optional<End> all(List<Panel.Member> members, int number, boolean required) {
        int refused = 0;
        int away = 0;
        try {
            for (int member = 0; member < members.size(); member++) {
                Model model = members.get(member).model();
                Answer answer = isRemote(model.name())
                        ? ask(model, Unused.check(number + member))
                        : new Answer.Replied("{}", Usage.NONE);
                if (answer instanceof Answer.Refused refusal) {
                    refused++;
                    surroundings.note("chiron: " + model.name() + ": " + refusal.why());
                } else if (answer instanceof Answer.Unreachable unreachable) {
                    away++;
                    surroundings.note("chiron: " + model.name() + " does not answer: " + unreachable.why()
                            + (required ? "" : ". The optimizer takes the model's turns until it does."));
                }
            }
        } catch (InterruptedException e) {
            return Optional.of(End.INTERRUPTED);
        }
        boolean none = !members.isEmpty() && refused + away == members.size();
        if (none && away == 0) {
            return Optional.of(End.MODEL_REFUSED);
        }
        return none && required ? Optional.of(End.MODEL_UNREACHABLE) : Optional.empty();
    }

    /** Whether a model is reached over a network, and so worth a check. */
    public static boolean isRemote(String spec) {
        return REMOTE.stream().anyMatch(spec::startsWith);
    }

    /** What the model answers. */
    public static Answer ask(Model model) throws InterruptedException {
        return ask(model, Unused.check(0));
    }

    private static Answer ask(Model model, String key) throws InterruptedException {
        return model.answer(new Question(PROMPT, SCHEMA, key));
    }

    /** Whether a reply is the JSON object that was asked for. */
    public static boolean isJson(String reply) {
        try {
            return new ObjectMapper().readTree(reply.strip()).path("ready").isBoolean();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
