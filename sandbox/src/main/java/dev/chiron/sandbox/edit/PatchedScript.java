package dev.chiron.sandbox.edit;

import dev.chiron.optimizers.study.Patch;

/** What applying a patch to a script comes to: all of it, or nothing. */
public sealed interface PatchedScript {

    /** The script's whole text with the patch in it; other than it was. */
    record Applied(String text) implements PatchedScript {}

    /** The patch does not fit, for a reason that its author can act on; one line. */
    record Rejected(String reason) implements PatchedScript {}

    /**
     * Applies a patch. New lines end as the script's do (most of them, where they are mixed), and the last one only if the script's last one
     * does; every other byte stays.
     *
     * @param fileName tells the language by its ending, which {@link Patch.Definitions} needs
     * @param script the whole text
     */
    static PatchedScript of(String fileName, String script, Patch patch) {
        try {
            ScriptText text = ScriptText.of(script);
            String edited;
            if (patch instanceof Patch.Blocks blocks) {
                edited = SearchReplace.applied(text, blocks).text();
            } else if (patch instanceof Patch.Definitions definitions) {
                edited = Redefinition.applied(fileName, text, definitions);
            } else {
                edited = text.rewritten(((Patch.WholeFile) patch).text()).text();
            }
            if (edited.isBlank()) {
                return new Rejected("the edit leaves nothing of the script");
            }
            return edited.equals(script) ? new Rejected("the edit changes nothing") : new Applied(edited);
        } catch (Refused e) {
            return new Rejected(e.reason());
        }
    }
}
