"""Watches the brand: risk index by day, spikes, complaints by issue, freshness of the sources; and the model."""

from monitor.agreement import Agreement, AgreementReport, AgreementRow, agreement
from monitor.complaints import IssueChange, issue_changes
from monitor.counts import DayCounts, count_days
from monitor.days import Period, shanghai_day
from monitor.drift import Drift, find_drift
from monitor.freshness import SourceFreshness, freshness
from monitor.model_differences import ModelDifferences, model_differences
from monitor.risk import PeriodRisk, RiskDay, RiskPart, period_risk, risk_days
from monitor.scope import brand_scope, within
from monitor.settings import MonitorSettings, RiskWeights
from monitor.source_alarms import AlarmKind, SourceAlarm, source_alarms
from monitor.spikes import Spike, find_spikes, spike_peaks

__all__ = [
    "Agreement",
    "AgreementReport",
    "AgreementRow",
    "AlarmKind",
    "DayCounts",
    "Drift",
    "IssueChange",
    "ModelDifferences",
    "MonitorSettings",
    "Period",
    "PeriodRisk",
    "RiskDay",
    "RiskPart",
    "RiskWeights",
    "SourceAlarm",
    "SourceFreshness",
    "Spike",
    "agreement",
    "brand_scope",
    "count_days",
    "find_drift",
    "find_spikes",
    "freshness",
    "issue_changes",
    "model_differences",
    "period_risk",
    "risk_days",
    "shanghai_day",
    "source_alarms",
    "spike_peaks",
    "within",
]
