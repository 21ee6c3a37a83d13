"""Back-up and restore: a consistent copy of a set-up while it works, sealed file by file, and the way back."""

from ui.backup.making import BackedUp, Order, back_up
from ui.backup.restoring import Restored, RestoreOrder, restore

__all__ = ["BackedUp", "Order", "RestoreOrder", "Restored", "back_up", "restore"]
