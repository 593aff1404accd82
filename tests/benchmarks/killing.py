"""2,000 due mailings, killed five times on the way: nothing twice, nothing lost.

Run as `python -m tests.benchmarks.killing [MAILINGS]`; prints what the server took and what the ledger says.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.departments import department
from tests.cli.kills import Deadly, ended, run, states
from tests.servers import aiosmtpd

KILLS = 5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    chance, server = random.Random(5), Deadly()
    with aiosmtpd(server) as port, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        department(folder, count, port=port)
        begun, killed = time.perf_counter(), 0
        for kill in range(KILLS):
            process = run(folder)
            goal = count * (kill + 1) // (KILLS + 2) + chance.randrange(20)
            while len(server.taken) < goal and process.poll() is None:
                time.sleep(0.003)
            time.sleep(chance.uniform(0, 0.05))
            process.kill()
            killed += process.wait() == -9
        between = states(folder)
        ended(folder, run(folder))
        seconds, after = time.perf_counter() - begun, states(folder)
    # The organizer's mail about what is unknown went to the same server.
    taken = {key: times for key, times in server.taken.items() if key[1].startswith("list-")}
    twice = sum(times > 1 for times in taken.values())
    print(f"{count} due mailings, killed {killed} times on the way, then run to the end: {seconds:.0f} s")
    print(f"  after the last kill       {dict(between)}")
    print(f"  in the end                {dict(after)}")
    print(f"  the server took           {len(taken)}, and {twice} of them twice")
    print(f"  accepted, but not taken   {max(0, after['accepted'] - len(taken))}")
    sys.exit(1 if twice or after.total() != count else 0)


if __name__ == "__main__":
    main()
