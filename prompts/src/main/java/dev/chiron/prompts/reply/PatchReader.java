package dev.chiron.prompts.reply;

import dev.chiron.optimizers.study.Patch;
import dev.chiron.prompts.describe.EditForm;
import java.util.List;

/**
 * Reads replies that hold an edit of a script: a line {@code IDEA: …}, then the edit in the form that was asked for. Reasoning in front, text
 * around the edit and Windows' ends of lines do not matter. Nothing is guessed: what could mean two things is sent back.
 */
public final class PatchReader {

    private final EditForm form;
    private final Elision elision;
    private final String script;

    /**
     * Replies in this form.
     *
     * @param script what is edited: a line that stands there is none that leaves something out
     */
    public PatchReader(EditForm form, String script) {
        this.form = form;
        this.script = script.replace("\r\n", "\n");
        this.elision = new Elision(this.script);
    }

    /** Reads a reply. */
    public EditReply read(String reply) {
        String answer = Reasoning.skipped(reply).replace("\r\n", "\n");
        if (answer.isBlank()) {
            return new EditReply.Rejected(
                    reply.isBlank() ? "the reply was empty" : "the reply ended before the reasoning did; think less");
        }
        try {
            return form == EditForm.BLOCKS ? blocks(answer) : code(answer);
        } catch (Unusable e) {
            return new EditReply.Rejected(e.reason());
        }
    }

    private EditReply blocks(String answer) {
        EditBlocks found = EditBlocks.in(answer);
        if (found.blocks().isEmpty()) {
            throw new Unusable(
                    "no edit was found in the reply: write each place to change as a line <<<<<<< SEARCH, lines copied from the"
                            + " script, a line =======, the new lines, and a line >>>>>>> REPLACE");
        }
        for (Patch.Block block : found.blocks()) {
            elision.check(block.replace());
        }
        return new EditReply.Proposed(Idea.in(found.around()), new Patch.Blocks(found.blocks()));
    }

    private EditReply code(String answer) {
        Fences found = Fences.in(answer);
        List<String> code = found.code();
        if (code.isEmpty()) {
            throw new Unusable("no code block was found in the reply: write " + wanted()
                    + " between a line ```python and a line ```");
        }
        for (String text : code) {
            check(text);
        }
        if (form == EditForm.DEFINITIONS) {
            return new EditReply.Proposed(Idea.in(found.around()), new Patch.Definitions(code));
        }
        if (code.size() > 1) {
            throw new Unusable("the reply has " + code.size()
                    + " code blocks; write the whole script into exactly one (if the script itself"
                    + " holds lines of ```, put ~~~~ around it instead)");
        }
        return new EditReply.Proposed(Idea.in(found.around()), new Patch.WholeFile(code.get(0) + "\n"));
    }

    private void check(String code) {
        if (code.isBlank()) {
            throw new Unusable("a code block is empty; write " + wanted() + " into it");
        }
        boolean marked = EditBlocks.opening(code).isPresent()
                && EditBlocks.opening(script).isEmpty();
        if (marked) {
            throw new Unusable(
                    "a code block holds the marker <<<<<<< SEARCH; this time write no search/replace blocks but "
                            + wanted());
        }
        elision.check(code);
    }

    private String wanted() {
        return form == EditForm.WHOLE_FILE
                ? "the whole script, every line of it,"
                : "the whole functions, methods or classes that change, every line of them,";
    }
}
