"""The network's heads, its run-time and its calibration."""
