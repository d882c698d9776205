package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.Again;
import dev.chiron.prompts.describe.OptoPrimePrompt;
import dev.chiron.prompts.describe.PromptStyle;
import dev.chiron.prompts.describe.Remark;
import dev.chiron.prompts.describe.WarmStartPrompt;
import dev.chiron.prompts.reply.Candidate;
import dev.chiron.prompts.reply.RemarkReader;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import dev.chiron.prompts.reply.ReplySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One turn of a model: asked, asked again with the reason when its reply cannot be used or says too little, and then given up
 * or taken for what it said.
 */
final class ModelTurns {

    /** The first question and two more. */
    private static final int ATTEMPTS = 3;

    /** The templates that ask for several configs, with forecasts. */
    private static final Set<String> LISTING = Set.of(PromptStyle.FULL.template(), WarmStartPrompt.TEMPLATE);

    private final Model model;
    private final SearchSpace space;
    private final int wanted;

    /** @param wanted how many candidates a turn has to bring */
    ModelTurns(Model model, SearchSpace space, int wanted) {
        this.model = model;
        this.space = space;
        this.wanted = wanted;
    }

    /** How a turn ended. */
    sealed interface Ending {

        /** What happened. */
        ModelTurn turn();

        /** The model proposed something to choose from, its best first. */
        record Proposed(List<Candidate> candidates, ModelTurn turn) implements Ending {}

        /** It did not; {@code turn} says why. */
        record Failed(ModelTurn turn, boolean reached) implements Ending {}

        /** Its server refuses the key or does not know the model: asking again is no use. */
        record Refused(ModelTurn turn) implements Ending {}
    }

