package dev.chiron.agent.propose;

import dev.chiron.agent.llm.Answer;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.Again;
import dev.chiron.prompts.describe.SurrogatePrompt;
import dev.chiron.prompts.describe.SurrogatePrompt.Form;
import dev.chiron.prompts.reply.Rating;
import dev.chiron.prompts.reply.RatingsReader;
import dev.chiron.prompts.reply.RatingsReader.Ratings;
import dev.chiron.prompts.reply.Reckoning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/** LLAMBO's surrogates: what a model foretells of candidates (section 4 of the paper). */
final class CandidateRater {

    /** How the journal calls its questions. */
    static final String PART = "surrogate";

    private static final String ABSURD = "what it foretells is far from every value that was measured";

    /** The share of the trials that is among the best, in percent. */
    private static final int TOP = 25;

    private static final int TEMPLATES = 2;
    private static final int REPLIES = 10;

    /** Replies about one candidate, where it is asked about by itself. */
    static final int SAMPLES = TEMPLATES * REPLIES;

    private final SurrogatePrompt prompts;
    private final History history;
    private final boolean generative;

    CandidateRater(SurrogatePrompt prompts, History history, Llambo.Surrogate surrogate) {
        this.prompts = prompts;
        this.history = history;
        this.generative = surrogate == Llambo.Surrogate.GENERATIVE;
    }

    /** All in one reply, the uncertainty stated with the value; none if no reply can be used. */
    List<Optional<Rating>> stated(Interview interview, List<Config> candidates) throws InterruptedException {
        RatingsReader reader = new RatingsReader(form(false), candidates.size());
        Prompt prompt = prompt(false, candidates, 1);
        while (interview.mayAsk(prompt, 0)) {
            Optional<Answer.Replied> replied = interview.ask(PART, prompt, reader.schema());
            if (replied.isEmpty()) {
                return List.of();
            }
            Ratings ratings = reader.read(replied.get().text());
            List<Optional<Rating>> usable = usable(ratings);
            if (usable.stream().anyMatch(Optional::isPresent)) {
                return usable;
            }
            String reason = ratings instanceof Ratings.Rejected rejected ? rejected.reason() : ABSURD;
            interview.invalid(PART, reason);
            prompt = Again.ask(prompt, replied.get().text(), reason);
        }
        return List.of();
    }

    /**
     * Each by itself and several times over, as in the paper: the mean of the replies, and their deviation. Where replies are marks, the
     * mean is the share of those that are 1.
     */
    List<Optional<Rating>> sampled(Interview interview, List<Config> candidates) throws InterruptedException {
        List<Optional<Rating>> ratings = new ArrayList<>();
        for (Config candidate : candidates) {
            ratings.add(sampled(interview, candidate));
        }
        return ratings.stream().allMatch(Optional::isEmpty) ? List.of() : ratings;
    }

    private Optional<Rating> sampled(Interview interview, Config candidate) throws InterruptedException {
        RatingsReader reader = new RatingsReader(form(true), 1);
        List<Double> values = new ArrayList<>();
        for (int template = 0; template < TEMPLATES; template++) {
            Prompt prompt = prompt(true, List.of(candidate), template);
            for (int i = 0; i < REPLIES && interview.mayAsk(prompt, 0); i++) {
                Optional<Answer.Replied> replied = interview.ask(PART, prompt, reader.schema());
                if (replied.isPresent()) {
                    Ratings read = reader.read(replied.get().text());
                    List<Optional<Rating>> usable = usable(read);
                    usable.stream().flatMap(Optional::stream).map(Rating::value).forEach(values::add);
                    if (usable.stream().allMatch(Optional::isEmpty)) {
                        interview.invalid(PART, read instanceof Ratings.Rejected rejected ? rejected.reason() : ABSURD);
                    }
                }
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(summed(values));
    }

    /** What was rated, without values that nobody can reckon with. */
    private List<Optional<Rating>> usable(Ratings ratings) {
        return ratings instanceof Ratings.Rated rated
                ? rated.all().stream()
                        .map(one -> one.filter(rating -> Reckoning.holds(rating.value(), history)))
                        .toList()
                : List.of();
    }

    private static Rating summed(List<Double> values) {
        double[] all = values.stream().mapToDouble(value -> value).toArray();
        double deviation = Math.sqrt(StatUtils.populationVariance(all));
        return new Rating(StatUtils.mean(all), OptionalDouble.of(deviation), OptionalDouble.empty());
    }

    /** @param sampled whether the answer is to be one of several, which together say more */
    Prompt prompt(boolean sampled, List<Config> candidates, long order) {
        return prompts.render(form(sampled), history, candidates, top(), TOP + " %", order);
    }

    private Form form(boolean sampled) {
        return generative ? (sampled ? Form.LABEL : Form.CHANCE) : sampled ? Form.VALUE : Form.SPREAD;
    }

    /** The trials that are strictly better than the percentile; no failure is. */
    private Function<Trial, Boolean> top() {
        List<Double> losses = history.inside().stream()
                .flatMap(trial -> loss(trial).stream().boxed())
                .toList();
        if (!generative || losses.isEmpty()) {
            return trial -> false;
        }
        double[] all = losses.stream().mapToDouble(loss -> loss).toArray();
        double border = new Percentile().withEstimationType(EstimationType.R_7).evaluate(all, TOP); // as numpy's
        boolean level = Collections.min(losses).equals(border); // none is strictly better: the best ones are meant then
        return trial -> loss(trial).stream().anyMatch(loss -> loss < border || (level && loss <= border));
    }

    private OptionalDouble loss(Trial trial) {
        OptionalDouble value = history.value(trial);
        return value.isPresent()
                ? OptionalDouble.of(history.objective().loss(value.getAsDouble()))
                : OptionalDouble.empty();
    }
}
