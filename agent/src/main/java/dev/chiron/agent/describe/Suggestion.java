package dev.chiron.agent.describe;

import dev.chiron.agent.start.Advised;
import dev.chiron.agent.start.PrintedMetrics;
import dev.chiron.agent.start.TaskDraft;
import dev.chiron.agent.start.TaskHead;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.prompts.describe.CardText;
import dev.chiron.prompts.describe.Request;
import dev.chiron.prompts.reply.Described;
import dev.chiron.prompts.reply.TaskPart;
import dev.chiron.sandbox.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task as it is put to a person: what a model says where it says something of use, what rules say elsewhere, and who says what.
 *
 * @param script its file name
 * @param author the model's name; empty where none has said anything of use
 * @param described what the model made of the request; {@link Described#NOTHING} without one
 * @param metric the metric's name, if the person gave it with {@code --metric}
 * @param goal the same of {@code --goal}
 */
public record Suggestion(
        Request request,
        String script,
        Source source,
        String author,
        Described described,
        Optional<String> metric,
        Optional<String> goal) {

    private static final int GIST = 600;
    private static final String BY_MODEL = "by the model";

    /**
     * A thing that is said, and by whom.
     *
     * @param author in words, such as {@code by the model}
     */
    public record Said(String text, String author) {}

    /** What is searched: as the model and the rules have it, but for what the request says surely, and after the changes of a person. */
    public TaskDraft draft(Map<String, Advised> changes) {
        Map<String, Advised> advice = wishes().over(tunesNothing() ? new LinkedHashMap<>() : advice());
        advice.putAll(changes);
        return new TaskDraft(script, source, advice);
    }

    /** Whether the model leaves alone what the request would have tuned, in which it is not heard. */
    public boolean tunesNothing() {
        return !advice().isEmpty() && new TaskDraft(script, source, wishes().over(advice())).isEmpty();
    }

    /** What the request says of single constants that cannot be, in its words and with the reason. */
    public List<String> unheeded() {
        return wishes().problems();
    }

    /** What the request may say of single constants and rules do not understand; nothing where a model has read it. */
    public List<String> unclear() {
        return author.isEmpty() ? wishes().unclear() : List.of();
    }

    private Wishes wishes() {
        return Wishes.in(request.words(), source);
    }

    private Map<String, Advised> advice() {
        Map<String, Advised> advice = new LinkedHashMap<>();
        described.advice().forEach((name, said) -> advice.put(name, new Advised(said, author)));
        return advice;
    }

    /** What stands above the space in the file. */
    public TaskHead head(List<String> notes) {
        return new TaskHead(
                notes, paragraphs(), metricName().text(), direction().text(), time().text());
    }

    /** The name of what is measured. */
    public Said metricName() {
        PrintedMetrics printed = PrintedMetrics.of(source);
        return metric.map(name -> new Said(name, "by --metric"))
                .or(() -> described.objective().map(said -> new Said(said.metric(), BY_MODEL)))
                .or(() -> printed.in(request.words()).map(name -> new Said(name, "by rule: the words name it")))
                .or(() -> printed.names().stream().findFirst().map(name -> new Said(name, likeliest(printed.names()))))
                .orElseGet(() -> new Said(
                        "loss", "a guess: the script names no metric that is known; it must print `loss: VALUE`"));
    }

    private static String likeliest(List<String> names) {
        return "by rule: it stands in the script"
                + (names.size() == 1 ? "" : ", and so do others: " + String.join(", ", names.subList(1, names.size())));
    }

    /** Which way is better. */
    public Said direction() {
        Optional<Objective> said = metric.isPresent() ? Optional.empty() : described.objective();
        return goal.map(word -> new Said(word, "by --goal"))
                .or(() -> said.map(one -> new Said(one.goal().label(), BY_MODEL)))
                .orElseGet(() -> new Said(
                        TaskHead.usual(metricName().text(), "").direction(), "by rule, from the metric's name"));
    }

    /** How long a run may take. */
    public Said time() {
        return described
                .minutes()
                .map(minutes -> new Said(TimeAsked.text(TimeAsked.ofMinutes(minutes)), "from the request, " + BY_MODEL))
                .or(() -> TimeAsked.in(request.words())
                        .map(asked -> new Said(TimeAsked.text(asked), "from the request, by rule")))
                .orElseGet(() -> new Said(TaskHead.USUAL_TIME, "as always: nothing is said of it"));
    }

    /** The task: first what is trained, then the person's own words, data, model, hardware, metric. */
    public List<String> paragraphs() {
        List<String> paragraphs = new ArrayList<>();
        Optional<String> training = part(TaskPart.TRAINING);
        training.ifPresent(paragraphs::add);
        paragraphs.add(training.isPresent() ? "In the person's words: " + request.words() : request.words());
        about("Data", part(TaskPart.DATA), request.data()).ifPresent(paragraphs::add);
        about("Model", part(TaskPart.MODEL), request.model()).ifPresent(paragraphs::add);
        boolean told = part(TaskPart.DATA).isPresent() || part(TaskPart.MODEL).isPresent();
        request.readme()
                .filter(text -> !told)
                .ifPresent(text -> paragraphs.add("From " + text.name() + ": " + text.gist(GIST)));
        part(TaskPart.HARDWARE).ifPresent(text -> paragraphs.add("Hardware: " + text));
        part(TaskPart.METRIC).filter(text -> !isOverruled()).ifPresent(text -> paragraphs.add("Metric: " + text));
        return paragraphs;
    }

    /** What of the model's is not taken and why, a line each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(described.problems());
        part(TaskPart.METRIC)
                .filter(text -> isOverruled())
                .ifPresent(text -> problems.add(
                        "task.metric: the metric or the goal that it speaks of is not the one that holds"));
        return problems;
    }

    /** Whether another metric or goal holds than the one that the model speaks of. */
    private boolean isOverruled() {
        return described
                .objective()
                .filter(said -> said.metric().equals(metricName().text())
                        && said.goal().label().equals(direction().text()))
                .isEmpty();
    }

    private Optional<String> part(TaskPart part) {
        return Optional.ofNullable(described.parts().get(part));
    }

    /** What a model says, with what it had to go by; else the beginning of the card; else nothing. */
    private Optional<String> about(String what, Optional<String> said, Optional<CardText> card) {
        String from = card.or(request::readme)
                .map(text -> card.isPresent() ? "from " + text.name() : "from " + text.name() + " and the script")
                .orElse("guessed from the script");
        return said.map(text -> what + " (" + from + ", in a model's words): " + text)
                .or(() -> card.map(text -> what + " (the beginning of " + text.name() + "): " + text.gist(GIST)));
    }
}