    /**
     * Takes a turn. Changes nothing but the model's recording, so that it may be taken while a trial runs.
     *
     * @param history what the question was made from
     * @param doubts why a config will almost surely fail; empty for one that may not
     */
    Ending take(Ahead ahead, History history, Function<Config, Optional<String>> doubts) throws InterruptedException {
        ReplyReader reader = reader(ahead);
        List<String> rejected = new ArrayList<>();
        List<Candidate> gathered = new ArrayList<>();
        Usage usage = Usage.NONE;
        Prompt prompt = new Prompt(ahead.template(), ahead.prompt());
        Asked asked = new Asked(ahead.key(), ahead.model(), ahead.template(), prompt.sha256());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Question question = new Question(prompt.text(), schema(ahead), ahead.key() + "-" + attempt);
            Answer answer = model.answer(question);
            String author = answer instanceof Answer.OverBudget ? ahead.model() : model.author(question);
            asked = new Asked(ahead.key(), author, ahead.template(), prompt.sha256());
            if (answer instanceof Answer.Unreachable unreachable) {
                usage = usage.plus(unreachable.usage());
                ModelTurn turn = new ModelTurn(unreachable.why(), rejected, List.of(), usage, asked);
                return ended(gathered, turn, false);
            } else if (answer instanceof Answer.Refused refused) {
                ModelTurn turn = new ModelTurn(refused.why(), rejected, List.of(), usage, asked);
                return gathered.isEmpty() ? new Ending.Refused(turn) : ended(gathered, turn, true);
            } else if (answer instanceof Answer.OverBudget over) {
                ModelTurn turn = new ModelTurn(over.why(), rejected, List.of(), usage, asked);
                return ended(gathered, turn.whenOverBudget(), true);
            } else if (answer instanceof Answer.Replied replied) {
                usage = usage.plus(replied.usage());
                Reply read = reader.read(replied.text(), ahead.suggestion(), history);
                Reply reply = without(doubts, whole(read, replied.truncated()));
                gather(reply, gathered);
                if (gathered.size() >= wanted) {
                    ModelTurn turn = new ModelTurn("", rejected, List.of(), usage, asked);
                    return new Ending.Proposed(gathered, turn.whenRemarked(written(ahead, replied.text(), history)));
                }
                String reason = reason(reply, gathered);
                rejected.add(reason);
                prompt = Again.ask(prompt, replied.text(), reason);
            } else {
                throw new AssertionError(answer);
            }
        }
        String why = ATTEMPTS + " replies could not be used";
        return ended(gathered, new ModelTurn(why, rejected, List.of(), usage, asked), true);
    }

    /** Where the values come from that a reply leaves out. */
    private ReplyReader reader(Ahead ahead) {
        if (ahead.template().equals(OptoPrimePrompt.TEMPLATE)) {
            return ReplyReader.ofChanges(space);
        }
        return ahead.origin() == Origin.BASELINE ? ReplyReader.withScript(space) : new ReplyReader(space);
    }

    private String schema(Ahead ahead) {
        if (ahead.template().equals(OptoPrimePrompt.TEMPLATE)) {
            return ReplySchema.suggestion(space);
        }
        return LISTING.contains(ahead.template()) ? ReplySchema.candidates(space) : ReplySchema.config(space);
    }

    /** What a reply has to say of the trial that it proposes, where it was asked to. */
    private static List<Remark> written(Ahead ahead, String reply, History history) {
        return ahead.template().equals(OptoPrimePrompt.TEMPLATE)
                ? RemarkReader.read(reply, Remark.Kind.REASONING)
                        .map(text -> new Remark(history.next(), Remark.Kind.REASONING, text))
                        .stream()
                        .toList()
                : List.of();
    }

    /** Adds what is new in a reply. */
    private static void gather(Reply reply, List<Candidate> gathered) {
        if (reply instanceof Reply.Candidates usable) {
            usable.candidates().stream()
                    .filter(candidate ->
                            gathered.stream().noneMatch(other -> other.config().equals(candidate.config())))
                    .forEach(gathered::add);
        }
    }

    /** Why another reply is needed. */
    private String reason(Reply reply, List<Candidate> gathered) {
        if (reply instanceof Reply.Rejected rejected) {
            return rejected.reason();
        }
        List<String> dropped = ((Reply.Candidates) reply).dropped();
        return "only " + gathered.size() + " different configs could be used so far, of " + wanted + " wanted"
                + (dropped.isEmpty() ? "" : "; of another: " + dropped.get(0));
    }

    /** Something is better than nothing. */
    private static Ending ended(List<Candidate> gathered, ModelTurn turn, boolean reached) {
        return gathered.isEmpty()
                ? new Ending.Failed(turn, reached)
                : new Ending.Proposed(gathered, turn.whenProposed());
    }

    /** The candidates that may succeed; if none may, the model hears why. */
    static Reply without(Function<Config, Optional<String>> doubts, Reply reply) {
        if (!(reply instanceof Reply.Candidates all)) {
            return reply;
        }
        List<Candidate> kept = all.candidates().stream()
                .filter(candidate -> doubts.apply(candidate.config()).isEmpty())
                .toList();
        return kept.isEmpty()
                ? all.candidates().stream()
                        .flatMap(candidate -> doubts.apply(candidate.config()).stream())
                        .findFirst()
                        .<Reply>map(Reply.Rejected::new)
                        .orElse(reply)
                : new Reply.Candidates(kept, all.dropped());
    }

    /** Of a reply that was cut off only an object that needed no mending was surely meant, and not a draft. */
    static Reply whole(Reply reply, boolean truncated) {
        boolean sound = reply instanceof Reply.Candidates usable
                && usable.candidates().stream()
                        .allMatch(candidate -> candidate.repairs().isEmpty());
        return truncated && !sound
                ? new Reply.Rejected(
                        "the reply was cut off at its greatest length; answer shortly, with the JSON object alone")
                : reply;
    }

    /** Who proposed what a model said. Rules of thumb are not passed off as a language model. */
    static Origin origin(String author, boolean repaired) {
        if (author.equals("builtin")) {
            return Origin.BUILTIN;
        }
        return repaired ? Origin.LLM_REPAIRED : Origin.LLM;
    }
}
