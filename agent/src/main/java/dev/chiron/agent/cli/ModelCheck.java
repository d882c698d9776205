package dev.chiron.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import java.util.List;

/** One small question to a model, to know before a night begins whether it answers, and in JSON. */
final class ModelCheck {

    private static final List<String> REMOTE =
            List.of("ollama:", "openai:", "anthropic:", "gemini:", "openai-compatible:");

    private static final String PROMPT =
            "This is a test of the connection. Answer with exactly this JSON object and nothing else: {\"ready\": true}";

    private static final String SCHEMA = """
            {"type":"object","properties":{"ready":{"type":"boolean"}},"required":["ready"],"additionalProperties":false}""";

    private ModelCheck() {}

    /** Whether a model is reached over a network, and so worth a check. */
    static boolean isRemote(String spec) {
        return REMOTE.stream().anyMatch(spec::startsWith);
    }

    /** What the model answers. */
    static Answer ask(Model model) throws InterruptedException {
        return model.answer(new Question(PROMPT, SCHEMA, "check"));
    }

    /** Whether a reply is the JSON object that was asked for. */
    static boolean isJson(String reply) {
        try {
            return new ObjectMapper().readTree(reply.strip()).path("ready").isBoolean();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
