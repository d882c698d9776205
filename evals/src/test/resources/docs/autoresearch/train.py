"""A stand-in for karpathy/autoresearch's train.py: its constants as they stand there, and a made-up result."""

import math

from prepare import TIME_BUDGET

# Model architecture
ASPECT_RATIO = 64       # model_dim = depth * ASPECT_RATIO
HEAD_DIM = 128          # target head dimension for attention
WINDOW_PATTERN = "SSSL" # sliding window pattern: L=full, S=half context

# Optimization
TOTAL_BATCH_SIZE = 2**19 # ~524K tokens per optimizer step
EMBEDDING_LR = 0.6      # learning rate for token embeddings (Adam)
UNEMBEDDING_LR = 0.004  # learning rate for lm_head (Adam)
MATRIX_LR = 0.04        # learning rate for matrix parameters (Muon)
SCALAR_LR = 0.5         # learning rate for per-layer scalars (Adam)
WEIGHT_DECAY = 0.2      # cautious weight decay for Muon
ADAM_BETAS = (0.8, 0.95) # Adam beta1, beta2
WARMUP_RATIO = 0.0      # fraction of time budget for LR warmup
WARMDOWN_RATIO = 0.5    # fraction of time budget for LR warmdown
FINAL_LR_FRAC = 0.0     # final LR as fraction of initial

# Model size
DEPTH = 8               # number of transformer layers
DEVICE_BATCH_SIZE = 128  # per-device batch size (reduce if OOM)

tokens_per_fwdbwd = DEVICE_BATCH_SIZE * 2048
assert TOTAL_BATCH_SIZE % tokens_per_fwdbwd == 0
rates = [EMBEDDING_LR / 0.6, UNEMBEDDING_LR / 0.004, MATRIX_LR / 0.022, SCALAR_LR / 0.5]
off = sum(math.log(rate) ** 2 for rate in rates) + abs(math.log2(TOTAL_BATCH_SIZE / 2**17)) + abs(DEPTH - 9) / 10
off += WEIGHT_DECAY + WARMUP_RATIO + abs(WARMDOWN_RATIO - 0.6) + FINAL_LR_FRAC + abs(ASPECT_RATIO * DEPTH / HEAD_DIM - 4) / 10
off += 0.01 * WINDOW_PATTERN.count("S")
print("---")
print(f"val_bpb:          {0.97 + 0.01 * off:.6f}")
print(f"training_seconds: {TIME_BUDGET:.1f}")
print(f"peak_vram_mb:     {45060.2:.1f}")
