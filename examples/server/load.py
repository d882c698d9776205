"""Starts a small server over a Unix socket, asks it for a second from several clients, prints throughput and latency."""

import argparse
import functools
import hashlib
import os
import random
import socket
import socketserver
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Process

CLIENTS = 4
SECONDS = 0.8
KEYS = 2000


class Server(socketserver.UnixStreamServer):
    """Answers a line with its digest; at most so many connections at once, so many digests remembered."""

    def __init__(self, path, workers, backlog, remembered):
        self.request_queue_size = backlog
        self.pool = ThreadPoolExecutor(workers)
        self.digest = functools.lru_cache(remembered)(self.work) if remembered else self.work
        super().__init__(path, None)

    @staticmethod
    def work(key):
        return hashlib.pbkdf2_hmac("sha256", key, b"salt", 300).hex().encode()

    def finish_request(self, request, address):
        with request.makefile("rwb", buffering=0) as stream:
            for line in stream:
                stream.write(self.digest(line) + b"\n")

    def process_request(self, request, address):
        self.pool.submit(self.process, request, address)

    def process(self, request, address):
        self.finish_request(request, address)
        self.shutdown_request(request)


def ask(path, per_connection, seed, end, times):
    draw = random.Random(seed)
    while time.perf_counter() < end:
        began = time.perf_counter()
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            with connection.makefile("rwb", buffering=0) as stream:
                for _ in range(per_connection):
                    key = int(draw.paretovariate(0.6)) % KEYS
                    stream.write(b"%d\n" % key)
                    stream.readline()
                    now = time.perf_counter()
                    times.append(now - began)
                    began = now


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("workers", "backlog", "remembered", "per-connection"):
        parser.add_argument("--" + name, type=int, required=True)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s")
        server = Server(path, given.workers, given.backlog, given.remembered)
        process = Process(target=server.serve_forever, daemon=True)
        process.start()
        times = []
        end = time.perf_counter() + SECONDS
        clients = [
            threading.Thread(target=ask, args=(path, given.per_connection, seed, end, times), daemon=True)
            for seed in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join(SECONDS + 5)
        process.terminate()
    times.sort()
    print(f"requests_per_s: {len(times) / SECONDS:.0f}")
    print(f"p99_ms: {1000 * times[int(0.99 * (len(times) - 1))]:.3f}")
