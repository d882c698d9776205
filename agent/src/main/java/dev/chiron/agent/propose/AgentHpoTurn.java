package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.store.Pick;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.Again;
import dev.chiron.prompts.describe.AgentHpoPrompt;
import dev.chiron.prompts.describe.Remark;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.reply.Candidate;
import dev.chiron.prompts.reply.RemarkReader;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import dev.chiron.prompts.reply.ReplySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One round of AgentHPO: the trial before is analysed, unless that was done, and then the next is proposed by the log. An analysis that cannot
 * be used is not asked for again, and none is asked for that would take the last call of a budget: the entry then has what was measured
 * alone.
 */
final class AgentHpoTurn implements Turn {

    private static final String ANALYST = "analyst";
    private static final String PROPOSER = "proposer";

    /** The first question for a config and two more. */
    private static final int ATTEMPTS = 3;

    private final Task task;
    private final AgentHpoPrompt prompts;
    private final List<Remark> remarks;

    /** @param remarks what was written of the trials so far, in order */
    AgentHpoTurn(Task task, AgentHpoPrompt prompts, List<Remark> remarks) {
        this.task = task;
        this.prompts = prompts;
        this.remarks = new ArrayList<>(remarks);
    }

    @Override
    public ModelTurns.Ending take(
            Panel.Member member,
            String key,
            History history,
            Suggestions.Suggestion suggestion,
            Function<Config, Optional<String>> doubts)
            throws InterruptedException {
        Interview interview = new Interview(member, key, 1 + ATTEMPTS, Long.MAX_VALUE);
        Optional<Trial> unread = AgentHpoPrompt.unread(history, remarks);
        if (unread.isPresent()) {
            analyse(unread.get(), interview, history);
        }
        return proposed(interview, history, doubts);
    }

    private void analyse(Trial trial, Interview interview, History history) throws InterruptedException {
        Prompt prompt = prompts.analysis(trial, history, remarks);
        String schema = RemarkReader.schema(Remark.Kind.ANALYSIS);
        if (!interview.leavesAnother(prompt, schema)) {
            return;
        }
        Optional<Answer.Replied> replied = interview.ask(ANALYST, prompt, schema);
        if (replied.isEmpty()) {
            return;
        }
        Optional<Remark> analysis = RemarkReader.read(replied.get().text(), Remark.Kind.ANALYSIS)
                .map(text -> new Remark(trial.number(), Remark.Kind.ANALYSIS, text));
        if (analysis.isEmpty()) {
            interview.invalid(ANALYST, "the analysis of trial " + trial.number() + ": there is no text \"analysis\"");
        }
        analysis.ifPresent(remark -> {
            remarks.add(remark);
            interview.remark(remark);
        });
    }

    private ModelTurns.Ending proposed(Interview interview, History history, Function<Config, Optional<String>> doubts)
            throws InterruptedException {
        ReplyReader reader = ReplyReader.withScript(task.space());
        Prompt prompt = prompts.proposal(history, remarks);
        for (int attempt = 0; attempt < ATTEMPTS && interview.mayAsk(prompt, 0); attempt++) {
            Optional<Answer.Replied> replied = interview.ask(PROPOSER, prompt, ReplySchema.experiment(task.space()));
            if (replied.isEmpty()) {
                break;
            }
            String text = replied.get().text();
            Reply read = reader.read(text, task.baseline(), history);
            Reply reply = ModelTurns.without(
                    doubts, ModelTurns.whole(read, replied.get().truncated()));
            if (reply instanceof Reply.Candidates usable) {
                return chosen(interview, usable, text, history.next());
            }
            String reason = ((Reply.Rejected) reply).reason();
            interview.invalid(PROPOSER, reason);
            prompt = Again.ask(prompt, text, reason);
        }
        return interview.failed();
    }

    private static ModelTurns.Ending chosen(Interview interview, Reply.Candidates usable, String text, int trial) {
        RemarkReader.read(text, Remark.Kind.OBJECTIVE)
                .ifPresent(objective -> interview.remark(new Remark(trial, Remark.Kind.OBJECTIVE, objective)));
        Candidate first = usable.candidates().get(0);
        Pick pick = new Pick(usable.candidates().size(), 1, first.forecast());
        return new ModelTurns.Ending.Proposed(List.of(first), interview.turn().whenPicked(pick, first.repairs()));
    }
}
