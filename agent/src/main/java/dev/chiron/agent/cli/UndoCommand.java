package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.branch.PersonsScript;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.StudyView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code chiron undo}: the script as it was before the last {@code apply}. */
@Command(
        name = "undo",
        description = "Takes the last `chiron apply` of this study back: the script gets the bytes that it had, and a "
                + "commit that apply made is reverted by another one.",
        mixinStandardHelpOptions = true)
final class UndoCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StudyOption study = new StudyOption();

    UndoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        StudyFolder.requireIdle(view.folder());
        PersonsScript script = new PersonsScript(view.spec(), view.folder(), console.environment());
        PersonsScript.Undone undone = script.undo(console.clock().instant())
                .orElseThrow(() -> new BadInput(
                        "nothing of " + view.card().folder() + " was applied, or it was taken back already"));
        if (study.json()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("v", 1).put("event", "undo").put("trial", undone.trial());
            undone.written().commit().ifPresent(id -> line.put("commit", id));
            undone.written().note().ifPresent(note -> line.put("note", note));
            console.out().println(line);
            return 0;
        }
        console.err()
                .println(view.spec().script() + " is as it was before trial " + undone.trial() + " was written into it"
                        + undone.written()
                                .commit()
                                .map(id -> ", commit " + id.substring(0, 10))
                                .orElse(""));
        undone.written().note().ifPresent(note -> console.err().println("Note: " + note));
        return 0;
    }
}
