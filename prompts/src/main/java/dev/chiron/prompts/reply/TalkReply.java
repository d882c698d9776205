package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a model says to a person's words: commands that it wants run, or its answer. */
public sealed interface TalkReply {

    /** JSON schema of a reply. */
    String SCHEMA = """
            {"type":"object","properties":{"commands":{"type":"array","items":{"type":"string"}},"answer":{"type":"string"}},\
            "required":["commands","answer"],"additionalProperties":false}""";

    /**
     * Commands and an answer, one of which may be empty.
     *
     * @param commands a line each, as they were written
     */
    record Said(List<String> commands, String answer) implements TalkReply {

        /** Copies the list. */
        public Said {
            commands = List.copyOf(commands);
        }
    }

    /** Nothing that could be used; {@code why} tells the model. */
    record Unusable(String why) implements TalkReply {}

    /**
     * Reads a reply: the last JSON object with either field.
     *
     * @param most how many commands are taken
     */
    static TalkReply read(String reply, int most) {
        JsonObjects.Found found = JsonObjects.in(Reasoning.removed(reply));
        List<JsonNode> objects = found.objects().stream()
                .filter(object -> object.has("commands") || object.has("answer"))
                .toList();
        if (objects.isEmpty()) {
            return new Unusable(
                    found.cutOff()
                            ? "the JSON object is not closed; write less"
                            : "there is no JSON object with the fields \"commands\" and \"answer\"");
        }
        JsonNode object = objects.get(objects.size() - 1);
        List<String> commands = new ArrayList<>();
        JsonNode wanted = object.path("commands");
        if (wanted.isTextual()) {
            commands.add(wanted.asText());
        }
        wanted.elements().forEachRemaining(command -> commands.add(command.asText()));
        commands.removeIf(String::isBlank);
        String answer = object.path("answer").isNull()
                ? ""
                : object.path("answer").asText("").strip();
        if (commands.isEmpty() && answer.isEmpty()) {
            return new Unusable("both \"commands\" and \"answer\" are empty");
        }
        if (commands.size() > most) {
            return new Unusable("there are " + commands.size() + " commands; at most " + most + " at once");
        }
        return new Said(commands, answer);
    }
}
