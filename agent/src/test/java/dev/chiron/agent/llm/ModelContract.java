package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What holds of every model, whoever answers. */
abstract class ModelContract {
    static final Question QUESTION = new Question("Which learning rate next?", "", "0001-0");

    /** A model that answers {@link #QUESTION}. */
    abstract Model answering();

    /** A model that cannot answer {@link #QUESTION}. */
    abstract Model failing();

    @Test
    void oneQuestionHasOneAnswer() throws InterruptedException {
        Answer answer = answering().answer(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Replied.class);
        assertThat(((Answer.Replied) answer).text()).isNotBlank();
    }

    @Test
    void answersTheSameQuestionTwice() throws InterruptedException {
        Model model = answering();

        assertThat(model.answer(QUESTION)).isEqualTo(model.answer(QUESTION));
    }

    @Test
    void aFailureIsAValueWithAShortReason() throws InterruptedException {
        Answer answer = failing().answer(QUESTION);

        assertThat(answer).isNotInstanceOf(Answer.Replied.class);
        assertThat(why(answer))
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(Answer.LONGEST_REASON)
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void anInterruptEndsTheCall() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> answering().answer(QUESTION)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void hasANameOfOneLine() {
        assertThat(answering().name()).isNotBlank().doesNotContain("\n");
    }

    static String why(Answer answer) {
        if (answer instanceof Answer.Unreachable unreachable) {
            return unreachable.why();
        }
        return answer instanceof Answer.Refused refused ? refused.why() : "";
    }
}
