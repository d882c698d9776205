package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.llm.cost.Allowance;
import dev.chiron.agent.llm.cost.BudgetedModel;
import dev.chiron.agent.llm.cost.Dollars;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.llm.cost.MeteredModel;
import dev.chiron.agent.llm.cost.Price;
import dev.chiron.agent.llm.cost.Prices;
import dev.chiron.agent.llm.cost.Spending;
import dev.chiron.agent.llm.cost.SpentModel;
import dev.chiron.agent.llm.cost.Tariff;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.spec.PriceFile;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Advice;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.History;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a study's models cost and may cost. A price that the study began with holds; others come from {@code llm.prices},
 * from the person's own {@code prices.yaml}, and from the list that Chiron brings.
 */
final class Purse {

    private static final String CHECKS = "";
    private static final int LONGEST_NAME = 100;
    private static final List<String> RULES = List.of("builtin", "perturb");
    private static final Price EXAMPLE =
            new Price(new BigDecimal("1.25"), new BigDecimal("0.125"), BigDecimal.TEN, "", "");

    private final Surroundings surroundings;
    private final Spec spec;
    private final Prices kept;
    private final Prices others;
    private final Map<String, Tariff> tariffs = new LinkedHashMap<>();

    private Purse(Surroundings surroundings, Spec spec, Prices kept, Prices others) {
        this.surroundings = surroundings;
        this.spec = spec;
        this.kept = kept;
        this.others = others;
        spec.llm()
                .models()
                .forEach(model -> tariffs.put(model, new Tariff(kept.or(others).of(model), !RULES.contains(model))));
    }

    /**
     * The purse of a study.
     *
     * @param study the folder of the study that goes on, or will begin
     * @throws BadInput if a file of prices will not do, or there is a bound in dollars for a model whose price is unknown
     */
    static Purse open(Surroundings surroundings, Spec spec, Path study, boolean fresh) {
        Prices kept = fresh ? Prices.NONE : PriceFile.readIfThere(study.resolve(StudyFolder.PRICES));
        Prices named = spec.llm()
                .prices()
                .map(file -> PriceFile.read(spec.folder().resolve(file)))
                .orElse(Prices.NONE);
        Prices own = PriceFile.personal(surroundings.environment())
                .map(PriceFile::readIfThere)
                .orElse(Prices.NONE);
        Purse purse = new Purse(surroundings, spec, kept, named.or(own).or(PriceFile.bundled()));
        purse.requirePrices();
        return purse;
    }

    /**
     * The purse of the same study for other models, or other bounds.
     *
     * @throws BadInput if there is a bound in dollars for a model whose price is unknown
     */
    Purse with(Spec other) {
        Purse purse = new Purse(surroundings, other, kept, others);
        purse.requirePrices();
        return purse;
    }

    private void requirePrices() {
        if (spec.budget().llmUsd().isPresent() && !spec.llm().model().equals("none")) {
            String file = PriceFile.personal(surroundings.environment())
                    .map(Path::toString)
                    .orElse("a file of llm.prices");
            tariffs.forEach((model, tariff) -> {
                if (tariff.price().isEmpty()) {
                    throw unknown(model, file);
                }
            });
        }
    }

    /** A bound that cannot be kept is not taken. */
    private static BadInput unknown(String model, String file) {
        return new BadInput(
                "budget.llm_usd: what " + model + " costs is not known, so the limit could not be kept. Write "
                        + "its price, in dollars per million tokens, into " + file + ", such as\n  "
                        + PriceFile.text(new Prices(List.of(new Prices.Entry(shortened(model), Optional.of(EXAMPLE)))))
                        + "or limit budget.llm_tokens or budget.llm_calls instead");
    }

    /** A name that a person may want to write into a file of prices. */
    private static String shortened(String model) {
        return model.length() > LONGEST_NAME ? model.substring(0, LONGEST_NAME - 1) + "*" : model;
    }

