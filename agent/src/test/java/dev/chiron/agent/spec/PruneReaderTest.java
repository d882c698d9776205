package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.prune.Consultation;
import dev.chiron.optimizers.prune.Extrapolation;
import dev.chiron.optimizers.prune.Hyperband;
import dev.chiron.optimizers.prune.Patient;
import dev.chiron.optimizers.prune.Percentile;
import dev.chiron.optimizers.prune.Pruner;
import dev.chiron.optimizers.prune.SuccessiveHalving;
import dev.chiron.optimizers.prune.Threshold;
import dev.chiron.optimizers.prune.Timing;
import dev.chiron.optimizers.prune.Wilcoxon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruneReaderTest {

    @TempDir
    Path folder;

    private Workplace here;

    @BeforeEach
    void makeWorkplace() throws IOException {
        here = Workplace.in(folder);
    }

    private Optional<Pruner> pruner(String prune) throws IOException {
        Spec spec = here.spec(Workplace.YAML + prune + "\n");
        return spec.prune().pruner(spec.objective(), 7);
    }

    @Test
    void everyRuleIsReadWithWhatIsUsual() throws IOException {
        assertThat(pruner("")).isEmpty();
        assertThat(pruner("prune: none")).isEmpty();
        assertThat(pruner("prune: median")).contains(new Percentile(50, 5, Timing.ALWAYS, 1));
        assertThat(pruner("prune: percentile")).contains(new Percentile(25, 5, Timing.ALWAYS, 1));
        assertThat(pruner("prune: asha")).contains(new SuccessiveHalving(4, OptionalDouble.empty(), 0));
        assertThat(pruner("prune: hyperband")).contains(new Hyperband("chiron-7", 1, OptionalDouble.empty(), 3));
        assertThat(pruner("prune: patient")).contains(new Patient(Optional.empty(), 10, 0));
        assertThat(pruner("prune: { by: threshold, high: 2 }"))
                .contains(new Threshold(Double.NEGATIVE_INFINITY, 2, Timing.ALWAYS));
        assertThat(pruner("prune: wilcoxon")).contains(new Wilcoxon(0.1, 2));
        assertThat(pruner("prune: model")).contains(new Consultation(2, OptionalDouble.empty(), 5, 25));
        assertThat(pruner("prune: extrapolate")).contains(new Extrapolation(0.05, 5, 0, OptionalDouble.empty()));
    }

    @Test
    void everyRuleHasSettings() throws IOException {
        assertThat(pruner("prune: { by: median, startup: 2, warmup: 4, interval: 5, least: 3 }"))
                .contains(new Percentile(50, 2, new Timing(4, 5), 3));
        assertThat(pruner("prune: { by: percentile, percentile: 80, startup: 0 }"))
                .contains(new Percentile(80, 0, Timing.ALWAYS, 1));
        assertThat(pruner("prune: { by: asha, reduction: 3, grace: 5 }"))
                .contains(new SuccessiveHalving(3, OptionalDouble.of(5), 0));
        assertThat(pruner("prune: { by: hyperband, grace: 2, longest: 81, reduction: 4 }"))
                .contains(new Hyperband("chiron-7", 2, OptionalDouble.of(81), 4));
        assertThat(pruner("prune: { by: patient, patience: 3, delta: 0.1, then: wilcoxon, level: 0.05, least: 4 }"))
                .contains(new Patient(Optional.of(new Wilcoxon(0.05, 4)), 3, 0.1));
        assertThat(pruner("prune: { by: extrapolate, level: 0.01, startup: 8, warmup: 6, interval: 2 }"))
                .contains(new Extrapolation(0.01, 8, 6, OptionalDouble.of(2)));
        assertThat(pruner("prune: { by: model, grace: 4, reduction: 3, startup: 1, percentile: 10 }"))
                .contains(new Consultation(3, OptionalDouble.of(4), 1, 10));
        assertThat(pruner("prune: { by: patient, then: model, patience: 4 }"))
                .contains(new Patient(Optional.of(new Consultation(2, OptionalDouble.empty(), 5, 25)), 4, 0));
        assertThat(pruner("prune: { by: patient, then: extrapolate }"))
                .contains(new Patient(Optional.of(new Extrapolation(0.05, 5, 0, OptionalDouble.empty())), 10, 0));
        assertThat(pruner("prune: { by: threshold, low: -1, high: 2, warmup: 3 }"))
                .contains(new Threshold(-1, 2, new Timing(3, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prune: medium | chiron.yaml:8: prune: unknown `medium`, did you mean `median`?",
                "prune: { reduction: 3 } | chiron.yaml:8: prune.reduction: is a setting of asha, hyperband, model; name the rule with prune.by",
                "prune: { by: median, reduction: 3 } | chiron.yaml:8: prune.reduction: is a setting of asha, hyperband, model, not of median: take it out",
                "prune: { by: patient, then: asha, startup: 3 } | chiron.yaml:8: prune.startup: is a setting of median, percentile, extrapolate, model, not of patient and asha: take it out",
                "prune: { by: median, then: asha } | chiron.yaml:8: prune.then: is a setting of patient, not of median",
                "prune: { by: patient, then: patient } | chiron.yaml:8: prune.then: unknown `patient`",
                "prune: threshold | chiron.yaml:8: prune: threshold needs a bound: add low or high, in the metric's own unit",
                "prune: { by: asha, reduction: 1 } | chiron.yaml:8: prune.reduction: `1` does not lie in [2, 2147483647]",
                "prune: { by: asha, grace: 0 } | chiron.yaml:8: prune.grace: `0` will not do: a number above 0, in steps as the script counts them, such as 5",
                "prune: { by: percentile, percentile: 101 } | chiron.yaml:8: prune.percentile: `101` does not lie in [0, 100]",
                "prune: { by: extrapolate, level: 0 } | chiron.yaml:8: prune.level: `0` will not do: a number above 0, such as 0.1",
                "prune: { by: median, start: 3 } | chiron.yaml:8: prune: unknown key `start`, did you mean `startup`?",
            })
    void whatIsNoRuleIsRefused(String prune, String message) {
        assertThat(here.message(Workplace.YAML + prune + "\n")).startsWith(message);
    }

    @Test
    void aFlagHoldsAgainstTheFile() throws IOException {
        String yaml = Workplace.YAML + "prune: { by: asha, reduction: 3 }\n";
        assertThat(here.spec(yaml, new Setting("prune.by", "none", "--prune")).prune())
                .isEqualTo(PruneSpec.NONE);
        assertThat(here.spec(
                                Workplace.YAML,
                                new Setting("prune.by", "asha", "--prune"),
                                Setting.set("prune.reduction=2"))
                        .prune()
                        .toString())
                .isEqualTo("asha, reduction 2");
        assertThat(here.message(yaml, new Setting("prune.by", "median", "--prune")))
                .isEqualTo(
                        "chiron.yaml:8: prune.reduction: is a setting of asha, hyperband, model, not of median: take it out");
    }

    @Test
    void aStudyKeepsTheRuleThatItBeganWith() throws IOException {
        Spec without = here.spec(Workplace.YAML);
        assertThat(FrozenSpec.text(without, folder)).doesNotContain("prune");
        for (String prune : List.of(
                "median",
                "{ by: asha, grace: 0.5 }",
                "{ by: patient, then: threshold, low: -1e-9, patience: 0 }",
                "{ by: extrapolate, level: 0.2 }",
                "{ by: patient, then: model, grace: 3 }",
                "{ by: hyperband, longest: 81 }")) {
            Spec spec = here.spec(Workplace.YAML + "prune: " + prune + "\n");
            Path file = Files.writeString(folder.resolve("study.yaml"), FrozenSpec.text(spec, folder));

            assertThat(FrozenSpec.read(file).prune()).isEqualTo(spec.prune());
            assertThat(FrozenSpec.differences(FrozenSpec.read(file), spec)).isEmpty();
            assertThat(FrozenSpec.differences(spec, without))
                    .containsExactly("prune (was " + spec.prune() + ", is none)");
        }
    }
}
