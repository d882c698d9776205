package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.llm.Spoken;
import dev.chiron.agent.llm.UsageJson;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.TrialFolder;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.TrialStory;
import dev.chiron.agent.view.TrialStoryJson;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.branch.UnifiedDiff;
import java.util.List;
import java.util.Optional;

/** One trial with everything that is known of it. */
record TrialPage(Snapshot snapshot, int number) {

    private static final List<String> FILES = List.of("head.log", "tail.log");
    private static final int LONGEST = 64_000; // characters of a file that are shown

    /** @throws Absent if there is no such trial */
    ObjectNode json() {
        StudyView view = snapshot.view();
        Entry entry = entry(view);
        ObjectNode object = new TrialStoryJson(new TrialStory(view, entry)).object();
        ArrayNode story = object.putArray("story");
        new TrialStory(view, entry).lines().forEach(line -> story.add(PlainText.lines(line)));
        TrialFolder folder = new TrialFolder(StudyFolder.trialFolder(snapshot.folder(), number));
        ObjectNode files = object.putObject("files");
        for (String name : FILES) {
            Optional.of(name)
                    .filter(file -> snapshot.holds(folder.folder().resolve(file)))
                    .flatMap(folder::text)
                    .map(text -> text.substring(Math.max(0, text.length() - LONGEST)))
                    .ifPresent(text -> files.put(name, PlainText.lines(text)));
        }
        ArrayNode curve = object.putArray("curve");
        for (CurvePoint point : Curves.of(snapshot, number)) {
            curve.addArray().add(point.step()).add(point.value());
        }
        object.put("diff", diff(view, entry));
        return object;
    }

    /** What was said on its turn. */
    ArrayNode talk() {
        ArrayNode questions = JsonNodeFactory.instance.arrayNode();
        String key =
                entry(snapshot.view()).turn().map(turn -> turn.asked().key()).orElse("");
        for (Spoken spoken : Spoken.of(snapshot.folder().resolve("llm"), key)) {
            ObjectNode question = questions.addObject();
            question.put("key", spoken.key()).put("model", spoken.model()).put("outcome", spoken.outcome());
            question.put("prompt", PlainText.lines(spoken.prompt())).put("reply", PlainText.lines(spoken.reply()));
            UsageJson.write(spoken.usage(), question.put("truncated", spoken.truncated()));
        }
        return questions;
    }

    private Entry entry(StudyView view) {
        if (number < 0 || number >= view.entries().size()) {
            throw new Absent("there is no trial " + number);
        }
        return view.entries().get(number);
    }

    /** Against what it was made of: the version before an edit, else the study's own script. */
    private String diff(StudyView view, Entry entry) {
        try {
            StudyScript script = snapshot.script();
            String after = script.text(entry.trial().change());
            String before = entry.trial()
                    .change()
                    .variant()
                    .map(Variant::parent)
                    .map(parent -> script.text(
                            view.variant(parent, script).text(), entry.trial().config()))
                    .orElseGet(script::text);
            return UnifiedDiff.of(view.spec().script(), before, after);
        } catch (BadInput e) {
            return ""; // of a study from before copies were kept, or a script that is no text
        }
    }
}
