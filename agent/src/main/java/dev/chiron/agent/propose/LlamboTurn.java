package dev.chiron.agent.propose;

import dev.chiron.agent.store.Pick;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.SamplerPrompt;
import dev.chiron.prompts.describe.SurrogatePrompt;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.reply.Candidate;
import dev.chiron.prompts.reply.Forecast;
import dev.chiron.prompts.reply.Rating;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One iteration of LLAMBO: candidates for a target, what is foretold of each, and the one that is run. Where nothing is foretold, it is
 * the model's first.
 */
final class LlamboTurn implements Turn {

    /** Batched: the most questions, and the most tokens that their prompts have together, by estimate. */
    static final int QUESTIONS = 3;

    static final int TOKENS = 6000;

    /**
     * Batched: characters of a prompt, as far as leaving out examples can keep to that, at three a token. A wide space leaves no room for a third
     * question, since two of less would show nothing.
     */
    private static final int ROOM = 5400;

    private static final int WIDE_ROOM = 8700;
    private static final int WIDE = 20; // parameters

    private static final int CHARACTERS = 3;
    private static final int MARGIN = 100; // tokens

    private final Llambo settings;
    private final Task task;
    private final List<String> notes;

    /** @param notes what the user has said, the newest last */
    LlamboTurn(Llambo settings, Task task, List<String> notes) {
        this.settings = settings;
        this.task = task;
        this.notes = notes;
    }

    /** The questions of one iteration, none put yet. */
    private Interview interview(Panel.Member member, String key) {
        return settings.isFaithful()
                ? new Interview(member, key, Integer.MAX_VALUE, Long.MAX_VALUE)
                : new Interview(member, key, QUESTIONS, TOKENS);
    }

    /** The characters of a prompt. */
    private int room() {
        return settings.isFaithful() ? Integer.MAX_VALUE : task.space().size() <= WIDE ? ROOM : WIDE_ROOM;
    }

    /** The paper's prompts have no facts. */
    SamplerPrompt sampler() {
        Task told = settings.isFaithful() ? task.withoutFacts() : task;
        return new SamplerPrompt(told, settings.context(), notes, room());
    }

    SurrogatePrompt surrogate() {
        return new SurrogatePrompt(task, settings.context(), room());
    }

    /** What will fail is sent back where the paper is not followed to the letter. */
    @Override
    public ModelTurns.Ending take(
            Panel.Member member,
            String key,
            History history,
            Suggestions.Suggestion suggestion,
            Function<Config, Optional<String>> doubts)
            throws InterruptedException {
        Interview interview = interview(member, key);
        boolean faithful = settings.isFaithful();
        CandidateSampler sampler = new CandidateSampler(
                task.space(),
                sampler(),
                history,
                target(history),
                suggestion.config(),
                faithful ? config -> Optional.empty() : doubts);
        List<Candidate> candidates = faithful
                ? sampler.sampled(interview, settings.candidates())
                : sampler.listed(interview, settings.candidates(), room() / CHARACTERS + MARGIN);
        return candidates.isEmpty() ? interview.failed() : chosen(interview, candidates, history);
    }

    private ModelTurns.Ending chosen(Interview interview, List<Candidate> candidates, History history)
            throws InterruptedException {
        List<Optional<Rating>> ratings = ratings(interview, candidates, history);
        int place = ratings.isEmpty() ? 0 : place(ratings, history);
        Forecast forecast = ratings.isEmpty() || isGenerative()
                ? Forecast.NONE
                : ratings.get(place)
                        .map(rating -> new Forecast(OptionalDouble.of(rating.value()), rating.failure()))
                        .orElse(Forecast.NONE);
        Candidate candidate = candidates.get(place);
        Pick pick = new Pick(candidates.size(), place + 1, forecast);
        return new ModelTurns.Ending.Proposed(
                List.of(candidate), interview.turn().whenPicked(pick, candidate.repairs()));
    }

    /** None where there is nothing to choose, or nothing to improve on. */
    private List<Optional<Rating>> ratings(Interview interview, List<Candidate> candidates, History history)
            throws InterruptedException {
        if (candidates.size() == 1 || history.incumbent().isEmpty()) {
            return List.of();
        }
        CandidateRater rater = new CandidateRater(surrogate(), history, settings.surrogate());
        List<Config> configs = candidates.stream().map(Candidate::config).toList();
        return settings.isFaithful() ? rater.sampled(interview, configs) : rater.stated(interview, configs);
    }

    private int place(List<Optional<Rating>> ratings, History history) {
        if (isGenerative()) {
            return Preference.byChance(ratings);
        }
        List<Double> values = values(history);
        double range = values.stream().mapToDouble(value -> value).max().orElseThrow()
                - values.stream().mapToDouble(value -> value).min().orElseThrow();
        return Preference.byImprovement(ratings, task.objective(), values.get(0), range);
    }

    private boolean isGenerative() {
        return settings.surrogate() == Llambo.Surrogate.GENERATIVE;
    }

    /** Batched it is taken from the better half, whose range no diverged run has stretched. */
    OptionalDouble target(History history) {
        List<Double> values = values(history);
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        int half = Math.min(values.size(), Math.max(2, (values.size() + 1) / 2));
        return OptionalDouble.of(Target.of(
                settings.isFaithful() ? values : values.subList(0, half), task.objective(), settings.alpha()));
    }

    /** What was measured, the best first. */
    private static List<Double> values(History history) {
        return history.best(history.trials().size()).stream()
                .map((Trial trial) -> history.value(trial).orElseThrow())
                .toList();
    }
}
