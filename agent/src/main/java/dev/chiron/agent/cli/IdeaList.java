package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.branch.IdeaBranches.Idea;
import java.util.List;

/** The branches of kept ideas: their names alone on standard output, what they are on standard error. */
record IdeaList(Console console, boolean json) {

    void print(List<Idea> ideas) {
        if (json) {
            ideas.forEach(idea -> console.out().println(object(idea)));
            return;
        }
        if (ideas.isEmpty()) {
            console.err().println("No edit was kept: there are no branches to make.");
        }
        for (Idea idea : ideas) {
            console.err()
                    .println("trial " + idea.trial() + ": " + idea.idea()
                            + idea.onto()
                                    .map(branch -> " (stands on " + branch + ")")
                                    .orElse("")
                            + (idea.isNew() ? "" : " (was there already)"));
            console.err().flush();
            console.out().println(idea.branch());
            console.out().flush();
        }
    }

    private static ObjectNode object(Idea idea) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("v", 1).put("event", "branch").put("branch", idea.branch()).put("trial", idea.trial());
        line.put("idea", idea.idea()).put("commit", idea.commit()).put("new", idea.isNew());
        idea.onto().ifPresent(branch -> line.put("onto", branch));
        return line;
    }
}
