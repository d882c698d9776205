package dev.chiron.agent.branch;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.branch.ThreeWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A branch for each idea that a study kept, to be looked at alone: {@code chiron/NAME-ideas/01-...}, the script as the study began with it
 * and that edit. An edit that meets an earlier one stands on that one's branch, one that meets several on all of them. Constants that the study found are not in them.
 */
public final class IdeaBranches {

    private static final int SLUG = 40;
    private static final String ALL = "All edits before it";

    private final Spec spec;
    private final Path study;
    private final Map<String, String> environment;

    /**
     * The ideas of a study.
     *
     * @param study the study's folder
     * @param environment names the home whose git settings hold
     */
    public IdeaBranches(Spec spec, Path study, Map<String, String> environment) {
        this.spec = spec;
        this.study = study.toAbsolutePath().normalize();
        this.environment = new LinkedHashMap<>(environment);
    }

    /**
     * An idea's branch.
     *
     * @param trial that brought the idea
     * @param commit the branch's end
     * @param onto the branch that it stands on, or that all edits before it are below it; empty for the script that the study began with
     * @param isNew whether it was made now
     */
    public record Idea(String branch, int trial, String idea, String commit, Optional<String> onto, boolean isNew) {}

    /**
     * Makes the branches that are not there yet.
     *
     * @throws BadInput if no repository holds the script, or that cannot be used
     */
    public List<Idea> write(History history) {
        try (BranchPoint point = BranchPoint.find(spec, study, environment)
                .orElseThrow(() -> new BadInput("no git repository holds " + spec.script() + ": there is nowhere to "
                        + "make branches. `chiron diff N --parent` shows an idea alone"))) {
            return write(point, history);
        } catch (IOException e) {
            throw new BadInput("the branches cannot be written: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new BadInput("the branches cannot be written: " + e.getMessage(), e);
        }
    }

    /** A branch's end with the script that it has there. */
    private record Stand(Optional<String> branch, String commit, String text) {}

    private List<Idea> write(BranchPoint point, History history) throws IOException {
        Recording recording = Recording.read(study).orElseThrow();
        KeptMessage message = new KeptMessage(spec.objective(), point.name());
        String folder = point.memory().branch().orElse(point.prefix() + point.name()) + "-ideas/";
        Map<String, Variant> variants = variants(point, history);
        List<Stand> stands = new ArrayList<>();
        stands.add(new Stand(
                Optional.empty(),
                point.root(recording.ends().get(0)),
                point.script().text()));
        List<Idea> ideas = new ArrayList<>();
        for (Keep keep : edits(history)) {
            Variant variant = keep.trial().change().variant().orElseThrow();
            Entry entry = recording.entries().get(keep.trial().number());
            Instant time = recording.ends().get(keep.trial().number());
            String parent = Optional.ofNullable(variants.get(variant.parent()))
                    .map(Variant::text)
                    .orElseGet(() -> point.script().text());
            Optional<Stand> alone = under(stands, parent, variant.text());
            Stand under = alone.isPresent() ? alone.get() : all(point, stands.get(0), parent, time);
            String text = merged(parent, variant.text(), under.text()).orElseThrow();
            String body = message.kept(keep, entry)
                    + under.branch()
                            .map(name -> "stands on: " + name + ", which changed lines next to it\n")
                            .orElse("");
            String commit = point.repository()
                    .commit(Optional.of(under.commit()), text.getBytes(StandardCharsets.UTF_8), body, time);
            String idea = KeptMessage.idea(variant);
            String name = folder + String.format(Locale.ROOT, "%02d-", ideas.size() + 1) + slug(idea);
            Made made = make(point, name, commit);
            stands.add(new Stand(Optional.of(made.branch()), commit, text));
            ideas.add(new Idea(made.branch(), keep.trial().number(), idea, commit, under.branch(), made.isNew()));
        }
        return ideas;
    }

    private Map<String, Variant> variants(BranchPoint point, History history) {
        Map<String, Variant> variants = new LinkedHashMap<>();
        Variant root = Variant.root(point.script().text());
        variants.put(root.id(), root);
        history.trials()
                .forEach(trial -> trial.change().variant().ifPresent(one -> variants.putIfAbsent(one.id(), one)));
        return variants;
    }

    /** The keeps that brought another script than the one before them. */
    private static List<Keep> edits(History history) {
        return Keep.of(history).stream()
                .filter(keep -> keep.trial().change().variant().isPresent())
                .filter(keep -> !keep.before()
                        .flatMap(before -> before.change().variant())
                        .map(Variant::id)
                        .equals(keep.trial().change().variant().map(Variant::id)))
                .toList();
    }

    /** Where an edit can be made without the others: on the first script, else on one idea's branch, the last one first. */
    private static Optional<Stand> under(List<Stand> stands, String parent, String edited) {
        List<Stand> order = new ArrayList<>(stands.subList(1, stands.size()));
        Collections.reverse(order);
        order.add(0, stands.get(0));
        return order.stream()
                .filter(stand -> merged(parent, edited, stand.text()).isPresent())
                .findFirst();
    }

    /** All that was kept before an edit, as one commit, for the edit that meets more than one of them. */
    private static Stand all(BranchPoint point, Stand first, String parent, Instant time) throws IOException {
        String message = ALL + "\n\nstudy: " + point.name() + "\n";
        byte[] script = parent.getBytes(StandardCharsets.UTF_8);
        String commit = point.repository().commit(Optional.of(first.commit()), script, message, time);
        return new Stand(Optional.of(ALL), commit, parent);
    }

    private static Optional<String> merged(String parent, String edited, String onto) {
        return ThreeWay.merge(parent, onto, edited) instanceof ThreeWay.Merged merged
                ? Optional.of(merged.text())
                : Optional.empty();
    }

    private record Made(String branch, boolean isNew) {}

    private static Made make(BranchPoint point, String wanted, String commit) throws IOException {
        String name = wanted;
        for (int number = 2; ; number++) {
            Optional<String> tip = point.repository().tip(name);
            if (tip.equals(Optional.of(commit))) {
                return new Made(name, false);
            }
            if (tip.isEmpty()
                    && point.repository().isFree(name)
                    && point.repository().move(name, tip, commit)) {
                return new Made(name, true);
            }
            if (number > StudyBranch.NAMES) {
                throw new IOException("no name is free, from " + wanted + " to " + name);
            }
            name = wanted + "-" + number;
        }
    }

    /** An idea as part of a branch's name. */
    static String slug(String idea) {
        String plain = Normalizer.normalize(idea, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String shortened =
                plain.length() <= SLUG ? plain : plain.substring(0, SLUG).replaceAll("-[^-]*$", "");
        return shortened.isEmpty() ? "edit" : shortened;
    }
}