    /** Writes the prices of the models into the study, if they do not stand there yet. */
    void keep(StudyFolder study) {
        List<Prices.Entry> entries = tariffs.entrySet().stream()
                .filter(tariff -> tariff.getValue().price().isPresent()
                        && kept.of(tariff.getKey()).isEmpty())
                .map(tariff -> new Prices.Entry(
                        PricePattern.of(tariff.getKey(), tariffs.keySet()),
                        tariff.getValue().price()))
                .toList();
        if (!entries.isEmpty()) {
            study.keepPrices(PriceFile.text(new Prices(entries).or(kept)));
        }
    }

    /**
     * The models as a study uses them.
     *
     * @param answered what they have answered in this session
     */
    record Paid(List<Panel.Member> members, Supplier<List<Unused>> answered) {}

    /** What was spent before this session. */
    Spending spending(StudyFolder study) {
        return new Spending(spentBut(study));
    }

    /** Models whose answers are priced, recorded, counted together, and not asked for beyond the budget. */
    List<Panel.Member> open(List<Panel.Member> members, StudyFolder study, Spending spending) {
        List<Panel.Member> opened = new ArrayList<>();
        boolean replays =
                Language.isReplay(spec.llm()); // which costs nothing now, and ends turns where they ended then
        Map<String, String> spentThen = Language.spent(surroundings, spec.llm());
        Allowance allowance = replays ? Allowance.NO_BOUND : allowance(spec.budget());
        for (Panel.Member member : members) {
            Tariff tariff = tariff(opened.size());
            Model model = member.model();
            Model metered = replays
                    ? new SpentModel(model, spentThen) // whose answers cost what they cost then
                    : new MeteredModel(model, tariff);
            Model recorded = new RecordedModel(metered, study.llm());
            Model budgeted = new BudgetedModel(recorded, allowance, spending, tariff);
            opened.add(new Panel.Member(member.name(), budgeted, member.style()));
        }
        return opened;
    }

    /**
     * The models as they are asked before the start: priced and counted, and not asked where that would pass a bound or take the
     * last call that it leaves.
     *
     * @param before what the study has; empty if it has not begun
     */
    Paid checked(List<Panel.Member> members, Optional<Recording> before) {
        Spending spending = new Spending(
                before.map(then -> spent(then.entries(), then.unused())).orElseGet(LinkedHashMap::new));
        Allowance allowance = allowance(spec.budget()).withoutLastCall();
        List<Panel.Member> opened = new ArrayList<>();
        for (Panel.Member member : members) {
            Tariff tariff = tariff(opened.size());
            Model metered = new MeteredModel(member.model(), tariff);
            Model budgeted = new BudgetedModel(metered, allowance, spending, tariff);
            opened.add(new Panel.Member(member.name(), budgeted, member.style()));
        }
        return new Paid(opened, () -> answered(spending));
    }

    /** What was answered and counted there. */
    static List<Unused> answered(Spending spending) {
        return spending.answered().stream()
                .map(turn -> new Unused(turn.turn(), turn.author(), turn.usage()))
                .toList();
    }

    /** Of a member by its place; a recording has one for all of its. */
    private Tariff tariff(int member) {
        List<String> models = spec.llm().models();
        Tariff tariff = tariffs.get(models.get(Math.min(member, models.size() - 1)));
        if (tariff == null) {
            throw new AssertionError(models);
        }
        return tariff;
    }

    /** Without the answers to turns that are yet to come, which will count themselves: so a bound ends the turns where it would have without a stop. */
    private Map<String, Usage> spentBut(StudyFolder study) {
        int trials = study.recording().entries().size();
        List<Integer> ended = study.recording().entries().stream()
                .map(entry -> entry.trial().number())
                .toList();
        List<Unused> past = study.unused().stream()
                .filter(unused -> Advice.isKey(unused.key())
                        ? ended.contains(Advice.trial(unused.key())) // else its run is begun again, and asked about
                        : !isDue(unused, trials))
                .toList();
        return spent(study.recording().entries(), past);
    }

