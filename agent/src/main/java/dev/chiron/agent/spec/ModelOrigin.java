package dev.chiron.agent.spec;

import java.util.Optional;

/**
 * Where the models of a study come from.
 *
 * @param otherwise the models that would be asked without a flag, as text, {@code none} where nothing names any; empty where a study from
 *     before this was written down does not say
 * @param why why these and not others, for people; empty where there is nothing to explain
 */
public record ModelOrigin(String otherwise, String why) {

    /** The key of {@code otherwise} in a study.yaml. */
    static final String KEY = "otherwise";

    /** Models that were chosen, and why. */
    record Choice(Scalar models, ModelOrigin origin) {}

    /** Those of a new study. */
    static Choice fresh(Optional<Scalar> flag, Optional<Scalar> written) {
        return new Choice(
                flag.or(() -> written).orElseGet(ModelOrigin::none),
                new ModelOrigin(written.orElseGet(ModelOrigin::none).words(), ""));
    }

    /**
     * Those of a study that goes on: the ones it began with, unless a flag says otherwise now, or what is written says something else
     * than when it began.
     *
     * @param flag what the command line names
     * @param written what is named elsewhere: by a variable, the task or the person's settings
     * @param began what the study began with
     * @param then what was written when it began; empty where that is not known
     */
    static Choice resumed(Optional<Scalar> flag, Optional<Scalar> written, Scalar began, String then) {
        String otherwise = written.orElseGet(ModelOrigin::none).words();
        if (flag.isPresent()) {
            String why = isSame(flag.get(), began.words())
                    ? ""
                    : said(flag.get()) + "; the study began with " + began.words();
            return new Choice(flag.get(), new ModelOrigin(otherwise, why));
        }
        if (written.isEmpty() || isSame(written.get(), began.words())) {
            return new Choice(began, new ModelOrigin(otherwise, ""));
        }
        Scalar now = written.get();
        if (then.isEmpty() ? isVariable(now) : !isSame(now, then)) {
            String why = said(now) + (isVariable(now) ? "" : " was changed since") + "; the study began with "
                    + began.words();
            return new Choice(now, new ModelOrigin(otherwise, why));
        }
        String why = (then.isEmpty()
                        ? "as the study began; whether it was changed since is not known of "
                        : "as the study began; ")
                + said(now) + (then.isEmpty() ? ", which says " : " says ") + now.words() + ", for which give --llm";
        return new Choice(began, new ModelOrigin(otherwise, why));
    }

    private static Scalar none() {
        return new Scalar(new Place("default", Key.LLM_MODEL.dotted()), Key.LLM_MODEL.fallback(), false);
    }

    private static String said(Scalar models) {
        return models.place().source();
    }

    private static boolean isVariable(Scalar models) {
        return Key.isVariable(said(models));
    }

    private static boolean isSame(Scalar models, String others) {
        return ModelList.of(models.words()).equals(ModelList.of(others));
    }
}
