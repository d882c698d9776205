package dev.chiron.agent.propose;

import dev.chiron.agent.Pruning;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Advice;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.Again;
import dev.chiron.prompts.describe.StopPrompt;
import dev.chiron.prompts.describe.Unfinished;
import dev.chiron.prompts.reply.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Asks a model whether a run is worth going on with: once, and once more with the reason when its reply cannot be used. Without an answer of use the run
 * goes on, and it is written down that there was none.
 */
public final class StopAdviser implements Pruning.Adviser {

    private static final int ATTEMPTS = 2;

    private final Supplier<List<Panel.Member>> members;
    private final StopPrompt prompts;

    /** @param members the models of the study as it is now, of which the first is asked; for any thread */
    public StopAdviser(Supplier<List<Panel.Member>> members, StopPrompt prompts) {
        this.members = members;
        this.prompts = prompts;
    }

    @Override
    public Advice advice(Unfinished run, int look) throws InterruptedException {
        String key = Advice.key(run.number(), look);
        double step = run.curve().get(run.curve().size() - 1).step();
        Optional<Panel.Member> member = members.get().stream().findFirst();
        if (member.isEmpty()) {
            return failed(key, "none", step, "the study has no model any more", false, Usage.NONE);
        }
        Prompt prompt = prompts.of(run);
        Usage usage = Usage.NONE;
        String author = member.get().name();
        String rejected = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Question question = new Question(prompt.text(), Verdict.schema(), key + "-" + attempt);
            Answer answer = member.get().model().answer(question);
            usage = usage.plus(answer.usage());
            if (answer instanceof Answer.OverBudget over) {
                return failed(key, author, step, over.why(), true, usage);
            }
            author = member.get().model().author(question);
            if (answer instanceof Answer.Unreachable unreachable) {
                return failed(key, author, step, unreachable.why(), false, usage);
            } else if (answer instanceof Answer.Refused refused) {
                return failed(key, author, step, refused.why(), false, usage);
            } else if (answer instanceof Answer.Replied replied) {
                Verdict verdict = Verdict.read(replied.text());
                if (verdict instanceof Verdict.Given given) {
                    return new Advice(
                            key, author, step, given.stop(), given.expected(), given.reason(), "", false, usage);
                }
                rejected = ((Verdict.Rejected) verdict).reason();
                prompt = Again.ask(prompt, replied.text(), rejected);
            } else {
                throw new AssertionError(answer);
            }
        }
        return failed(key, author, step, "no reply could be used: " + rejected, false, usage);
    }

    private static Advice failed(String key, String author, double step, String why, boolean overBudget, Usage usage) {
        return new Advice(key, author, step, false, OptionalDouble.empty(), "", why, overBudget, usage);
    }
}
