package dev.chiron.prompts.facts;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a parameter is, by its name. Names are compared in lower case with words parted by underscores: {@code MATRIX_LR},
 * {@code optimizer.lr} and {@code peakLr} all end in {@code lr}. The longest alias decides, so that a
 * {@code DEVICE_BATCH_SIZE} is no {@code batch_size}.
 */
public enum Quantity {
    /** Of an optimizer's step, at its peak. */
    LEARNING_RATE(
            "learning rate",
            "matrix_lr lr learning_rate max_lr peak_lr base_lr lr_max learning_rate_init max_learning_rate",
            "step_size"),
    /** Of groups that a rule about hidden matrices does not hold for. */
    OTHER_RATE(
            "learning rate of embeddings or scalars",
            "embedding_lr embed_lr unembedding_lr head_lr scalar_lr bias_lr norm_lr embedding_learning_rate",
            ""),
    /** Where a schedule ends, or as a share of its peak. */
    FINAL_RATE(
            "final learning rate",
            "min_lr final_lr end_lr lr_min lr_end eta_min final_lr_frac final_lr_ratio min_lr_ratio min_learning_rate",
            ""),
    /** Examples or tokens of one optimizer step. */
    BATCH(
            "batch size",
            "batch_size total_batch_size global_batch_size train_batch_size batch_tokens minibatch_size mini_batch_size",
            "batch bs minibatch"),
    /** Examples that a device holds at once. */
    DEVICE_BATCH(
            "batch size on a device",
            "device_batch_size micro_batch_size microbatch_size per_device_batch_size per_device_train_batch_size"
                    + " per_gpu_batch_size local_batch_size",
            "mbs"),
    /** Layers, or residual blocks. */
    DEPTH(
            "depth",
            "n_layer n_layers num_layers num_hidden_layers n_blocks num_blocks",
            "depth layers blocks model_depth"),
    /** Features between layers. */
    WIDTH(
            "width",
            "d_model n_embd n_embed model_dim hidden_size hidden_dim embed_dim embedding_dim model_width",
            "width dim hidden hidden_units"),
    /** Width by depth: Kaplan et al. 2020 (arXiv 2001.08361). */
    ASPECT("aspect ratio", "aspect_ratio", ""),
    /** Attention heads of a layer. */
    HEADS("attention heads", "n_head n_heads num_heads num_attention_heads", "heads"),
    /** Features of an attention head. */
    HEAD_WIDTH("width of a head", "head_dim head_size d_head", ""),
    /** Decoupled, as in AdamW. */
    WEIGHT_DECAY("weight decay", "weight_decay weightdecay adamw_decay", "wd"),
    /** Adam's first decay rate. */
    BETA1("beta1", "beta1 beta_1 adam_b1", "b1"),
    /** Adam's second decay rate. */
    BETA2("beta2", "beta2 beta_2 adam_b2", "b2"),
    /** How long the learning rate rises. */
    WARMUP(
            "warm-up",
            "warmup warmup_steps warmup_ratio warmup_frac warmup_fraction warmup_iters warmup_epochs pct_start",
            ""),
    /** How long the learning rate falls at the end. */
    WARMDOWN(
            "warm-down",
            "warmdown warmdown_ratio warmdown_steps warmdown_frac cooldown cooldown_ratio cooldown_steps cooldown_frac"
                    + " decay_frac decay_fraction decay_ratio",
            ""),
    /** Optimizer steps of a run. */
    STEPS(
            "steps",
            "train_steps max_steps num_steps n_steps total_steps num_iterations max_iters n_iters max_iterations",
            "steps iterations iters"),
    /** Passes over the data. */
    EPOCHS("epochs", "epochs n_epochs num_epochs max_epochs", ""),
    /** Tokens that a run is trained on. */
    TOKENS("training tokens", "train_tokens num_tokens max_tokens total_tokens token_budget", "tokens"),
    /** Tokens of one example. */
    SEQUENCE(
            "sequence length",
            "seq_len seq_length sequence_length max_seq_len block_size context_length context_len ctx_len",
            "sequence"),
    /** Weights of the model without its embeddings. */
    PARAMS("parameters", "n_params num_params", "params"),
    /** What would be taken for one of the others by its last words. */
    UNKNOWN(
            "",
            "eval_batch_size val_batch_size valid_batch_size test_batch_size max_depth tree_depth min_depth"
                    + " eval_steps val_steps log_steps save_steps decay_steps ns_steps lr_step_size",
            "");

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

    private final String words;
    private final String endings;
    private final String names;

    /**
     * @param words what it is called
     * @param endings aliases, which are also known with something before them, parted by spaces
     * @param names aliases that are known alone
     */
    Quantity(String words, String endings, String names) {
        this.words = words;
        this.endings = endings;
        this.names = names;
    }

    private static List<String> split(String aliases) {
        return Stream.of(aliases.split(" ")).filter(alias -> !alias.isEmpty()).toList();
    }

    /** What it is called, in words. */
    public String words() {
        return words;
    }

    /** The key by which a person gives its value: {@code head_width}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names by which it is known. */
    public List<String> aliases() {
        return Stream.concat(split(endings).stream(), split(names).stream()).toList();
    }

    /** What a parameter of this name is; empty if its name does not say. */
    public static Optional<Quantity> of(String parameter) {
        String name = normal(HUMP.matcher(parameter).replaceAll("_"));
        return Arrays.stream(values())
                .filter(quantity -> quantity.match(name) > 0)
                .max(Comparator.comparingInt(quantity -> quantity.match(name)))
                .filter(quantity -> quantity != UNKNOWN);
    }

    /** The length of the longest alias that the name is or ends in; 0 for none. */
    private int match(String name) {
        return Stream.concat(
                        split(names).stream().filter(name::equals),
                        split(endings).stream().filter(alias -> name.equals(alias) || name.endsWith("_" + alias)))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /** In lower case, everything but letters and digits an underscore. */
    private static String normal(String text) {
        return OTHER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("_");
    }
}
