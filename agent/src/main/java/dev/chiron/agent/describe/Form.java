package dev.chiron.agent.describe;

import java.util.regex.Pattern;

/**
 * Words in which a request says something of constants, and which can hardly mean anything else. They begin where a clause begins and end where one
 * may end: what goes on otherwise ({@code do not tune the batch size below 16}) is not understood.
 */
enum Form {
    /** Not to be tuned. */
    LEAVE(
            "NOT (?:ever )?TUNE LIST",
            "without (?:tuning|touching|changing|varying) LIST",
            "no tuning of LIST",
            "leave LIST (?:alone|untouched|unchanged|fixed|as (?:it is|they are|is))",
            "(?:keep|hold) LIST (?:fixed|constant|unchanged|frozen|the same|as (?:it is|they are|is))",
            "(?:fix|freeze) LIST",
            "LIST (?:STAY|is|are|must be|should be) (?:fixed|constant|unchanged|frozen|the same|untouched|as (?:it is|they are|is))",
            "LIST (?:must|should|may|shall|can|is|are) ?(?:not|n't) (?:to )?be (?:tuned|changed|touched|varied)"),
    /** The only ones to be tuned. */
    ONLY(
            "(?:only TUNE|TUNE (?:only|just|nothing but)) LIST",
            "TUNE LIST (?:only|(?:and|but) nothing else)",
            "only LIST (?:should be|may be|must be|is to be|are to be) (?:tuned|changed|varied|searched)"),
    /** To be as the script has them, by their values. */
    KEEP("(?:keep|hold|fix|leave|freeze) ITEMS", "MENTION (?:STAY|(?:is |must be )?fixed) at VALUE"),
    /** To be searched in powers of two. */
    POWERS(
            "(?:use |try |take )?(?:only )?POWERS (?:only )?for LIST",
            "(?:(?:TUNE|keep|try) )?LIST (?:(?:STAY|is|are|must be|should be|has to be) )?(?:only )?(?:in |a |as |over )?POWERS"),
    /** To be searched between two values. */
    RANGE(
            "(?:(?:TUNE|keep|try|limit) )?MENTION (?:(?:to )?(?:lie |be |stay |is |(?:must|should) (?:lie|be|stay) ))?"
                    + "(?:between|from|in the range|within|to) (?<low>NUMBER) ?(?:and|to|-|\\.\\.) ?(?<high>NUMBER)(?<powers> in POWERS)?");

    private static final String START =
            "(?:(?<=^|[,:(] |[(] ?| and | but | then )|(?<= )(?=without ))(?:(?:please|also|so|and|but|then|always|just|you (?:should|must|can)|i (?:want|would like) (?:you )?to|we|let us|let's|must|should) )*";
    private static final String END =
            "(?= ?(?:$|,(?!\\d)|[:)]|(?:and|but(?! for| only| by)|because|since|as (?:it|they|that|this)"
                    + "|so that|yet|at all|for now|please|either|though)\\b))";
    private static final String NOT = "(?:do not|don'?t|never|must not|should not|mustn't|shouldn't|cannot|can't"
            + "|(?:i|we) (?:do not|don'?t) want (?:you )?to)";
    private static final String TUNE = "(?:tune|touch|change|vary|search|optimi[sz]e|alter|modify|explore)";
    private static final String STAY = "(?:stays?|remains?|(?:must|should) (?:stay|remain)|(?:is|are) to stay)";
    private static final String POWERS_OF_TWO = "powers? of (?:two|2)";
    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?(?![\\w%])";
    private static final String VALUE = "(?:\"[^\"]*+\"|'[^']*+'|[^\\s,:()\"']++)";

    private final String words;

    Form(String... words) {
        this.words = "(?:" + String.join("|", words) + ")";
    }

    /**
     * The form in a sentence with single spaces.
     *
     * @param mention a regular expression of what names constants; in the form it stands in the group {@code list}, or {@code items} with values
     */
    Pattern pattern(String mention) {
        String item = mention + " (?:fixed |constant )?(?:at|to) " + VALUE;
        return compiled(START + "(?<clause>"
                + grouped(words)
                        .replace("LIST", list(mention))
                        .replace("ITEMS", list(item))
                        .replace("MENTION", mention) + ")" + END);
    }

    /** One, or several: what stands behind a comma alone may also begin another clause, and is of the list if that ends with it. */
    private static String list(String one) {
        return one + "(?:,? (?:and|or|nor) " + one + "|, " + one + END + ")*+";
    }

    /** What is said of a value: the mention in the group {@code mention}, the value in {@code value}. */
    static Pattern item(String mention) {
        return compiled("(?<mention>" + mention + ") (?:[a-z ]{1,24} )?(?:at|to) (?<value>" + VALUE + ")");
    }

    /** Somebody may want something of a constant, in words that no form has. */
    static Pattern wanting(String mention) {
        String wanted =
                "(?:\\b(?:keep|hold|leave|fix|fixed|freeze|frozen|constant|only|just|no|never|must|should|not|use|set|exclude|excluding"
                        + "|ignore|skip|omit|at most|at least|below|above|under|over|between|range|larger|smaller|max|maximum|min|minimum)\\b"
                        + "|n't\\b)";
        return compiled(wanted + ".*?" + mention + "|" + mention + ".*?" + wanted + "|"
                + grouped("\\bNOT (?:ever )?TUNE\\b|\\bPOWERS\\b|\\b(?:nothing|everything|anything) else\\b"
                        + "|\\bleave (?:all|the) (?:others?|rest)\\b"));
    }

    private static String grouped(String words) {
        return words.replace("POWERS", POWERS_OF_TWO)
                .replace("NUMBER", NUMBER)
                .replace("VALUE", VALUE)
                .replace("STAY", STAY)
                .replace("NOT", NOT)
                .replace("TUNE", TUNE);
    }

    private static Pattern compiled(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }
}
