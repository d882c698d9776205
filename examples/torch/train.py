"""Trains a small transformer on a made-up language with PyTorch, on a GPU where there is one.

`--dry-run` needs neither PyTorch nor a GPU: it says how large the model is and walks through the schedule.
"""

import math
import sys
import time

DEPTH = 4
WIDTH = 256
HEADS = 4
BATCH_SIZE = 64
LEARNING_RATE = 0.001
WEIGHT_DECAY = 0.1
WARMUP_RATIO = 0.05
DROPOUT = 0.0

SECONDS = 60
LETTERS = 32
LENGTH = 128


def rate(progress):
    """The learning rate at a share of the run: a linear warm-up, then a cosine to a tenth."""
    if progress < WARMUP_RATIO:
        return LEARNING_RATE * progress / WARMUP_RATIO
    rest = (progress - WARMUP_RATIO) / (1 - WARMUP_RATIO)
    return LEARNING_RATE * (0.55 + 0.45 * math.cos(math.pi * rest))


def weights():
    return DEPTH * 12 * WIDTH * WIDTH + (2 * LETTERS + LENGTH) * WIDTH


def dry_run():
    assert WIDTH % HEADS == 0, "WIDTH must be a multiple of HEADS"
    print(f"weights: {weights()}")
    print(f"megabytes of weights, gradients and Adam: {weights() * 16 / 1e6:.0f}")
    for step in range(5):
        print(f"progress {step / 4:.2f} learning rate {rate(step / 4):.6f}")


def train():
    import torch
    from torch import nn

    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(time.time_ns() % 2**32)  # another in each run, so that --repeats shows the noise
    language = torch.Generator().manual_seed(0)
    follows = torch.softmax(3 * torch.randn(LETTERS, LETTERS, LETTERS, generator=language), -1)

    def texts(count):
        letters = torch.randint(LETTERS, (count, 2))
        for _ in range(LENGTH - 1):
            chances = follows[letters[:, -2], letters[:, -1]]
            letters = torch.cat([letters, torch.multinomial(chances, 1)], 1)
        return letters[:, 1:].to(device)

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.letters = nn.Embedding(LETTERS, WIDTH)
            self.places = nn.Parameter(0.02 * torch.randn(LENGTH, WIDTH))
            layer = nn.TransformerEncoderLayer(WIDTH, HEADS, 4 * WIDTH, DROPOUT, batch_first=True, norm_first=True)
            self.layers = nn.TransformerEncoder(layer, DEPTH, enable_nested_tensor=False)
            self.out = nn.Linear(WIDTH, LETTERS)
            self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(LENGTH - 1))

        def loss(self, text):
            known, wanted = text[:, :-1], text[:, 1:]
            features = self.letters(known) + self.places[: known.shape[1]]
            guesses = self.out(self.layers(features, mask=self.mask, is_causal=True))
            return nn.functional.cross_entropy(guesses.flatten(0, 1), wanted.flatten())

    net = Net().to(device)
    optimizer = torch.optim.AdamW(net.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    data, held_out = texts(20000), texts(1000)
    began, step = time.time(), 0
    while time.time() - began < SECONDS:
        for group in optimizer.param_groups:
            group["lr"] = rate((time.time() - began) / SECONDS)
        loss = net.loss(data[torch.randint(len(data), (BATCH_SIZE,))])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        if step % 200 == 0:
            print(f"step {step} train_loss: {loss.item():.4f}", flush=True)
    net.eval()
    with torch.no_grad():
        print(f"val_loss: {sum(net.loss(part).item() for part in held_out.split(100)) / 10:.4f}")
    if device == "cuda":
        print(f"peak_vram_mb: {torch.cuda.max_memory_allocated() / 1e6:.0f}")


if __name__ == "__main__":
    dry_run() if "--dry-run" in sys.argv else train()
