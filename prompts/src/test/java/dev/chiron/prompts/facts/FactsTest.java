package dev.chiron.prompts.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Parameter.Real;
import dev.chiron.optimizers.space.Parameter.Whole;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final String GPT = "Train a GPT with AdamW.";

    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<Quantity, Double> given = new LinkedHashMap<>();

    private FactsTest whole(String name, long value, long low, long high) {
        parameters.add(new Whole(name, low, high));
        values.put(name, new Value.Whole(value));
        return this;
    }

    private FactsTest real(String name, double value, double low, double high) {
        parameters.add(new Real(name, low, high, false));
        values.put(name, new Value.Real(value));
        return this;
    }

    private Known known(String text) {
        return Known.of(text, new SearchSpace(parameters, List.of()), Config.of(values), given);
    }

    private List<String> told(String text) {
        return Facts.TOLD.findings(known(text), "baseline").stream()
                .filter(Facts.Finding::told)
                .map(finding -> finding.card().id())
                .toList();
    }

    private String section(String text) {
        return Facts.TOLD.section(known(text), "baseline");
    }

    private String why(String text, String id) {
        return Facts.TOLD.findings(known(text), "baseline").stream()
                .filter(finding -> finding.card().id().equals(id))
                .map(Facts.Finding::why)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCardIsFoundByWhatIsTuned() {
        real("lr", 1e-3, 1e-4, 1e-1);
        assertThat(told("")).isEmpty();
        assertThat(section("")).isEmpty();
        assertThat(why("", "adam-batch")).isEqualTo("no parameter is a batch size");

        whole("batch_size", 64, 16, 512);
        assertThat(told("")).containsExactly("adam-batch");
        assertThat(why("", "adam-batch")).isEqualTo("lr and batch_size");
        assertThat(section("")).contains("Here batch_size 64 -> 128: x 1.41.\n", "numbers for the baseline:");
    }

    @Test
    void aCardForLanguageModelsNeedsTheirWords() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("batch_size", 64, 16, 512);

        assertThat(told(GPT)).contains("step-law", "small-batch");
        assertThat(told("Classify irises")).doesNotContain("step-law", "small-batch");
        assertThat(why("Classify irises", "step-law")).contains("none of the words transformer");
        whole("n_head", 4, 1, 8);
        assertThat(told("")).contains("step-law"); // its parameters say what it is
    }

    @Test
    void aRuleOfAdamIsNotToldOfAnotherOptimizer() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("batch_size", 64, 16, 512);

        assertThat(told("A ResNet with SGD and momentum")).containsExactly("sgd-batch");
        assertThat(section("A ResNet with SGD")).contains("batch_size 64 -> 128: x 2.");
        assertThat(why("A ResNet with SGD", "adam-batch")).isEqualTo("the task names another optimizer than Adam");
        real("momentum", 0.9, 0, 0.99); // which says as much as the words
        assertThat(told("A ResNet")).containsExactly("sgd-batch");
        parameters.add(Choice.of("OPTIMIZER", "sgd", "adamw"));
        values.put("OPTIMIZER", new Value.Text("sgd"));
        assertThat(told("A ResNet")).containsExactly("adam-batch", "sgd-batch");
    }

    /** It trains the hidden matrices, of which those rules speak, and AdamW what is left. */
    @Test
    void rulesOfHiddenMatricesAreNotToldOfMuon() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("d_model", 512, 64, 2048).whole("n_layer", 8, 2, 24);

        assertThat(told(GPT)).contains("width", "depth", "step-law");
        assertThat(told("A GPT with Muon, the rest with AdamW"))
                .contains("memory")
                .doesNotContain("width", "depth", "step-law");
        assertThat(why("A GPT with Muon and AdamW", "width")).isEqualTo("the task has the word muon");
    }

    @Test
    void withoutInputsARuleIsOnlyQuoted() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("warmup_steps", 100, 0, 1000);

        String section = section(GPT);
        assertThat(told(GPT)).contains("step-law", "warm-up");
        assertThat(section).contains("1.79 N^-0.713 D^0.307").doesNotContain("Here");
        given.put(Quantity.TOKENS, 2e10);
        assertThat(section(GPT)).doesNotContain("Here"); // the weights are not known
    }

    @Test
    void numbersOfAPersonAndOfTheSpaceAreWorkedOut() {
        given.put(Quantity.TOKENS, 1e11);
        given.put(Quantity.PARAMS, 1e9);
        given.put(Quantity.BETA2, 0.95);
        given.put(Quantity.STEPS, 5000.0);
        real("lr", 1e-3, 1e-4, 1e-1).real("weight_decay", 0.1, 0, 1).whole("warmup_steps", 100, 0, 1000);

        assertThat(section(GPT))
                .contains("Here N 1B, D 100B: 0.00163 and 1.11M tokens.\n")
                .contains("Here lr 0.001, weight_decay 0.1: 10000 steps, 2 of the run's 5000.\n")
                .contains("Here beta2 0.95: 40 steps, 0.008 of the run's 5000.\n");
    }

    @Test
    void theSpacesOwnValueCountsForMoreThanWhatWasGiven() {
        given.put(Quantity.DEPTH, 99.0);
        real("lr", 1e-3, 1e-4, 1e-1).whole("n_layer", 6, 2, 24);

        assertThat(section("")).contains("n_layer 6 -> 12: x 0.707 or x 1.").doesNotContain("99");
    }

    @Test
    void weightsFollowFromADepthThatIsTunedAndNotFromWhatWasGivenForOne() {
        real("lr", 1e-3, 1e-4, 1e-1);
        given.put(Quantity.PARAMS, 50e6);
        given.put(Quantity.TOKENS, 1e9);
        given.put(Quantity.WIDTH, 512.0);
        assertThat(section(GPT)).contains("N 50M");
        whole("n_layer", 6, 2, 24);
        assertThat(section(GPT)).contains("N 18.9M").doesNotContain("N 50M");
    }

    @Test
    void beyondWhatWasFittedIsSaid() {
        given.put(Quantity.TOKENS, 3e8);
        given.put(Quantity.PARAMS, 25e6);
        real("lr", 1e-3, 1e-4, 1e-1);

        assertThat(section(GPT)).contains("tokens, beyond what was fitted.");
    }

    @Test
    void twiceAsLargeOrHalfOrTheEndOfTheRange() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("d_model", 512, 64, 768);
        assertThat(section("")).contains("d_model 512 -> 256: x 2.");

        values.put("d_model", new Value.Whole(65)); // 130 is fine
        assertThat(section("")).contains("d_model 65 -> 130: x 0.5.");
        parameters.set(1, new Whole("d_model", 64, 100));
        assertThat(section("")).contains("d_model 65 -> 100: x 0.65.");
        parameters.set(1, new Whole("d_model", 65, 65));
        assertThat(section("")).doesNotContain("Here");
    }

    @Test
    void aChoiceOfNumbersMovesToOneOfThem() {
        real("lr", 1e-3, 1e-4, 1e-1);
        parameters.add(new Choice("batch_size", List.of(Value.of(32L), Value.of(64L), Value.of(100L)), true));
        values.put("batch_size", new Value.Whole(64));

        assertThat(section("")).contains("batch_size 64 -> 32: x 0.707.");
    }

    @Test
    void widthFollowsFromDepthAndAspectRatioOrFromHeads() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("ASPECT_RATIO", 64, 32, 128);
        assertThat(section(GPT)).doesNotContain("width 512");
        whole("DEPTH", 8, 4, 24);
        assertThat(section(GPT))
                .contains("ASPECT_RATIO 64 -> 128, width 512 -> 1024: x 0.5.")
                .contains("depth 8, width 512: weights 0.403 GB; DEPTH 8 -> 16: weights x 8, activations x 4.")
                .contains("DEPTH 8 -> 16: x 0.707 or x 1; the width goes along.");
    }

    @Test
    void memoryIsWorkedOutAsFarAsItIsKnown() {
        whole("n_layer", 12, 2, 24).whole("n_embd", 768, 64, 1024).whole("batch_size", 8, 1, 64);
        assertThat(section(GPT))
                .contains("depth 12, width 768: weights 1.36 GB; n_layer 12 -> 24: weights x 2, activations x 2.");

        given.put(Quantity.SEQUENCE, 1024.0);
        // 34 * 12 * 768 * 1024 * 8 bytes
        assertThat(section(GPT)).contains("weights 1.36 GB, activations 2.57 GB (8 x 1024 tokens)");
    }

    @Test
    void aBatchOfTokensOrOfManyDevicesIsNoNumberOfExamples() {
        given.put(Quantity.SEQUENCE, 1024.0);
        whole("n_layer", 12, 2, 24).whole("n_embd", 768, 64, 1024).whole("TOTAL_BATCH_SIZE", 524288, 1, 1 << 20);
        assertThat(section(GPT)).contains("weights 1.36 GB;").doesNotContain("activations 1");

        given.put(Quantity.DEVICE_BATCH, 8.0);
        assertThat(section(GPT)).contains("activations 2.57 GB (8 x 1024 tokens)");
    }

    @Test
    void betasFollowTheBatchWhileTheRuleLeavesAny() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("batch_size", 64, 16, 512).real("beta1", 0.9, 0, 0.99);
        real("beta2", 0.999, 0.9, 0.9999);
        assertThat(section("")).contains("batch_size 64 -> 128: x 1.41, beta1 0.9 -> 0.8, beta2 0.999 -> 0.998.");

        values.put("beta1", new Value.Real(0.4));
        assertThat(section("")).contains("x 1.41, beta2 0.999 -> 0.998.");
    }

    @Test
    void longerTrainingAndSmallBatches() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("max_steps", 1000, 100, 4000);
        assertThat(section(GPT)).contains("max_steps 1000 -> 2000: x 0.801.");

        whole("batch_size", 64, 16, 512).real("beta2", 0.95, 0.9, 0.9999);
        assertThat(section(GPT)).contains("batch_size 64 -> 32: beta2 0.95 -> 0.9747.");
    }

    @Test
    void aWeightDecayOfNothingHasNoTimescale() {
        real("lr", 1e-3, 1e-4, 1e-1).real("weight_decay", 0, 0, 1);

        assertThat(told("")).containsExactly("weight-decay");
        assertThat(section("")).doesNotContain("Here").doesNotContain("Infinity");
    }

    @Test
    void noPromptHasMoreThanItsTokens() {
        everything();
        for (String text : List.of("", GPT, "A GPT with SGD or AdamW")) {
            String full = section(text);
            String small = Facts.TOLD.shortSection(known(text), "incumbent");

            assertThat(Tokens.of(full)).isBetween(300L, (long) Facts.MOST);
            assertThat(Tokens.of(small)).isBetween(60L, (long) Facts.FEW);
            assertThat(counted(full)).isBetween(200, Facts.MOST);
            assertThat(counted(small)).isBetween(40, Facts.FEW);
        }
        assertThat(why(GPT, "warm-down")).isEqualTo("no room beside the others");
    }

    /** Names may be as long as they like. */
    @Test
    void longNamesDoNotBreakTheBound() {
        real("a".repeat(900) + "_lr", 1e-3, 1e-4, 1e-1).whole("b".repeat(1500) + "_batch_size", 64, 16, 512);

        assertThat(section("")).isEmpty();
        assertThat(why("", "adam-batch")).isEqualTo("no room beside the others");
    }

    @Test
    void cardsWithNumbersComeBeforeThoseThatAreOnlyQuoted() {
        everything();
        List<Facts.Finding> findings = Facts.TOLD.findings(known(GPT), "baseline");
        List<Boolean> worked = findings.stream()
                .filter(Facts.Finding::told)
                .map(finding -> finding.line().contains(" Here "))
                .toList();

        assertThat(worked.lastIndexOf(true)).isLessThan(worked.contains(false) ? worked.indexOf(false) : worked.size());
        assertThat(findings).hasSize(Facts.library().size());
    }

    @Test
    void whoWantsNoneIsToldNone() {
        everything();

        assertThat(Facts.NONE.section(known(GPT), "baseline")).isEmpty();
        assertThat(Facts.NONE.findings(known(GPT), "baseline")).allSatisfy(finding -> {
            assertThat(finding.told()).isFalse();
            assertThat(finding.why()).contains("none");
        });
    }

    @Test
    void aSectionIsCutOutWholeAndNothingElse() {
        everything();
        String before = "Refused: this.\n";
        String after = "\n## Where the study stands\n\nBest so far.\n";

        assertThat(Facts.cut(before + section(GPT) + after)).isEqualTo(before + after);
        assertThat(Facts.cut(before + Facts.TOLD.shortSection(known(GPT), "baseline") + after))
                .isEqualTo(before + after);
    }

    private void everything() {
        real("lr", 1e-3, 1e-4, 1e-1).whole("batch_size", 64, 16, 512).whole("n_layer", 8, 2, 24);
        whole("d_model", 512, 64, 2048).real("weight_decay", 0.1, 0, 1).whole("warmup_steps", 100, 0, 1000);
        real("warmdown_ratio", 0.4, 0, 1).real("beta2", 0.95, 0.9, 0.9999).whole("max_steps", 1000, 100, 4000);
        given.put(Quantity.TOKENS, 1e9);
        given.put(Quantity.SEQUENCE, 1024.0);
    }

    private static int counted(String text) {
        return Encodings.newDefaultEncodingRegistry()
                .getEncoding(EncodingType.O200K_BASE)
                .countTokensOrdinary(text);
    }
}
