package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.Tokens;
import dev.chiron.prompts.describe.Remark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The questions of a turn that takes several, of different kinds: numbered through, so that each is found again in the record, within
 * bounds, and counted by what they are for. It ends with the first that is not answered.
 */
final class Interview {

    private final Panel.Member member;
    private final String key;
    private final int most;
    private final long room;
    private final List<String> rejected = new ArrayList<>();
    private final Map<String, ModelTurn.Part> parts = new LinkedHashMap<>();
    private final List<Remark> remarks = new ArrayList<>();
    private Usage usage = Usage.NONE;
    private Asked asked;
    private int questions;
    private long tokens;
    private Optional<Answer> silence = Optional.empty();

    /**
     * @param key names the turn in the record
     * @param questions the most that are put
     * @param tokens the most that their prompts have together, by estimate; the first is put in any case
     */
    Interview(Panel.Member member, String key, int questions, long tokens) {
        this.member = member;
        this.key = key;
        this.most = questions;
        this.room = tokens;
        this.asked = new Asked(key, member.name(), "", "");
    }

    /**
     * Whether one more may be put.
     *
     * @param reserve tokens that have to be left for others
     */
    boolean mayAsk(Prompt prompt, long reserve) {
        return silence.isEmpty()
                && questions < most
                && (questions == 0 || tokens + Tokens.of(prompt.text()) + reserve <= room);
    }

    /** Whether a budget leaves another question after this one. */
    boolean leavesAnother(Prompt prompt, String schema) {
        return member.model().leavesAnother(question(prompt, schema));
    }

    private Question question(Prompt prompt, String schema) {
        return new Question(prompt.text(), schema, key + "-" + questions);
    }

    /** The reply; empty if there is none, and then there will be no other. */
    Optional<Answer.Replied> ask(String part, Prompt prompt, String schema) throws InterruptedException {
        Question question = question(prompt, schema);
        questions++;
        tokens += Tokens.of(prompt.text());
        Answer answer = member.model().answer(question);
        String author = answer instanceof Answer.OverBudget
                ? member.name()
                : member.model().author(question);
        asked = new Asked(key, author, prompt.template(), prompt.sha256());
        usage = usage.plus(answer.usage());
        count(part, 1, 0, answer.usage());
        if (answer instanceof Answer.Replied replied) {
            return Optional.of(replied);
        }
        silence = Optional.of(answer);
        return Optional.empty();
    }

    /** The last reply of that kind could not be used. */
    void invalid(String part, String reason) {
        count(part, 0, 1, Usage.NONE);
        if (!rejected.contains(reason)) {
            rejected.add(reason);
        }
    }

    /** What a reply has to say of a trial. */
    void remark(Remark remark) {
        remarks.add(remark);
    }

    private void count(String part, int put, int wrong, Usage cost) {
        ModelTurn.Part now = parts.getOrDefault(part, new ModelTurn.Part(part, 0, 0, 0, 0));
        parts.put(
                part,
                new ModelTurn.Part(
                        part,
                        now.questions() + put,
                        now.invalid() + wrong,
                        now.tokensIn() + cost.tokensIn(),
                        now.tokensOut() + cost.tokensOut()));
    }

    /** What happened, where something came of it. */
    ModelTurn turn() {
        return turn("");
    }

    private ModelTurn turn(String fallback) {
        return new ModelTurn(fallback, rejected, List.of(), usage, asked)
                .whenMadeOf(List.copyOf(parts.values()))
                .whenRemarked(remarks);
    }

    /** How the turn ended, where nothing came of it. */
    ModelTurns.Ending failed() {
        Answer last = silence.orElse(new Answer.Replied("none", Usage.NONE));
        if (last instanceof Answer.Refused refused) {
            return new ModelTurns.Ending.Refused(turn(refused.why()));
        } else if (last instanceof Answer.OverBudget over) {
            return new ModelTurns.Ending.Failed(turn(over.why()).whenOverBudget(), true);
        } else if (last instanceof Answer.Unreachable unreachable) {
            return new ModelTurns.Ending.Failed(turn(unreachable.why()), false);
        }
        int invalid = parts.values().stream().mapToInt(ModelTurn.Part::invalid).sum();
        return new ModelTurns.Ending.Failed(
                turn(invalid + (invalid == 1 ? " reply" : " replies") + " could not be used"), true);
    }
}
