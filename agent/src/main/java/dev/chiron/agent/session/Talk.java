package dev.chiron.agent.session;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.TalkPrompt;
import dev.chiron.prompts.reply.TalkReply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Plain language: a model answers by commands, whose output it reads. What it asks for is run as if it were typed, and what changes
 * the study is confirmed by the person.
 */
final class Talk {

    private static final int ROUNDS = 6;
    private static final int AT_ONCE = 4;
    private static final int LONGEST_OUTPUT = 4_000; // characters of a command's output that the model reads
    private static final int REMEMBERED = 60; // lines of the dialogue

    private final Supplier<List<String>> study;
    private final Function<String, List<String>> commands;
    private final String prefix;
    private final List<String> dialogue = new ArrayList<>();
    private int asked;

    /**
     * A dialogue about a study.
     *
     * @param study a few lines on it
     * @param commands runs one, and says what it wrote
     * @param prefix of the questions' keys, which no other dialogue of this study has had
     */
    Talk(Supplier<List<String>> study, Function<String, List<String>> commands, String prefix) {
        this.study = study;
        this.commands = commands;
        this.prefix = prefix;
    }

    /** What the model says to a person's words; a failure of the model in words, too. */
    List<String> answer(Model model, String words) throws InterruptedException {
        dialogue.add("Person: " + words);
        for (int round = 0; round < ROUNDS; round++) {
            TalkReply reply = ask(model);
            if (!(reply instanceof TalkReply.Said said)) {
                return List.of(((TalkReply.Unusable) reply).why());
            }
            said.commands().forEach(this::run);
            if (!said.answer().isEmpty()) {
                dialogue.add("You: " + said.answer());
            }
            if (said.commands().isEmpty()) {
                forget();
                return said.answer().lines().toList();
            }
        }
        return List.of("the model has asked for commands " + ROUNDS + " times and not answered; ask for less at once");
    }

    private void run(String command) {
        dialogue.add("Command: " + command);
        String output = String.join("\n", commands.apply(command));
        dialogue.add(output.length() <= LONGEST_OUTPUT ? output : output.substring(0, LONGEST_OUTPUT) + "\n[…]");
    }

    /** Asks, and once more if the reply cannot be read. */
    private TalkReply ask(Model model) throws InterruptedException {
        Prompt prompt = TalkPrompt.render(study.get(), usages(), dialogue, AT_ONCE);
        TalkReply reply = new TalkReply.Unusable("");
        for (int attempt = 0; attempt < 2; attempt++) {
            Answer answer = model.answer(new Question(prompt.text(), TalkReply.SCHEMA, prefix + asked + "-" + attempt));
            if (!(answer instanceof Answer.Replied replied)) {
                asked++;
                return new TalkReply.Unusable(model.name() + " does not answer: " + reason(answer));
            }
            reply = TalkReply.read(replied.text(), AT_ONCE);
            if (reply instanceof TalkReply.Unusable unusable) {
                prompt = TalkPrompt.again(prompt, replied.text(), unusable.why());
            } else {
                break;
            }
        }
        asked++;
        return reply instanceof TalkReply.Unusable unusable
                ? new TalkReply.Unusable(model.name() + " gave no usable reply: " + unusable.why())
                : reply;
    }

    private static String reason(Answer answer) {
        if (answer instanceof Answer.Unreachable unreachable) {
            return unreachable.why();
        }
        if (answer instanceof Answer.Refused refused) {
            return refused.why();
        }
        return answer instanceof Answer.OverBudget over ? over.why() : "";
    }

    private void forget() {
        while (dialogue.size() > REMEMBERED) {
            dialogue.remove(0);
        }
    }

    private static List<String> usages() {
        return Stream.of(Verb.values())
                .filter(Talk::isForModels)
                .map(verb -> "- " + (verb.changes() ? "* " : "") + "`" + verb.usage() + "`: " + verb.does())
                .toList();
    }

    /** The session itself is the person's. */
    static boolean isForModels(Verb verb) {
        return switch (verb) {
            case WAIT, STOP, SAVE, HELP, QUIT, FORK, APPLY, MODEL -> false;
            default -> true;
        };
    }
}
