"""Following a link of a note: only to the web, and only after asking. Knows no document, no scene."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from gui.canvas.notetext import web_address

#: What is shown of an address: its host always, its end perhaps.
LONGEST: Final = 200
#: No menu is longer.
MOST: Final = 20


def ask(parent: QWidget, link: str) -> QMessageBox | None:
    """Ask whether to open a web address in the browser; anything that is none is passed over."""
    address = web_address(link)
    if not address:
        return None
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Open a link")
    box.setText(f"Open a page of {QUrl(address).host()} in the browser?")
    box.setInformativeText(_shown(address))
    opens = box.addButton("Open", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    opens.clicked.connect(partial(_open, address))
    box.open()
    return box


def offer(parent: QWidget, addresses: Iterable[str], at: QPoint, take: Callable[[str], object]) -> QMenu:
    """Offer addresses in a menu."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for address in list(addresses)[:MOST]:
        menu.addAction(_shown(address)[:80].replace("&", "&&")).triggered.connect(partial(_call, take, address))
    menu.popup(at)
    return menu


def _call(take: Callable[[str], object], address: str, _checked: bool = False) -> None:
    take(address)


def _open(address: str, _checked: bool = False) -> None:
    QDesktopServices.openUrl(QUrl(address))


def _shown(address: str) -> str:
    return address if len(address) <= LONGEST else address[:LONGEST] + "…"
