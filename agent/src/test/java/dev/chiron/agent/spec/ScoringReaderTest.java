package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.sandbox.run.Scoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringReaderTest {

    private static final String FULL = Workplace.YAML + """
            evaluate: python3 prepare.py --score {artifacts} --depth {DEPTH}
            holdout: python3 prepare.py --score {artifacts} --split test
            artifacts: out/model/
            hidden: [data/val.txt, data/test/]
            readonly: [prepare.py]
            """;

    @TempDir
    Path folder;

    private Workplace here;

    @BeforeEach
    void makeWorkplace() throws IOException {
        here = Workplace.in(folder);
        Files.writeString(folder.resolve("prepare.py"), "");
        Files.createDirectories(folder.resolve("data/test"));
        Files.writeString(folder.resolve("data/val.txt"), "");
        Files.createSymbolicLink(folder.resolve("leaves"), Path.of("/etc"));
    }

    @Test
    void everyKeyIsReadAndReadsBackFromAStudy() throws IOException {
        Spec spec = here.spec(FULL);
        assertThat(spec.scoring())
                .isEqualTo(new Scoring(
                        Optional.of("python3 prepare.py --score {artifacts} --depth {DEPTH}"),
                        Optional.of("python3 prepare.py --score {artifacts} --split test"),
                        "out/model",
                        List.of("data/val.txt", "data/test")));
        Path file = Files.writeString(folder.resolve("study.yaml"), FrozenSpec.text(spec, folder));
        Files.delete(folder.resolve("data/val.txt"));
        assertThat(FrozenSpec.read(file)).isEqualTo(spec);
    }

    @Test
    void withoutThemAStudyIsAsItWas() throws IOException {
        Spec spec = here.spec(Workplace.YAML);
        assertThat(spec.scoring()).isEqualTo(Scoring.NONE);
        assertThat(FrozenSpec.text(spec, folder)).doesNotContain("evaluate", "holdout", "artifacts", "hidden");
        assertThat(here.spec(Workplace.YAML + "evaluate: none\n").scoring()).isEqualTo(Scoring.NONE);
    }

    @Test
    void theRunMayHaveAHoleForTheArtifactsWhereTheyAreScored() throws IOException {
        String run = FULL.replace("run: python3 {script}", "run: python3 {script} --out {artifacts}");
        assertThat(here.spec(run).run()).endsWith("{artifacts}");
        assertThat(here.message(Workplace.YAML.replace("{script}", "{script} {artifacts}")))
                .startsWith("chiron.yaml:3: run: unknown hole {artifacts}");
    }

    @Test
    void whatScoresIsFrozen() throws IOException {
        Spec spec = here.spec(FULL);
        Spec other = here.spec(FULL.replace("--split test", "--split all")
                .replace("out/model/", "out")
                .replace(", data/test/", "")
                .replace("--score", "--rate"));
        assertThat(FrozenSpec.differences(spec, other).toString())
                .contains(
                        "evaluate (was python3 prepare.py --score",
                        "holdout (was",
                        "artifacts (was out/model, is out)",
                        "hidden");
        assertThat(FrozenSpec.differences(spec, spec)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evaluate: python3 prepare.py {artefacts} | evaluate: unknown hole {artefacts}, did you mean `artifacts`?",
                "evaluate: '' | evaluate: is empty; give a value",
                "evaluate: [a] | evaluate: expected a single value, not a list",
                "evalute: x | unknown key `evalute`, did you mean `evaluate`?",
                "hiden: [data] | unknown key `hiden`, did you mean `hidden`?",
                "hidden: [data/val.txt] | hidden[0]: `data/val.txt` would be hidden from the trials with nobody to read it; give"
                        + " evaluate: or holdout:, such as evaluate: python3 prepare.py --score {artifacts}, or remove it",
                "artifacts: out | artifacts: nobody would read what trials save in `out`; give evaluate: or holdout:, such as"
                        + " evaluate: python3 prepare.py --score {artifacts}, or remove it",
            })
    void badValuesAreToldWithTheirPlace(String line, String message) {
        assertThat(here.message(Workplace.YAML + line + "\n")).isEqualTo("chiron.yaml:8: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hidden: [data/none.txt] | hidden[0]: no file `data/none.txt` in HERE; correct or remove it",
                "hidden: [train.py] | hidden[0]: `train.py` holds the script train.py, which every trial needs",
                "hidden: [../x] | hidden[0]: `../x` must lie in the project's folder HERE",
                "hidden: [/etc/passwd] | hidden[0]: `/etc/passwd` must lie in the project's folder HERE",
                "hidden: [leaves/passwd] | hidden[0]: `leaves/passwd` leads out of the project's folder HERE",
                "hidden: data | hidden: expected a list, for example [data/val.txt, data/test.txt]",
                "artifacts: ../out | artifacts: `../out` must lie in the project's folder HERE",
                "artifacts: /tmp | artifacts: `/tmp` must lie in the project's folder HERE",
                "artifacts: . | artifacts: `.` must lie in the project's folder HERE",
                "artifacts: train.py | artifacts: trials save what is scored in train.py, which must be a folder of its own:"
                        + " train.py is in its way",
            })
    void badPathsAreToldWithTheirPlace(String line, String message) {
        assertThat(here.message(Workplace.YAML + "evaluate: sh score.sh\n" + line + "\n"))
                .isEqualTo("chiron.yaml:9: " + message);
    }

    @Test
    void theArtifactsFolderIsNobodyElses() {
        String yaml = Workplace.YAML + "evaluate: sh score.sh\n";
        assertThat(here.message(yaml + "artifacts: data\nreadonly: [data/val.txt]\n"))
                .isEqualTo(
                        "chiron.yaml:9: artifacts: trials save what is scored in data, which must be a folder of its own:"
                                + " data/val.txt is in its way");
        assertThat(here.message(yaml + "artifacts: data/out\nhidden: [data]\n")).contains("data is in its way");
        assertThat(here.message(yaml.replace("{ name: val_bpb }", "{ name: x, from: { file: artifacts/r.json } }")))
                .isEqualTo(
                        "chiron.yaml:1: metric.from: artifacts/r.json lies in artifacts, where trials write; let the evaluator"
                                + " write it elsewhere");
        assertThat(here.message(yaml.replace("DEPTH:", "artifacts:"))).contains("cannot be called artifacts");
    }
}
