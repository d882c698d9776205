package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayModelTest extends ModelContract {
    @TempDir
    Path folder;

    private final Question other = new Question(QUESTION.prompt(), "", "0009-1");

    @Override
    Model answering() {
        Recorder recorder = new Recorder(folder.resolve("llm"));
        recorder.keep(QUESTION, "m", new Answer.Replied("first", new Usage(1, 10, 2)));
        recorder.keep(other, "m", new Answer.Replied("other", new Usage(1, 10, 2), true));
        return replay(folder);
    }

    @Override
    Model failing() {
        return replay(folder);
    }

    private static Model replay(Path from) {
        return new Models(Map.of(), prompt -> "")
                .open("replay:" + from, LlmOptions.defaults())
                .orElseThrow();
    }

    @Test
    void answersByPromptAndThenByKey() throws InterruptedException {
        Model model = answering();

        assertThat(model.answer(QUESTION)).isEqualTo(new Answer.Replied("first", new Usage(1, 10, 2)));
        assertThat(model.answer(other)).isEqualTo(new Answer.Replied("other", new Usage(1, 10, 2), true));
        assertThat(model.answer(new Question(QUESTION.prompt(), "", "0042-0")))
                .isEqualTo(new Answer.Replied("first", new Usage(1, 10, 2)));
    }

    @Test
    void readsTheFolderOfTheRecordsToo() throws InterruptedException {
        answering();

        assertThat(replay(folder.resolve("llm")).answer(QUESTION)).isInstanceOf(Answer.Replied.class);
    }

    @Test
    void anOutageIsReplayedAsAnOutage() throws InterruptedException {
        Answer outage = new Answer.Unreachable("down", new Usage(4, 0, 0));
        new Recorder(folder).keep(QUESTION, "m", outage);
        new Recorder(folder).keep(other, "m", new Answer.Refused("no key"));

        assertThat(replay(folder).answer(QUESTION)).isEqualTo(outage);
        assertThat(replay(folder).answer(other)).isEqualTo(new Answer.Refused("no key"));
    }

    @Test
    void aChangedPromptSaysWhatIsMissing() throws InterruptedException {
        Answer answer = answering().answer(new Question(QUESTION.prompt() + " ", "", "0001-0"));

        assertThat(why(answer)).contains("no recorded answer", "0001-0", "changed");
    }

    @Test
    void whatChangedIsShown() throws InterruptedException {
        String prompt = "The task.\nBest so far: 0.9\nAnswer.";
        new Recorder(folder).keep(new Question(prompt, "", "0003-0"), "m", new Answer.Replied("1", Usage.NONE));
        new Recorder(folder).keep(new Question(prompt, "", "0003-0"));

        Answer answer = replay(folder).answer(new Question(prompt.replace("0.9", "0.8\u001b[2J"), "", "0003-0"));

        assertThat(why(answer)).contains("line 2", "\"Best so far: 0.9\"", "\"Best so far: 0.8 [2J\"");
    }

    @Test
    void theWordsAreWhoseTheyWere() {
        answering();

        assertThat(replay(folder).author(QUESTION)).isEqualTo("m");
        assertThat(replay(folder).name()).isEqualTo("replay:" + folder);
    }

    @Test
    void aMissingFolderIsRefusedWhenItIsOpened() {
        assertThatThrownBy(() -> replay(folder.resolve("nowhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }
}
