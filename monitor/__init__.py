"""Watches the brand: risk index by day, spikes, complaints by issue, freshness of the sources."""

from monitor.complaints import IssueChange, issue_changes
from monitor.counts import DayCounts, count_days
from monitor.days import Period, shanghai_day
from monitor.freshness import SourceFreshness, freshness
from monitor.risk import PeriodRisk, RiskDay, RiskPart, period_risk, risk_days
from monitor.scope import brand_scope, within
from monitor.settings import MonitorSettings, RiskWeights
from monitor.spikes import Spike, find_spikes, spike_peaks

__all__ = [
    "DayCounts",
    "IssueChange",
    "MonitorSettings",
    "Period",
    "PeriodRisk",
    "RiskDay",
    "RiskPart",
    "RiskWeights",
    "SourceFreshness",
    "Spike",
    "brand_scope",
    "count_days",
    "find_spikes",
    "freshness",
    "issue_changes",
    "period_risk",
    "risk_days",
    "shanghai_day",
    "spike_peaks",
    "within",
]
