package dev.chiron.agent.start;

import dev.chiron.agent.spec.Spec;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.edit.Guards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What edits of a task's script must keep: as a model reads it, and as it is enforced. */
record EditRules(Spec spec, Variant root) {

    /** How the metric is measured, in words for a model. */
    String measured() {
        String metric = spec.objective().metric();
        return spec.scoring().evaluate().isPresent()
                ? metric
                        + " is measured by an evaluator outside the script, on what the script saves in the folder that the "
                        + "environment variable CHIRON_ARTIFACTS names: keep saving it there in the same form. What the script "
                        + "prints about itself counts for nothing."
                : metric
                        + " is measured by a harness that starts the script, and that the script cannot change: keep what it "
                        + "expects of the script. What the script prints about itself counts for nothing.";
    }

    /** The rules, a sentence or two each, in words for a model. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add("One idea an edit, and no more lines than it takes: at most "
                + spec.edits().lines() + " lines removed and added together.");
        if (root.text().contains("chiron: protected")) {
            words.add("The lines between `chiron: protected` and `chiron: end`, these two included, stay as they are.");
        }
        words.add(
                "No import of anything that is neither imported already, nor in the language's own library, nor a file of "
                        + "the project.");
        if (!spec.readonly().isEmpty()) {
            words.add("These cannot be changed, by the edit or by the script when it runs: "
                    + String.join(", ", spec.readonly()) + ".");
        }
        words.add("A run may take " + spec.limits().time().toSeconds() + " s at most.");
        if (!spec.space().constraints().isEmpty()) {
            words.add("The constants keep: "
                    + String.join(
                            "; ",
                            spec.space().constraints().stream()
                                    .map(Constraint::text)
                                    .toList()) + ".");
        }
        return words;
    }

    Guards guards() {
        return new Guards(spec.script(), root.text(), spec.edits().lines(), modules());
    }

    /** What the script may import of its own project: the files and folders beside it. */
    private Set<String> modules() {
        Path beside = spec.folder().resolve(spec.script()).resolveSibling(".");
        try (Stream<Path> files = Files.list(beside)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .map(name -> name.endsWith(".py") ? name.substring(0, name.length() - ".py".length()) : name)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(beside + " cannot be read: " + e.getMessage(), e);
        }
    }
}
