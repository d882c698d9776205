package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several models, wherever they are written. */
class ModelListTest {

    @TempDir
    Path folder;

    private Workplace here;

    @BeforeEach
    void project() throws IOException {
        here = Workplace.in(folder);
    }

    private List<String> models(String yaml) throws IOException {
        return here.spec(Workplace.YAML + yaml).llm().models();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llm: [\"ollama:qwen3:8b\", builtin]",
                "llm: [ollama:qwen3:8b, builtin]",
                "llm: { model: [\"ollama:qwen3:8b\", builtin], share: 0.4 }",
                "llm: { model: \"ollama:qwen3:8b,builtin\" }",
                "llm:\n  - ollama:qwen3:8b\n  - builtin",
                "llm: ollama:qwen3:8b , builtin"
            })
    void listsAndTextsMeanTheSame(String yaml) throws IOException {
        assertThat(models(yaml + "\n")).containsExactly("ollama:qwen3:8b", "builtin");
    }

    @Test
    void oneAloneNeedsNoSection() throws IOException {
        assertThat(models("llm: builtin\n")).containsExactly("builtin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command:sh a.sh 1,2, 3 | command:sh a.sh 1,2, 3",
                "command:agent -m x,y, ollama:z | command:agent -m x,y; ollama:z",
                "replay:a,b | replay:a,b",
                "builtin,command:p , q,builtin | builtin; command:p , q; builtin",
                "openai:a,typo:b | openai:a; typo:b"
            })
    void commasInsideAProgramsWordsAreItsOwn(String text, String models) {
        assertThat(ModelList.of(text)).containsExactly(models.split("; "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[builtin, builtin] | builtin is given twice",
                "[builtin, none] | none cannot share the model's turns",
                "[perturb, builtin] | perturb cannot share the model's turns",
                "[\"replay:x\", builtin] | replay:x cannot share the model's turns",
                "[] | expected a list of models",
                "[\"command:x, builtin\"] | expected a list of models",
                "[[builtin]] | expected a single value, not a list",
                "\"builtin,,ollama:x\" | has a comma too many",
                "\"builtin,\" | has a comma too many"
            })
    void whatCannotShareAStudyIsRefused(String list, String why) {
        assertThatThrownBy(() -> models("llm: { model: " + list + " }\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("chiron.yaml:")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"openai:a\", \"anthropic:b\" | key_env: LAB_KEY | true",
                "\"openai:a\", \"ollama:b\" | url: \"http://gpu:1\" | true",
                "\"openai-compatible:a@http://x/v1\", \"openai-compatible:b@http://y/v1\" | key_env: LAB_KEY | true",
                "\"openai-compatible:a@http://x/v1\", \"openai-compatible:b@http://x/v1\" | key_env: LAB_KEY | false",
                "\"ollama:a\", \"ollama:b\", builtin | url: \"http://gpu:1\" | false",
                "\"openai:a\", \"command:b\" | key_env: LAB_KEY | false"
            })
    void noKeyAndNoAddressGoesToServersOfSeveralKinds(String list, String setting, boolean refused) throws IOException {
        String yaml = "llm: { model: [" + list + "], " + setting + " }\n";
        if (refused) {
            assertThatThrownBy(() -> models(yaml))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("would hold for models of different servers");
        } else {
            assertThat(models(yaml)).hasSizeGreaterThan(1);
        }
    }

    @Test
    void aStudyKeepsThemInOrderAndThePromptOfEach() throws IOException {
        Spec spec = here.spec(
                Workplace.YAML
                        + "llm: { model: [\"ollama:qwen3:8b\", \"command:sh 'a b' 1,2\"], prompt: \"full, small\", trial_usd: 0.25 }\n");
        Path study = Files.createDirectories(folder.resolve("study"));
        Path file = Files.writeString(study.resolve("study.yaml"), FrozenSpec.text(spec, study));

        LlmSpec llm = FrozenSpec.read(file).llm();
        assertThat(llm).isEqualTo(spec.llm());
        assertThat(llm.asking().prompts()).containsExactly("full", "small");
        assertThat(llm.asking().trialUsd()).isEqualTo(0.25);
        assertThat(llm.model()).isEqualTo("ollama:qwen3:8b, command:sh 'a b' 1,2");
    }
}
