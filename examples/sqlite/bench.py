"""Fills a table of SQLite and asks it, with the settings that the environment gives; prints how long that took."""

import os
import random
import sqlite3
import tempfile
import time

ROWS = 8000
QUESTIONS = 3000


def setting(name):
    return os.environ[name]


with tempfile.TemporaryDirectory(dir=".") as folder:
    began = time.perf_counter()
    database = sqlite3.connect(os.path.join(folder, "test.db"), isolation_level=None)
    database.execute(f"PRAGMA page_size = {setting('PAGE_SIZE')}")
    database.execute(f"PRAGMA journal_mode = {setting('JOURNAL')}")
    database.execute(f"PRAGMA synchronous = {setting('SYNCHRONOUS')}")
    database.execute(f"PRAGMA cache_size = -{setting('CACHE_KB')}")
    database.execute(f"PRAGMA mmap_size = {int(setting('MMAP_MB')) * 1024 * 1024}")
    database.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, amount REAL, note TEXT)")
    if setting("INDEX") == "true":
        database.execute("CREATE INDEX by_customer ON orders (customer)")
    draw = random.Random(0)
    batch = int(setting("BATCH"))
    for first in range(0, ROWS, batch):
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO orders (customer, amount, note) VALUES (?, ?, ?)",
            [(draw.randrange(500), draw.random(), "x" * draw.randrange(100)) for _ in range(min(batch, ROWS - first))],
        )
        database.execute("COMMIT")
    found = 0
    for _ in range(QUESTIONS // 10):
        found += len(database.execute("SELECT amount FROM orders WHERE customer = ?", (draw.randrange(500),)).fetchall())
    for _ in range(QUESTIONS):
        found += len(database.execute("SELECT note FROM orders WHERE id = ?", (draw.randrange(ROWS),)).fetchall())
    database.close()
    print(f"rows: {found}")
    print(f"seconds: {time.perf_counter() - began:.4f}")
