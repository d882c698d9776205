package dev.chiron.prompts.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person wants tuned, in plain words, with what they have of cards. Nothing in it could be a key.
 *
 * @param words the person's, masked
 * @param data the data card
 * @param model the model card
 * @param readme what was found beside the script and stands in for the cards that are not given
 */
public record Request(String words, Optional<CardText> data, Optional<CardText> model, Optional<CardText> readme) {

    /** Characters of a person's words that are taken. */
    public static final int LONGEST = 4_000;

    /** The request of a person who wrote these words. */
    public static Request of(
            String words, Optional<CardText> data, Optional<CardText> model, Optional<CardText> readme) {
        String plain = CardText.prose(Written.beginning(words, LONGEST));
        return new Request(plain.strip(), data, model, readme);
    }

    /** All that it says, to look up whether something stands in it. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(words));
        data.map(CardText::text).ifPresent(texts::add);
        model.map(CardText::text).ifPresent(texts::add);
        readme.map(CardText::text).ifPresent(texts::add);
        return texts;
    }
}
