package dev.chiron.agent.start;

import dev.chiron.agent.llm.cost.Spending;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Unused;
import java.util.List;

/** The models of a running study: those that it was opened with, until a person names others or other bounds. */
final class Roster implements Members {

    private final Surroundings surroundings;
    private final StudyFolder study;
    private final Spending spending;
    private Purse purse;
    private Spec spec;
    private List<Panel.Member> members;

    /** @param opened the models of the spec, as yet unpaid */
    Roster(Surroundings surroundings, Purse purse, Spec spec, List<Panel.Member> opened, StudyFolder study) {
        this.surroundings = surroundings;
        this.study = study;
        this.purse = purse;
        this.spec = spec;
        this.spending = purse.spending(study);
        this.members = purse.open(opened, study, spending);
    }

    Purse purse() {
        return purse;
    }

    /** Paid from what the study may spend. */
    @Override
    public synchronized List<Panel.Member> members(Spec now) {
        if (!asksTheSame(now)) {
            purse = purse.with(now);
            members = purse.open(new Lineup(surroundings, now).members(), study, spending);
            if (!members.isEmpty()) {
                purse.keep(study);
            }
            spec = now;
        }
        return members;
    }

    @Override
    public void check(Spec now) {
        if (!asksTheSame(now)) {
            purse.with(now);
            var unused = new Lineup(surroundings, now).members();
            if (EditorsCast.isFor(now)) {
                EditorsCast.check(now);
            }
        }
    }

    private boolean asksTheSame(Spec now) {
        return now.llm().models().equals(spec.llm().models())
                && now.llm().asking().prompts().equals(spec.llm().asking().prompts())
                && now.budget().llmUsd().equals(spec.budget().llmUsd());
    }

    /** The models that are asked now. */
    synchronized List<Panel.Member> members() {
        return members;
    }

    /** What was answered in this session. */
    List<Unused> answered() {
        return Purse.answered(spending);
    }
}
