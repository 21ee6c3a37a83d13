"""What the operator of a process that stays sees from outside: metrics and health."""

from ui.operations.health import Health
from ui.operations.metrics import Metrics
from ui.operations.server import MetricsAddress, serving

__all__ = ["Health", "Metrics", "MetricsAddress", "serving"]
