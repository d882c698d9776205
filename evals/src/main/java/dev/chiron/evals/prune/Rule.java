package dev.chiron.evals.prune;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.PruneSpec;
import dev.chiron.agent.spec.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule for stopping early.
 *
 * @param name what the table calls it
 */
public record Rule(String name, PruneSpec spec) {

    /**
     * As a person writes it: {@code median}, {@code asha:reduction=3:grace=2}, {@code none}.
     *
     * @throws BadInput if there is no such rule, or it has no such setting
     */
    public static Rule of(String text) {
        String[] words = text.strip().split(":", -1);
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("prune.by", words[0], "--rules"));
        for (int i = 1; i < words.length; i++) {
            String[] sides = words[i].split("=", -1);
            if (sides.length != 2) {
                throw new BadInput(
                        "--rules " + text + ": expected RULE:SETTING=VALUE, such as asha:reduction=3:grace=2");
            }
            settings.add(new Setting("prune." + sides[0], sides[1], "--rules"));
        }
        return new Rule(text.strip().replace(":", ", ").replace("=", " "), PruneSpec.of(settings));
    }
}
