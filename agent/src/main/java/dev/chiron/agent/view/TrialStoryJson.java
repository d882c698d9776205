package dev.chiron.agent.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.branch.Contest;
import dev.chiron.agent.branch.Keep.Standing;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.optimizers.study.Trial;

/** A trial's story as one object: the trial as the journal has it, and beside it {@code contest}. */
public record TrialStoryJson(TrialStory story) {

    public ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("v", 1).put("event", "why");
        object.setAll(EntryJson.write(story.entry()));
        story.wish()
                .ifPresent(wish ->
                        object.putObject("wish").put("author", wish.author()).put("why", wish.why()));
        story.parent().map(Trial::number).ifPresent(parent -> object.put("made_of", parent));
        if (story.isOfSeveral()) {
            object.put("on_front", story.isOnFront());
            story.beatenBy().forEach(object.putArray("beaten_by")::add);
            return object;
        }
        Contest contest = story.contest();
        ObjectNode held = object.putObject("contest");
        held.put("outcome", contest.outcome().label());
        held.put("decided_by", contest.decided());
        contest.incumbent().map(Trial::number).ifPresent(best -> held.put("incumbent", best));
        contest.against().map(Trial::number).ifPresent(best -> held.put("against", best));
        held.set("mine", standing(contest.mine()));
        held.set("theirs", standing(contest.theirs()));
        contest.noise()
                .ifPresent(
                        noise -> held.putObject("noise").put("sd", noise.sd()).put("repeats", noise.repeats()));
        story.lead().ifPresent(lead -> held.put("lead", lead));
        story.t().ifPresent(t -> held.put("t", t));
        story.successor().map(Trial::number).ifPresent(next -> object.put("until", next));
        return object;
    }

    private static ObjectNode standing(Standing standing) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        standing.value().ifPresent(value -> object.put("value", value));
        object.put("runs", standing.runs());
        standing.holdout().ifPresent(value -> object.put("holdout", value));
        return object;
    }
}