    /** By model, but for the checks, which say nothing of what a turn costs. */
    private Map<String, Usage> spent(List<Entry> entries, List<Unused> inVain) {
        Map<String, Usage> spent = new LinkedHashMap<>();
        entries.stream()
                .flatMap(entry -> entry.turn().stream())
                .forEach(turn ->
                        add(spent, turn.asked().author(), priced(turn.asked().author(), turn.usage())));
        entries.stream()
                .flatMap(entry -> entry.advice().stream())
                .forEach(advice -> add(spent, advice.author(), priced(advice.author(), advice.usage())));
        inVain.forEach(unused ->
                add(spent, unused.isCheck() ? CHECKS : unused.author(), priced(unused.author(), unused.usage())));
        return spent;
    }

    private static void add(Map<String, Usage> spent, String author, Usage usage) {
        spent.merge(author, usage, Usage::plus);
    }

    private static boolean isDue(Unused unused, int trials) {
        boolean isNext = unused.key().matches("\\d{1,9}") ? Integer.parseInt(unused.key()) >= trials : trials <= 1;
        return isNext && !unused.isCheck();
    }

    /** What was not priced then is, if its price is known by now. */
    private Usage priced(String author, Usage usage) {
        Tariff tariff = tariffs.size() == 1 ? tariff(0) : tariffs.get(author);
        return tariff == null ? usage : tariff.priced(usage);
    }

    private static Allowance allowance(Budget budget) {
        return new Allowance(
                budget.llmUsd().stream().mapToObj(BigDecimal::valueOf).findFirst(),
                budget.llmTokens(),
                budget.llmCalls());
    }

    /** What one question more to the first model will cost; empty for rules that read no tokens. */
    Optional<Estimate> estimate(String prompt) {
        return tariff(0).tokens() ? Optional.of(Estimate.of(1, List.of(tariff(0).expected(prompt)))) : Optional.empty();
    }

    /**
     * What to say before the start of models that the bound in dollars leaves not even one call.
     *
     * @param prompts the prompt of the next turn, by model
     */
    List<String> tooDear(List<Panel.Member> members, List<String> prompts, StudyFolder study) {
        List<String> notes = new ArrayList<>();
        Optional<BigDecimal> left = allowance(spec.budget())
                .usd()
                .flatMap(bound -> spentBut(study).values().stream()
                        .reduce(Usage.NONE, Usage::plus)
                        .usd()
                        .map(bound::subtract));
        for (int member = 0; member < members.size(); member++) {
            Model model = members.get(member).model();
            String prompt = prompts.get(member);
            Tariff tariff = tariff(member);
            model.longestReply().stream()
                    .boxed()
                    .flatMap(reply -> tariff.most(prompt, reply).stream())
                    .filter(most ->
                            left.filter(rest -> most.compareTo(rest) > 0).isPresent())
                    .findFirst()
                    .ifPresent(most -> notes.add("one call to " + model.name() + " may cost up to "
                            + Dollars.text(most) + ", by llm.max_tokens, and budget.llm_usd leaves "
                            + Dollars.text(left.orElseThrow().max(BigDecimal.ZERO))
                            + ": it will not be asked at all. Lower llm.max_tokens, or allow more dollars."));
        }
        return notes;
    }

    /**
     * What is still to be spent; empty for rules that read no tokens, and where no bound on trials says how many turns
     * there will be.
     *
     * @param prompts the prompts of the next turn, by model
     */
    Optional<Estimate> estimate(Turns turns, History history, List<List<String>> prompts) {
        if (tariffs.values().stream().noneMatch(Tariff::tokens)
                || spec.budget().trials().isEmpty()) {
            return Optional.empty();
        }
        int trials = spec.budget().trials().getAsInt() - history.trials().size();
        int models = (int) IntStream.range(history.proposed(), history.proposed() + Math.max(0, trials))
                .filter(turns::isModels)
                .count();
        return Optional.of(Estimate.of(
                models,
                IntStream.range(0, prompts.size())
                        .mapToObj(member -> prompts.get(member).stream()
                                .map(prompt -> tariff(member).expected(prompt))
                                .reduce(Usage.NONE, Usage::plus))
                        .toList()));
    }
}
