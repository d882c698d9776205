package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltinModelTest extends ModelContract {

    @Override
    Model answering() {
        return new Models(Map.of(), prompt -> "rules on: " + prompt)
                .open("builtin", LlmOptions.defaults())
                .orElseThrow();
    }

    @Override
    Model failing() {
        return new BuiltinModel(prompt -> " ");
    }

    @Test
    void answersByTheRules() throws InterruptedException {
        assertThat(answering().answer(QUESTION))
                .isEqualTo(new Answer.Replied("rules on: " + QUESTION.prompt(), new Usage(1, 0, 0)));
    }
}
