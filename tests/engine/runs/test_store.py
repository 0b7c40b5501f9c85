"""The store of runs: what goes in comes out, whatever happens to the file or the program. No Qt, no Keras."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.errors import EngineError
from engine.happenings import Happening
from engine.runs.schema import MIGRATIONS, OURS, VERSION, Damaged, StoreError
from engine.runs.store import Store, opened
from engine.runs.values import SILENT, RunRow, network_key
from tests.engine.runs.kept import CHAIN, begun, epochs, filled, spool


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "runs.sqlite")


def test_a_run_comes_back_as_it_went_in(store: Store) -> None:
    id = filled(store)
    store.tell(id, note="first try", device="CPU:0", versions={"keras": "3"}, tested={"accuracy": 0.9})
    store.set_tags(id, ["small", " digits ", "small", ""])
    (row,) = store.rows()
    assert (row.id, row.title, row.status, row.seconds, row.epochs) == (id, "lenet", "finished", 1.5, 3)
    assert (row.note, row.device, row.versions, row.tags) == ("first try", "CPU:0", {"keras": "3"}, ("digits", "small"))
    assert row.last == epochs()[-1].metrics
    assert row.tested == {"accuracy": 0.9}
    assert row.recipe["batch_size"] == 32
    assert store.drawing(id) == CHAIN
    assert store.epochs(id) == epochs()


def test_steps_are_one_column_however_they_came(store: Store) -> None:
    store.begin(begun("a"))
    store.add_steps("a", [spool(1, 3), spool(4, 4)])
    store.add_steps("a", [spool(5, 9)])
    (steps,) = store.steps("a")
    assert steps.numbers.tolist() == list(range(1, 10))
    assert np.array_equal(steps.values, spool(1, 9).values)
    assert steps.seconds is None


def test_many_blobs_become_one(store: Store) -> None:
    store.begin(begun("a"))
    for place in range(1, 40, 2):
        store.add_steps("a", [spool(place, place + 1)])
    store.join_steps("a")
    assert store._db.execute("SELECT count(*) FROM spools").fetchone() == (1,)
    assert store.steps("a")[0].numbers.tolist() == list(range(1, 41))


def test_a_part_may_fail_alone(store: Store) -> None:
    def fail() -> None:
        with store.together():
            store.begin(begun("b"))
            raise RuntimeError

    with store.together():
        store.begin(begun("a"))
        with pytest.raises(RuntimeError):
            fail()
        store.begin(begun("c"))
    assert store.ids() == {"a", "c"}


def test_steps_that_have_seconds_keep_them_beside_those_that_have_none(store: Store) -> None:
    store.begin(begun("a"))
    store.add_steps("a", [spool(1, 3), spool(4, 6, timed=True)])
    without, with_ = store.steps("a")
    assert without.seconds is None
    assert with_.seconds is not None
    assert with_.seconds.tolist() == pytest.approx([0.04, 0.05, 0.06])


def test_marks_stand_in_the_order_of_their_steps(store: Store) -> None:
    store.begin(begun("a"))
    late, soon = Happening(20, 2, 3.0, "note", "here"), Happening(5, 1, 1.0, "rate", "0.01")
    store.add_marks("a", [late, soon])
    assert store.marks("a") == [soon, late]


def test_a_run_that_is_there_is_not_begun_again(store: Store) -> None:
    id = filled(store)
    assert not store.begin(begun(id, seed=7))
    assert store.rows()[0].seed == 1


def test_what_is_not_kept_of_a_run_is_refused(store: Store) -> None:
    id = filled(store)
    with pytest.raises(StoreError, match="not kept"):
        store.tell(id, **{"id = 'x' --": 1})
    assert store.rows()[0].id == id


def test_a_forgotten_run_leaves_nothing_behind(store: Store) -> None:
    id = filled(store)
    store.set_tags(id, ["a"])
    store.set_checkpoints(id, [("model.keras", 3)])
    store.forget([id])
    left = [store._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in (  # noqa: S608
        "runs", "drawings", "tags", "epochs", "spools", "marks", "checkpoints",
    )]  # fmt: skip
    assert left == [0] * 7


def test_what_is_written_together_is_written_whole_or_not_at_all(store: Store) -> None:
    def fail() -> None:
        with store.together():
            store.begin(begun("a"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.rows() == []


@pytest.mark.parametrize("content", [b"not a database, by far" * 50, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_file_is_put_aside_and_never_lost(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "runs.sqlite"
    path.write_bytes(content)
    with pytest.raises(Damaged, match="no file of runs"):
        Store(path)
    store, told = opened(path)
    assert told is not None
    (aside,) = tmp_path.glob("runs.damaged-*.sqlite")
    assert aside.name in told.sentence
    assert aside.read_bytes() == content
    filled(store)
    assert len(Store(path).rows()) == 1


def test_a_database_of_another_program_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE theirs (x)")
        db.execute("INSERT INTO theirs VALUES (7)")
    db.close()
    store, told = opened(path)
    assert told is not None
    assert "another program" in told.sentence
    store.close()
    (aside,) = tmp_path.glob("runs.damaged-*.sqlite")
    theirs = sqlite3.connect(aside)
    assert theirs.execute("SELECT x FROM theirs").fetchone() == (7,)
    theirs.close()


def test_a_torn_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    store = Store(path)
    for place in range(40):
        filled(store, f"20260101-100000-{place:03}-lenet")
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 12288) + whole[-4096:])
    with pytest.raises(Damaged):
        Store(path)


def test_a_file_of_a_newer_version_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    Store(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    with pytest.raises(StoreError, match="newer Layerloom"):
        opened(path)
    assert [item.name for item in tmp_path.glob("*.sqlite")] == ["runs.sqlite"]


def test_a_file_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "runs.sqlite")
    for statement in MIGRATIONS[0]:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {OURS}")
    db.execute("PRAGMA user_version = 1")
    db.execute("INSERT INTO runs (id, title, began, recipe, network, folder) VALUES ('a', 'old', 1, '{}', 'x', '')")
    db.commit()
    db.close()
    store = Store(tmp_path / "runs.sqlite")
    assert (store.rows()[0].pace, store.rows()[0].looks) == ({}, 0)
    store.tell("a", pace={"samples_per_second": 3180.5, "readings": 4, "odd": "words"})
    assert store.rows()[0].pace == {"samples_per_second": 3180.5, "readings": 4.0}


def test_a_file_says_whose_it_is(store: Store) -> None:
    asked = [store._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    assert asked == [OURS, VERSION]


def test_two_windows_write_one_file(tmp_path: Path) -> None:
    path, failed = tmp_path / "runs.sqlite", list[Exception]()

    def write(who: int) -> None:
        try:
            mine = Store(path)
            for place in range(25):
                with mine.together():
                    filled(mine, f"{who}-{place}")
            mine.close()
        except (sqlite3.Error, EngineError) as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(who,)) for who in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(Store(path).rows()) == 75


KILLED = """
import os, sys
from pathlib import Path
from engine.runs.store import Store
from tests.engine.runs.kept import begun, spool
store = Store(Path(sys.argv[1]))
with store.together():
    store.begin(begun("a"))
    store.add_steps("a", [spool(1, 100)])
store._db.execute("BEGIN IMMEDIATE")
store.add_steps("a", [spool(101, 200)])
os._exit(9)
"""


def test_what_was_committed_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=root, check=False)
    assert done.returncode == 9
    store, told = opened(path)
    assert told is None
    assert store.steps("a")[0].numbers.tolist() == list(range(1, 101))


def test_a_run_of_which_nothing_is_heard_was_cut_off() -> None:
    run = RunRow("a", heard=1000.0)
    assert (run.state(1000 + SILENT), run.state(1001 + SILENT)) == ("running", "cut off")
    assert RunRow("a", status="finished").state(1e9) == "finished"


def test_a_network_is_the_same_wherever_its_layers_stand() -> None:
    moved = CHAIN.moved({"n1": (7.0, 9.0)})
    assert network_key(moved) == network_key(CHAIN)
    assert network_key(CHAIN.with_value("n3", "units", 11)) != network_key(CHAIN)


def test_a_drawing_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(EngineError, match="no drawing"):
        store.drawing("nothing")
