"""The progress bars of a run at a terminal, below whatever the log says meanwhile."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TaskID, TextColumn
from rich.table import Column
from rich.text import Text

from syncer.log import divert_log
from syncer.report.words import Labels

_MAX_NAME = 40
_BYTES = "documents"


@contextmanager
def show_progress(labels: Labels) -> Iterator[Callable[[str, int, int | None], None]]:
    """Yield a function that shows how much of a stage is done, of which total (None: unknown).

    Any thread may call it. A stage that is done is no longer shown.
    """
    names = {
        "shares": labels.shares_heading,
        "links": labels.links_heading,
        _BYTES: labels.progress_documents,
    }
    name = TextColumn(
        "{task.description}",
        markup=False,
        table_column=Column(max_width=_MAX_NAME, no_wrap=True, overflow="ellipsis"),
    )
    console = Console(stderr=True)
    with (
        Progress(name, BarColumn(), _Amount(), console=console, transient=True) as progress,
        divert_log(_AboveBars(console)),
    ):
        lock, tasks = threading.Lock(), dict[str, TaskID]()

        def on_progress(stage: str, done: int, total: int | None) -> None:
            with lock:
                if stage not in tasks:
                    shown = names.get(stage, stage)
                    tasks[stage] = progress.add_task(shown, total=total, bytes=stage == _BYTES)
            progress.update(tasks[stage], completed=done, total=total, visible=done != total)

        yield on_progress


class _Amount(MofNCompleteColumn):
    """How much of a stage is done: in bytes for documents, else a count."""

    def render(self, task: Task) -> Text:
        if not task.fields["bytes"]:
            return super().render(task)
        total = "?" if task.total is None else decimal(int(task.total))
        return Text(f"{decimal(int(task.completed))}/{total}", style="progress.download")


class _AboveBars(io.TextIOBase):
    """Writes whole lines above the bars of a console, as wide as they are."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def write(self, text: str, /) -> int:
        self._console.print(Text.from_ansi(text.removesuffix("\n")), soft_wrap=True)
        return len(text)
