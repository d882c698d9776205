package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.RecalledModel;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.llm.cost.Allowance;
import dev.chiron.agent.llm.cost.BudgetedModel;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.llm.cost.MeteredModel;
import dev.chiron.agent.llm.cost.Price;
import dev.chiron.agent.llm.cost.Prices;
import dev.chiron.agent.llm.cost.Spending;
import dev.chiron.agent.llm.cost.Tariff;
import dev.chiron.agent.spec.PriceFile;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.History;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a study's model costs and may cost. A price that the study began with holds; others come from {@code llm.prices},
 * from the person's own {@code prices.yaml}, and from the list that Chiron brings.
 */
final class Purse {

    private static final int LONGEST_NAME = 100;
    private static final List<String> RULES = List.of("builtin", "perturb");
    private static final Price EXAMPLE =
            new Price(new BigDecimal("1.25"), new BigDecimal("0.125"), BigDecimal.TEN, "", "");

    private final Spec spec;
    private final Prices kept;
    private final Tariff tariff;

    private Purse(Spec spec, Prices kept, Prices others) {
        this.spec = spec;
        this.kept = kept;
        this.tariff = new Tariff(
                kept.or(others).of(spec.llm().model()),
                !RULES.contains(spec.llm().model()));
    }

    /**
     * The purse of a study.
     *
     * @param study the folder of the study that goes on, or will begin
     * @throws BadInput if a file of prices will not do, or there is a bound in dollars for a model whose price is unknown
     */
    static Purse open(Console console, Spec spec, Path study, boolean fresh) {
        Prices kept = fresh ? Prices.NONE : PriceFile.readIfThere(study.resolve(StudyFolder.PRICES));
        Prices named = spec.llm()
                .prices()
                .map(file -> PriceFile.read(spec.folder().resolve(file)))
                .orElse(Prices.NONE);
        Optional<Path> personal = PriceFile.personal(console.environment());
        Prices own = personal.map(PriceFile::readIfThere).orElse(Prices.NONE);
        Purse purse = new Purse(spec, kept, named.or(own).or(PriceFile.bundled()));
        if (spec.budget().llmUsd().isPresent()
                && !spec.llm().model().equals("none")
                && purse.tariff.price().isEmpty()) {
            throw purse.unknown(personal.map(Path::toString).orElse("a file of llm.prices"));
        }
        return purse;
    }

    /** A bound that cannot be kept is not taken. */
    private BadInput unknown(String file) {
        String model = spec.llm().model();
        return new BadInput(
                "budget.llm_usd: what " + model + " costs is not known, so the limit could not be kept. Write "
                        + "its price, in dollars per million tokens, into " + file + ", such as\n  "
                        + PriceFile.text(new Prices(List.of(new Prices.Entry(shortened(model), Optional.of(EXAMPLE)))))
                        + "or limit budget.llm_tokens or budget.llm_calls instead");
    }

    /** A name that may stand in a file of prices. */
    private static String shortened(String model) {
        return model.length() > LONGEST_NAME ? model.substring(0, LONGEST_NAME - 1) + "*" : model;
    }

    /** Writes the price of the model into the study, if it does not stand there yet. */
    void keep(StudyFolder study) {
        if (tariff.price().isPresent() && kept.of(spec.llm().model()).isEmpty()) {
            Prices.Entry entry = new Prices.Entry(shortened(spec.llm().model()), tariff.price());
            study.keepPrices(PriceFile.text(new Prices(List.of(entry)).or(kept)));
        }
    }

    /** The model as the study uses it: each answer priced, recorded, counted, and none asked for beyond the budget. */
    Model open(Model model, StudyFolder study) {
        boolean isReplay = spec.llm().model().startsWith("replay:"); // whose answers cost what they cost then
        Model metered = isReplay ? model : new MeteredModel(model, tariff);
        Model recorded = new RecordedModel(metered, study.llm());
        return new BudgetedModel(
                recorded,
                allowance(spec.budget()),
                new Spending(spent(study.recording().entries())),
                tariff);
    }

    /** What the model answered in the study so far. */
    static Model recalled(Model model, StudyFolder study) {
        return new RecalledModel(model, study.llm());
    }

    private Usage spent(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.turn().stream())
                .map(turn -> tariff.priced(turn.usage()))
                .reduce(Usage.NONE, Usage::plus);
    }

    private static Allowance allowance(Budget budget) {
        return new Allowance(
                budget.llmUsd().stream().mapToObj(BigDecimal::valueOf).findFirst(),
                budget.llmTokens(),
                budget.llmCalls());
    }

    /** What one question more will cost; empty for rules that read no tokens. */
    Optional<Estimate> estimate(String prompt) {
        return tariff.tokens() ? Optional.of(Estimate.of(1, prompt, tariff)) : Optional.empty();
    }

    /**
     * What is still to be spent; empty for rules that read no tokens, and where no bound on trials says how many turns
     * there will be.
     *
     * @param prompt the prompt of the next turn
     */
    Optional<Estimate> estimate(Turns turns, History history, String prompt) {
        if (!tariff.tokens() || spec.budget().trials().isEmpty()) {
            return Optional.empty();
        }
        int trials = spec.budget().trials().getAsInt() - history.trials().size();
        int models = (int) IntStream.range(history.proposed(), history.proposed() + Math.max(0, trials))
                .filter(turns::isModels)
                .count();
        return Optional.of(Estimate.of(models, prompt, tariff));
    }
}
