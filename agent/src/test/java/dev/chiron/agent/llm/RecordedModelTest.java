package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedModelTest extends ModelContract {
    @TempDir
    Path folder;

    private final List<Question> asked = new ArrayList<>();

    @Override
    Model answering() {
        return recorded(new Answer.Replied("0.003", new Usage(1, 10, 2)));
    }

    @Override
    Model failing() {
        return recorded(new Answer.Unreachable("nobody there", new Usage(4, 0, 0)));
    }

    private Model recorded(Answer... answers) {
        return new RecordedModel(new Scripted(new ArrayDeque<>(List.of(answers)), asked), folder.resolve("llm"));
    }

    private record Scripted(Deque<Answer> answers, List<Question> asked) implements Model {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Answer answer(Question question) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            asked.add(question);
            return answers.removeFirst();
        }
    }

    @Test
    void keepsPromptReplyAndEntryUnderTheirNames() throws Exception {
        answering().answer(QUESTION);

        String prompt = Recorder.hash(QUESTION.prompt());
        String reply = Recorder.hash("0.003");
        assertThat(files()).containsExactlyInAnyOrder("0001-0.json", prompt + ".prompt.md", reply + ".reply.md");
        assertThat(folder.resolve("llm/" + prompt + ".prompt.md")).hasContent(QUESTION.prompt());
        assertThat(folder.resolve("llm/" + reply + ".reply.md")).hasContent("0.003");
        assertThat(new ObjectMapper().readTree(folder.resolve("llm/0001-0.json").toFile()))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        "{\"v\":1,\"key\":\"0001-0\",\"model\":\"scripted\",\"prompt\":\"" + prompt
                                                + "\",\"outcome\":\"replied\",\"reply\":\"" + reply
                                                + "\",\"why\":\"\",\"truncated\":false,\"calls\":1,\"tokens_in\":10,\"tokens_out\":2}"));
    }

    @Test
    void givesTheSameAnswerAgainWithoutAskingAlsoAfterARestart() throws InterruptedException {
        Answer first = new Answer.Replied("0.003\r\n cut", new Usage(2, 10, 2), true);
        recorded(first).answer(QUESTION);

        Answer again = recorded(new Answer.Replied("0.9", Usage.NONE)).answer(QUESTION);

        assertThat(again).isEqualTo(first);
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksAnewForAnotherPromptOrAnotherKey() throws InterruptedException {
        Model model = recorded(
                new Answer.Replied("a", Usage.NONE),
                new Answer.Replied("b", Usage.NONE),
                new Answer.Replied("c", Usage.NONE));
        model.answer(QUESTION);

        assertThat(model.answer(new Question("another prompt", "", QUESTION.key())))
                .isEqualTo(new Answer.Replied("b", Usage.NONE));
        assertThat(model.answer(new Question("another prompt", "", "0001-1")))
                .isEqualTo(new Answer.Replied("c", Usage.NONE));
    }

    @Test
    void asksAnewAfterAnOutageOrARefusal() throws InterruptedException {
        Model model = recorded(
                new Answer.Unreachable("down", new Usage(4, 0, 0)),
                new Answer.Refused("no such model"),
                new Answer.Replied("0.003", Usage.NONE));

        assertThat(model.answer(QUESTION)).isInstanceOf(Answer.Unreachable.class);
        assertThat(model.answer(QUESTION)).isInstanceOf(Answer.Refused.class);
        assertThat(model.answer(QUESTION)).isInstanceOf(Answer.Replied.class);
        assertThat(asked).hasSize(3);
    }

    @Test
    void aDamagedRecordIsAskedAnew() throws Exception {
        for (String damage : List.of("", "{\"outcome\":", "[]", "{\"outcome\":\"replied\",\"reply\":\"../../etc\"}")) {
            answering().answer(QUESTION);
            Files.writeString(folder.resolve("llm/0001-0.json"), damage);
            assertThat(answering().answer(QUESTION)).isInstanceOf(Answer.Replied.class);
        }
        Files.writeString(folder.resolve("llm/" + Recorder.hash("0.003") + ".reply.md"), "0.00");
        answering().answer(QUESTION);

        assertThat(asked).hasSize(6);
    }

    @Test
    void thePromptIsKeptBeforeItIsSent() throws Exception {
        Model model = new RecordedModel(
                new Model() {
                    @Override
                    public String name() {
                        return "looks";
                    }

                    @Override
                    public Answer answer(Question question) {
                        return new Answer.Replied(String.join(",", filesNow()), Usage.NONE);
                    }
                },
                folder.resolve("llm"));

        assertThat(((Answer.Replied) model.answer(QUESTION)).text())
                .isEqualTo(Recorder.hash(QUESTION.prompt()) + ".prompt.md");
    }

    private List<String> filesNow() {
        try {
            return files();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("llm"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
