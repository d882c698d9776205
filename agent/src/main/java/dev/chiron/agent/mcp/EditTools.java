package dev.chiron.agent.mcp;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.store.Steering;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Patch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits of the tuned script, run as trials. */
record EditTools(Desk desk) {

    private static final int LONGEST_IDEA = 400;

    List<Tool> tools() {
        return List.of(new Tool(
                "propose_edit",
                "Try an edit of the script",
                "Edits the script of the best trial so far and runs it as the study's next trial, in your name; only in a study "
                        + "of the method code or centaur-code. `read_script` with the best trial's number shows what is edited. Give "
                        + "`edits`, each a piece of the script word for word and what stands there instead, or the whole "
                        + "`script`. What cannot be applied, does not compile, touches what is guarded, or nearly repeats an "
                        + "edit that was tried is refused, with the reason, and nothing is run. An edit is kept only if it is "
                        + "better beyond the noise; `show_trial` says whether it was. The user's own file is not touched: `keep` "
                        + "writes a result there. One idea an edit.",
                Tool.Effect.CHANGES,
                List.of(
                        Given.study(),
                        Field.text("idea", "What the edit does and why, in a line: it is kept with the trial.")
                                .needed(),
                        Field.objects(
                                "edits",
                                List.of("search", "replace"),
                                "Pieces to replace, in order: `search` is whole lines of the script as they are, which occur "
                                        + "once, `replace` the lines in their place, empty to delete them."),
                        Field.text("script", "The whole script, edited, instead of `edits`."),
                        RunTools.wait("How long to wait for its end; " + RunTools.WAIT
                                + " if left out. 0 comes back at once.")),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    if (!seat.hasBegun()) {
                        throw new BadInput(
                                "nothing was run yet: call `run_trial` without a config first, which runs the baseline");
                    }
                    Steering edit =
                            new Steering.Rewrite(patch(arguments), idea(arguments), Origin.AGENT, caller.name());
                    return new RunTools(desk).run(arguments, seat, caller, List.of(edit));
                }));
    }

    private static String idea(Arguments arguments) {
        String idea = String.join(" ", arguments.needed("idea").strip().split("\\s+"));
        if (idea.isEmpty() || idea.length() > LONGEST_IDEA) {
            throw new BadInput("`idea` must be a line of 1 to " + LONGEST_IDEA + " characters");
        }
        return idea;
    }

    private static Patch patch(Arguments arguments) {
        List<Map<String, String>> edits = arguments.objects("edits");
        Optional<String> script = arguments.text("script");
        if (edits.isEmpty() == script.isEmpty()) {
            throw new BadInput("give either `edits` or `script`");
        }
        return script.map(EditTools::lines)
                .<Patch>map(Patch.WholeFile::new)
                .orElseGet(() -> new Patch.Blocks(edits.stream()
                        .map(edit -> new Patch.Block(line(edit, "search"), line(edit, "replace")))
                        .toList()));
    }

    /** Lines as the edit has them, which takes over the script's own ends. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n");
    }

    /** Whole lines, without the last end of line that many write. */
    private static String line(Map<String, String> edit, String name) {
        String text = lines(edit.getOrDefault(name, ""));
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
